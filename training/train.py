"""Trains the network for a given time and writes checkpoints.

    python train.py --network photo --data ../../shared/data --cache CACHE --text-model ch_PP-OCRv4_det_infer.onnx --minutes 80 --out OUT

The same command uses a CUDA GPU when there is one. Everything is decided by the clock, so that it fits the time there is:
heads alone at first, then all weights, cosine to zero, moving average of the weights. `--start` goes on from a checkpoint.
"""

import argparse
import copy
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, IterableDataset

import compose
import losses
from mix import RECIPES, Mixture
from network import Network, TextNetwork
from photos import DEVIATION, MEAN, read_photos
from pretrained import load_pretrained

SIZE = 320
HEADS_ALONE = 0.025
#: Steps over which the rates rise, of the heads at first and of the trunk when it joins.
WARM_UP = 100
HEAD_RATE, TRUNK_RATE = 1.5e-3, 4e-4
AVERAGE_OVER = 500
TEXT_SHARE = 0.5
REPORT_EVERY = 100


class Pictures(IterableDataset):
    def __init__(self, mixture: Mixture, seed: int):
        self.mixture, self.seed = mixture, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            picture = self.mixture.picture(rng)
            text, text_weight, tattoo, tattoo_weight = cv2.split(picture.labels)
            small = (SIZE // 8, SIZE // 8)
            # A cell counts as ink by the share of ink among what is known of it.
            known = cv2.resize(tattoo_weight.astype(np.float32) / 255, small, interpolation=cv2.INTER_AREA)
            ink = cv2.resize(tattoo.astype(np.float32) / 255, small, interpolation=cv2.INTER_AREA)
            yield picture.image, text, text_weight, ink, known, float(picture.tattoo_somewhere), float(picture.scene)


def collate(rows):
    image, text, text_weight, ink, known, somewhere, scene = zip(*rows)
    stack = lambda arrays: torch.from_numpy(np.stack(arrays))
    return stack(image), stack(text), stack(text_weight), stack(ink), stack(known), torch.tensor(somewhere), torch.tensor(scene)


def prepare(image, device):
    mean, deviation = (torch.from_numpy(v).to(device) for v in (MEAN, DEVIATION))
    return ((image.to(device).float() / 255 - mean) / deviation).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


def text_targets(text, text_weight, device):
    """Target and weight, 0-1."""
    return (text.to(device).float() / 255 > 0.35).float(), text_weight.to(device).float() / 255


def text_parts(network, batch, device, teacher) -> dict:
    """What is taught is the larger of the label and, in scenes, of what PP-OCRv4 saw, so that nothing it finds is unlearnt."""
    image, text, text_weight, *_, scene = batch
    pixels = prepare(image, device)
    target, weight = text_targets(text, text_weight, device)
    with torch.no_grad():
        seen = torch.sigmoid(teacher(pixels)[:, 0].float()) * scene.to(device)[:, None, None]
    # Where no label says anything, the teacher does.
    target = torch.where(weight > 0.5, torch.maximum(target, seen), seen)
    weight = torch.maximum(weight, scene.to(device)[:, None, None].expand_as(weight))
    return {"text": losses.soft_map_loss(network(pixels)[:, 0].float(), target, weight)}


def photo_parts(network, batch, device, _) -> dict:
    image, text, text_weight, ink, known, somewhere, _ = batch
    text_map, tattoo_map = network(prepare(image, device))
    return {
        "text": TEXT_SHARE * losses.map_loss(text_map[:, 0].float(), *text_targets(text, text_weight, device)),
        "tattoo": losses.map_loss(tattoo_map[:, 0].float(), (ink.to(device) > 0.45).float(), known.to(device)),
        "studio": 0.5 * losses.somewhere_loss(tattoo_map[:, 0].float(), somewhere.to(device)),
    }


#: Longer sides at which a photo is searched for what the network sees wrongly: those of the tool.
INK_SIDES, TEXT_SIDE = (320, 640), 1280
#: A photo of which this share is taken for text is as wrong as can be.
MOST_TEXT = 0.02


@torch.no_grad()
def how_wrong(network, photo, device) -> float:
    """0-1: how much ink, or text, the network sees in a photo of skin that has none."""

    def seen(side: int) -> torch.Tensor:
        scale = side / max(photo.image.shape[:2])
        w, h = (max(64, round(v * scale / 64) * 64) for v in photo.image.shape[1::-1])
        return network(prepare(torch.from_numpy(cv2.resize(photo.image, (w, h)))[None], device))

    if isinstance(network, TextNetwork):
        text = torch.sigmoid(seen(TEXT_SIDE)[0, 0]).cpu().numpy()
        target, weight, _, _ = cv2.split(cv2.resize(photo.labels, text.shape[::-1]))
        return min(1.0, float(((text > 0.3) & (target < 64) & (weight > 192)).mean()) / MOST_TEXT)
    far, near = (torch.sigmoid(seen(side)[1]) for side in INK_SIDES)
    far = F.interpolate(far, near.shape[2:], mode="bilinear", align_corners=False)
    return float((far * near).sqrt().max())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", choices=list(RECIPES), required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--text-model", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--head-alone", action="store_true", help="only the head for ink learns: three times as many pictures")
    parser.add_argument("--rate", type=float, default=1, help="times the usual rates; less to go on from good weights")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    # Threads that a forked loader does not have would make it wait for ever.
    cv2.setNumThreads(0)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)

    photos = read_photos(options.data, options.cache, options.text_model)
    mixture = Mixture(RECIPES[options.network], photos, compose.read_designs(options.data / "tattoo/designs"), compose.list_fonts(), SIZE)

    network, parts_of = (Network(), photo_parts) if options.network == "photo" else (TextNetwork(), text_parts)
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    else:
        load_pretrained(network, options.text_model)
    teacher = TextNetwork().requires_grad_(False).eval()
    load_pretrained(teacher, options.text_model)
    teacher = torch.compile(teacher.to(device, memory_format=torch.channels_last))
    network.to(device, memory_format=torch.channels_last)
    mixture.show_more_of_wrong(np.array([how_wrong(network.eval(), photo, device) for photo in mixture.lesions]))
    loader = DataLoader(Pictures(mixture, options.seed), options.batch, num_workers=options.workers, collate_fn=collate, prefetch_factor=6)
    network.train()
    average = copy.deepcopy(network).requires_grad_(False)
    if options.head_alone:
        network.requires_grad_(False).eval()
        network.tattoo.requires_grad_(True).train()
    trunk = [] if options.head_alone else [*network.trunk.parameters(), *network.text.parameters()]
    heads = list(network.tattoo.parameters()) if isinstance(network, Network) else []
    groups = [{"params": heads, "rate": HEAD_RATE}] if heads else []
    optimiser = torch.optim.AdamW([*groups, *([{"params": trunk, "rate": TRUNK_RATE}] if trunk else [])], lr=1e-3, weight_decay=0.01, fused=True)
    compiled = torch.compile(network)

    sum(parts_of(compiled, next(iter(loader)), device, teacher).values()).backward()  # Compiles, before the clock starts.
    optimiser.zero_grad(set_to_none=True)
    begin, step, sums, joined_at = time.time(), 0, {}, None
    saved = begin
    for batch in loader:
        done = (time.time() - begin) / (options.minutes * 60)
        if done >= 1:
            break
        heads_alone = options.head_alone or (heads and done < HEADS_ALONE and not options.start)
        if joined_at is None and not heads_alone:
            joined_at = step
        for group, since in zip(optimiser.param_groups, (0, joined_at) if heads else (0,)):
            warmth = 0 if since is None else min(1, (step - since) / WARM_UP)
            group["lr"] = options.rate * group["rate"] * warmth * 0.5 * (1 + math.cos(math.pi * done))
        parts = parts_of(compiled, batch, device, teacher)
        optimiser.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        if heads_alone:
            for parameter in trunk:
                parameter.grad = None
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5)
        optimiser.step()
        decay = min(1 - 1 / AVERAGE_OVER, step / (step + 20))
        with torch.no_grad():
            for a, b in zip(average.state_dict().values(), network.state_dict().values()):
                a.lerp_(b, 1 - decay) if a.is_floating_point() else a.copy_(b)
        for name, value in parts.items():
            sums[name] = sums.get(name, 0) + value.item()
        step += 1
        if step % REPORT_EVERY == 0:
            told = " ".join(f"{name} {value / REPORT_EVERY:.3f}" for name, value in sums.items())
            print(f"{done:.3f} step {step} ({step * options.batch / (time.time() - begin):.1f} pictures/s) {told}", flush=True)
            sums = {}
        if time.time() - saved > 300:
            saved = time.time()
            torch.save(average.state_dict(), options.out / "latest.pt")
    torch.save(average.state_dict(), options.out / "last.pt")
    print(f"{step} steps, {step * options.batch} pictures", flush=True)


if __name__ == "__main__":
    main()
