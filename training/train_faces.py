"""Trains the close-up network for a given time and writes a checkpoint.

    python train_faces.py --pack CACHE/faces.pack --centerface centerface.onnx --minutes 8 --hold-out 0 --out RUN/fold0.pt

Everything is made on the device, from photos that fit its memory: nothing else is needed there. Decided by the clock, so that it
fits the time there is, reading the photos included: heads alone at first, then all weights, cosine to zero, moving average of
the weights.
"""

import argparse
import copy
import math
import time
from pathlib import Path

import torch

from faces_light import change_light, change_sharpness, change_skin, cover
from faces_loss import box_losses, mask_loss, shown_loss
from faces_net import FaceNetwork, load_centerface, normalise
from faces_photos import unpack
from faces_views import Photos, chance, judge, move_boxes, sample, shown_of, views

#: Shapes of the pictures: of photos in either direction, and squares.
SHAPES = ((256, 320), (320, 256), (320, 320), (256, 320), (320, 256), (352, 448))
HEADS_ALONE = 0.03
WARM_UP = 200
HEAD_RATE, TRUNK_RATE = 1.5e-3, 5e-4
DECAY = 0.02
#: Pictures over which the weights are averaged.
AVERAGE_OVER = 60_000
#: A single feature is not shown to be no face, only hardly ever one.
PART_IS_NO_FACE = 0.3
REPORT_EVERY = 100
SAVE_EVERY = 120


