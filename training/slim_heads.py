"""Teaches a slim head to give the map that a network gives, from the same trunk, and writes the faster file.

    python slim_heads.py --network text --data ../../shared/data --cache CACHE --text-model ch_PP-OCRv4_det_infer.onnx --teacher patient-text-net.onnx --minutes 60 --out OUT

Half of a network's time goes into its pyramid and head: maps of 96 channels at stride 4. The trunk stays as it is, to
the bit, so that only the way from its four taps to the map is learned, and the teacher answers every picture (Hinton et
al., 2015, "Distilling the knowledge in a neural network"). Pictures are those that the network itself was trained on;
no held-out photo is among them.
"""

import argparse
import copy
import math
import time
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import compose as onnx_compose
from torch import nn
from torch.utils.data import DataLoader, IterableDataset

import compose
from mix import RECIPES, Mixture
from photos import DEVIATION, MEAN, read_photos

BATCH = 8
RATE = 2e-3
WARM_UP = 200
AVERAGE_OVER = 500
REPORT_EVERY = 100
#: What the trunk gives at strides 4, 8, 16 and 32, and how many channels each has.
TAPS = tuple(f"/network/trunk/blocks.{i}/HardSwish_1_output_0" for i in (2, 4, 9, 13))
CHANNELS = (48, 96, 192, 384)


class Sides(nn.Module):
    """Brings each tap to a narrow width. What the trunk gives is scaled to a deviation of one first."""

    def __init__(self, deviations: list[torch.Tensor], widths: tuple[int, ...]):
        super().__init__()
        for i, deviation in enumerate(deviations):
            self.register_buffer(f"scale{i}", 1 / deviation.clamp(min=1e-3)[None, :, None, None])
        self.side = nn.ModuleList(nn.Conv2d(c, w, 1) for c, w in zip(CHANNELS, widths))
        self.surroundings = nn.Conv2d(CHANNELS[3], widths[3], 1)

    def at(self, i: int, tap: torch.Tensor) -> torch.Tensor:
        return F.conv2d(tap, self.side[i].weight * getattr(self, f"scale{i}"), self.side[i].bias)

    def deepest(self, tap: torch.Tensor) -> torch.Tensor:
        """The tap at stride 32, and in every pixel of it what the whole picture is like."""
        layer = self.surroundings
        whole = F.conv2d(tap.mean((2, 3), keepdim=True), layer.weight * self.scale3, layer.bias)
        return F.relu(self.at(3, tap) + whole)


def twice(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")


class SlimTextHead(nn.Module):
    """From the four taps to batch x 1 x height x width, raw scores. Widths are multiples of 16, the engine's blocks."""

    def __init__(self, deviations: list[torch.Tensor]):
        super().__init__()
        self.sides = Sides(deviations, (32, 64, 64, 64))
        self.smooth = nn.ModuleList(nn.Conv2d(i, o, 3, 1, 1) for i, o in ((32, 32), (64, 32), (64, 64)))
        #: Letters as high as a tile are seen at strides 8 to 32 alone, where another layer costs little.
        self.again = nn.ModuleList(nn.Conv2d(c, c, 3, 1, 1) for c in (32, 64, 64))
        for layer in self.again:
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.widen = nn.Conv2d(32, 64, 1)
        self.score = nn.Conv2d(64, 16, 1)

    def forward(self, *taps: torch.Tensor) -> torch.Tensor:
        x = self.sides.deepest(taps[3])
        for i in (2, 1, 0):
            x = F.relu(x + self.again[i](x))
            x = F.relu(self.smooth[i](self.sides.at(i, taps[i]) + twice(x)))
        return F.pixel_shuffle(self.score(F.relu(self.widen(x))), 4)


class SlimTattooHead(nn.Module):
    """From the four taps to batch x 1 x height/8 x width/8, raw scores."""

    def __init__(self, deviations: list[torch.Tensor]):
        super().__init__()
        self.sides = Sides(deviations, (32, 64, 64, 64))
        self.detail = nn.Conv2d(32, 64, 3, 2, 1)
        self.smooth = nn.Conv2d(64, 64, 3, 1, 1)
        self.join = nn.ModuleList(nn.Sequential(nn.Conv2d(64, 64, 5, 1, 2, groups=64), nn.ReLU(), nn.Conv2d(64, 64, 1)) for _ in range(2))
        self.score = nn.Conv2d(64, 1, 1)

    def forward(self, *taps: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.smooth(self.sides.at(2, taps[2]) + twice(self.sides.deepest(taps[3]))))
        x = F.relu(self.sides.at(1, taps[1]) + self.detail(F.relu(self.sides.at(0, taps[0]))) + twice(x))
        for layer in self.join:
            x = F.relu(x + layer(x))
        return self.score(x)


HEADS = {"text": SlimTextHead, "photo": SlimTattooHead}


class Pictures(IterableDataset):
    """Pictures with what the teacher and its trunk answer."""

    def __init__(self, mixture: Mixture, teacher: onnx.ModelProto, seed: int):
        self.mixture, self.teacher, self.seed = mixture, teacher, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(self.teacher.SerializeToString(), options, providers=["CPUExecutionProvider"])
        while True:
            image = self.mixture.picture(rng).image
            x = ((image.astype(np.float32) / 255 - MEAN) / DEVIATION).transpose(2, 0, 1)[None].astype(np.float32)
            yield [a[0] for a in session.run(None, {"image": x})]


def collate(rows):
    return [torch.from_numpy(np.stack(arrays)) for arrays in zip(*rows)]


def with_taps(model: onnx.ModelProto) -> onnx.ModelProto:
    model = copy.deepcopy(model)
    for name in TAPS:
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    return model


def distance(logits: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with the teacher's probabilities; where either sees anything counts more, so that edges are learned."""
    entropy = F.binary_cross_entropy_with_logits(logits, taught, reduction="none")
    # The least that any head could have: what is left is 0 when both agree.
    entropy = entropy - F.binary_cross_entropy(taught, taught, reduction="none")
    seen = torch.maximum(taught, torch.sigmoid(logits).detach())
    share = 0.05 + seen
    return (entropy * share).sum() / share.sum() + 0.5 * ((torch.sigmoid(logits) - taught).abs() * share).sum() / share.sum()


def trunk_of(teacher: onnx.ModelProto) -> onnx.ModelProto:
    """What leads to the taps; the teacher's head is gone."""
    model = with_taps(teacher)
    del model.graph.output[0]
    needed, nodes = set(TAPS), []
    for node in reversed(model.graph.node):
        if any(output in needed for output in node.output):
            needed.update(node.input)
            nodes.append(node)
    weights = [weight for weight in model.graph.initializer if weight.name in needed]
    for field, kept in ((model.graph.node, nodes[::-1]), (model.graph.initializer, weights)):
        del field[:]
        field.extend(kept)
    del model.graph.value_info[:]
    return model


def joined(teacher: onnx.ModelProto, head: nn.Module, path: Path) -> None:
    """Writes the teacher's trunk with the new head."""
    taps = [torch.zeros(1, c, 40 >> i, 32 >> i) for i, c in enumerate(CHANNELS)]

    class Probabilities(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = head

        def forward(self, *taps):
            return torch.sigmoid(self.head(*taps))

    names = [f"tap{i}" for i in range(4)]
    axes = {name: {2: f"h{name}", 3: f"w{name}"} for name in [*names, "map"]}
    torch.onnx.export(Probabilities().eval(), tuple(taps), str(path), input_names=names, output_names=["map"], dynamic_axes=axes, opset_version=17, dynamo=False)
    slim = onnx_compose.add_prefix(onnx.load(path), "slim/")
    slim.ir_version = teacher.ir_version
    merged = onnx_compose.merge_models(trunk_of(teacher), slim, [(tap, f"slim/tap{i}") for i, tap in enumerate(TAPS)], outputs=["slim/map"])
    merged.graph.node[-1].output[:] = [teacher.graph.output[0].name]
    merged.graph.name = teacher.graph.name
    merged.graph.output[0].CopyFrom(teacher.graph.output[0])
    onnx.checker.check_model(merged)
    onnx.save(merged, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", choices=list(HEADS), required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--text-model", required=True, help="as for train.py; only asked when the cache is empty")
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--size", type=int, default=320, help="of the pictures' sides, in pixels")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(0)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    teacher = onnx.load(options.teacher)
    photos = read_photos(options.data, options.cache, options.text_model)
    mixture = Mixture(RECIPES[options.network], photos, compose.read_designs(options.data / "tattoo/designs"), compose.list_fonts(), options.size)
    loader = iter(DataLoader(Pictures(mixture, with_taps(teacher), options.seed), BATCH, num_workers=1, collate_fn=collate, prefetch_factor=4))
    some = [next(loader)[1:] for _ in range(8)]
    head = HEADS[options.network]([torch.cat([b[i] for b in some]).std((0, 2, 3)) for i in range(4)])
    if options.start:
        head.load_state_dict(torch.load(options.start, weights_only=True), strict=False)
    head.to(memory_format=torch.channels_last)
    average = copy.deepcopy(head).requires_grad_(False)
    optimiser = torch.optim.AdamW(head.parameters(), lr=options.rate, weight_decay=0.01)
    begin, step, told, saved = time.time(), 0, 0.0, time.time()
    for taught, *taps in loader:
        done = (time.time() - begin) / (options.minutes * 60)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, step / WARM_UP) * 0.5 * (1 + math.cos(math.pi * done))
        loss = distance(head(*(t.contiguous(memory_format=torch.channels_last) for t in taps))[:, 0], taught[:, 0].clamp(0, 1))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 2)
        optimiser.step()
        decay = min(1 - 1 / AVERAGE_OVER, step / (step + 20))
        with torch.no_grad():
            for a, b in zip(average.parameters(), head.parameters()):
                a.lerp_(b, 1 - decay)
        told += loss.item()
        step += 1
        if step % REPORT_EVERY == 0:
            print(f"{done:.3f} step {step} ({step * BATCH / (time.time() - begin):.1f} pictures/s) {told / REPORT_EVERY:.4f}", flush=True)
            told = 0.0
        if time.time() - saved > 300:
            saved = time.time()
            torch.save(average.state_dict(), options.out / "latest.pt")
            joined(teacher, average, options.out / "latest.onnx")
    torch.save(average.state_dict(), options.out / "last.pt")
    joined(teacher, average, options.out / "last.onnx")


if __name__ == "__main__":
    main()