def make_batch(photos: Photos, count: int, shape):
    """Pictures (0-255), and what is in them."""
    height, width = shape
    device = photos.device
    chosen = photos.draw(count)
    matrix, point, whole = views(photos, chosen, height, width)
    picture, inside = sample(photos, chosen, matrix, point, height, width)
    image, visible = picture[:, :3] / 255, picture[:, 3:] / 255 * inside
    # Around a photo: how it ends, a colour, or another photo without a face.
    others = photos.negatives[torch.randint(0, len(photos.negatives), (max(1, count // 3),), device=device)]
    other, _ = sample(photos, others, *views(photos, others, height, width)[:2], height, width)
    fill = torch.rand(count, 3, 1, 1, device=device).expand(-1, -1, height, width).clone()
    fill[: len(other)] = other[:, :3] / 255
    fill = fill[torch.randperm(count, device=device)]
    fill = torch.where(chance(count, 0.3, device)[:, None, None, None], image, fill)
    fill = torch.where(chance(count, 0.15, device)[:, None, None, None], 0.0, fill)
    image = image * inside + fill * (1 - inside)

    rows = photos.boxes[chosen]
    boxes, seen = move_boxes(rows, matrix, point, height, width)
    image, hidden = cover(image)
    visible = torch.where(hidden > 0, 0.5, visible)
    # How much of a box is hidden, at 7 x 7 points.
    steps = (torch.arange(7, device=device) + 0.5) / 7
    grid = torch.stack(torch.meshgrid(steps, steps, indexing="xy"), -1).reshape(1, 1, 49, 2)
    at = boxes[:, :, None, :2] + (boxes[:, :, None, 2:] - boxes[:, :, None, :2]) * grid
    at = at / torch.tensor([width / 2, height / 2], device=device) - 1
    hidden_share = torch.nn.functional.grid_sample(hidden, at, mode="nearest", align_corners=False).mean((1, 3))
    states = judge(rows, boxes, seen, hidden_share)
    shown = shown_of(photos, chosen, rows, states, seen, whole)
    image = change_sharpness(change_light(change_skin(image)))
    # What nobody labelled may show features at the edge of a photo of a part.
    negative = torch.ones(count, 5, device=device)
    label = photos.shown[chosen]
    negative[(label[:, 0] == 0) & (label[:, 1] == 1), 0] = PART_IS_NO_FACE
    return image * 255, rows[:, :, 0], boxes, states, negative, visible, shown


def losses(network, batch, layout):
    image, kind, boxes, states, negative, visible, shown = batch
    height, width = image.shape[2:]
    with torch.autocast(image.device.type, torch.bfloat16, enabled=image.is_cuda):
        answer, mask, whole = network(image.contiguous(memory_format=layout))
    scores, places = box_losses(answer.float(), kind, boxes, states, negative, height, width)
    return {"score": scores, "box": places, "mask": mask_loss(mask.float(), visible), "shown": shown_loss(whole.float(), shown)}


def faster_layout(network, photos: Photos, count: int):
    """Which way to lie in memory costs less on this device: depthwise convolutions differ by more than twice."""
    if photos.device == "cpu":
        return torch.channels_last
    batch = make_batch(photos, count, SHAPES[0])
    spent = {}
    for layout in (torch.channels_last, torch.contiguous_format):
        network.to(memory_format=layout)
        for i in range(8):
            if i == 3:
                torch.cuda.synchronize()
                began = time.time()
            sum(losses(network, batch, layout).values()).backward()
        torch.cuda.synchronize()
        spent[layout] = time.time() - began
        network.zero_grad(set_to_none=True)
    print({str(layout): round(seconds / 5, 4) for layout, seconds in spent.items()}, flush=True)
    return min(spent, key=spent.get)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--centerface", required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--hold-out", type=int, default=0, help="fold that is not learned from")
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.hold_out)
    torch.backends.cudnn.benchmark = True
    torch.set_float32_matmul_precision("high")
    began = time.time()
    photos = Photos([p for p in unpack(options.pack) if p.fold != options.hold_out], device)
    print(f"{len(photos.sizes)} photos, {time.time() - began:.0f} s", flush=True)

    network = FaceNetwork()
    load_centerface(network.trunk, options.centerface)
    network.to(device)
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True, map_location=device))
    else:
        normalise(network.trunk, (make_batch(photos, 32, (256, 320))[0] for _ in range(4)))
    network.train()
    layout = faster_layout(network, photos, options.batch)
    network.to(memory_format=layout)
    average = copy.deepcopy(network).requires_grad_(False)
    trunk = list(network.trunk.parameters())
    inside = {id(p) for p in trunk}
    heads = [p for p in network.parameters() if id(p) not in inside]
    groups = []
    for parameters, rate in ((heads, HEAD_RATE), (trunk, TRUNK_RATE)):
        # Normalisation and biases do not decay.
        for decays in (True, False):
            members = [p for p in parameters if (p.ndim > 1) == decays]
            groups.append({"params": members, "rate": rate, "weight_decay": DECAY if decays else 0.0})
    optimiser = torch.optim.AdamW(groups, lr=1e-3, fused=device == "cuda")
    pairs = [(a, b) for a, b in zip(average.state_dict().values(), network.state_dict().values()) if a.is_floating_point()]
    averages, currents = [a for a, _ in pairs], [b for _, b in pairs]
    fast = 1 - options.batch / AVERAGE_OVER

    options.out.parent.mkdir(parents=True, exist_ok=True)
    begin, step, sums, joined_at = time.time(), 0, {}, None
    saved = begin
    while (done := (time.time() - begin) / (began + options.minutes * 60 - begin)) < 1:
        alone = done < HEADS_ALONE and not options.start
        joined_at = step if joined_at is None and not alone else joined_at
        for i, group in enumerate(optimiser.param_groups):
            since = 0 if i < 2 else joined_at
            warmth = 0 if since is None else min(1, (step - since) / WARM_UP)
            group["lr"] = group["rate"] * warmth * 0.5 * (1 + math.cos(math.pi * done))
        parts = losses(network, make_batch(photos, options.batch, SHAPES[step % len(SHAPES)]), layout)
        optimiser.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 4)
        optimiser.step()
        torch._foreach_lerp_(averages, currents, 1 - min(fast, step / (step + 10)))
        for name, value in parts.items():
            sums[name] = sums.get(name, 0) + value.detach()
        step += 1
        if step % REPORT_EVERY == 0 or step == 5:
            since = 5 if step == 5 else REPORT_EVERY
            told = " ".join(f"{name} {value.item() / since:.3f}" for name, value in sums.items())
            print(f"{done:.3f} step {step} ({step * options.batch / (time.time() - begin):.0f} pictures/s) {told}", flush=True)
            sums = {}
        if time.time() - saved > SAVE_EVERY:
            saved = time.time()
            torch.save(average.state_dict(), options.out)
    torch.save(average.state_dict(), options.out)
    print(f"{step} steps, {step * options.batch} pictures", flush=True)


if __name__ == "__main__":
    main()
