"""Sweeps the text detector's thresholds over the held-out photos, in the views in which the tool looks closely.

    python evaluate_text.py --data ../../shared/data --model text.onnx [--only text/incidental,...]

`--model` is a text network, the photo network, or PP-OCRv4's own file for comparison.
"""

import argparse
import json
import math
from pathlib import Path

import cv2
import numpy as np

from evaluate import fill
from folds import is_held_out
from photos import network_input, open_session, quadrilateral

SETS = ("text/incidental", "text/oriented", "text/burned-in", "negative/dermoscopy", "negative/dermnet")
#: Of each set this many photos at most, taken evenly.
MOST_PHOTOS = 40
#: Pixel threshold, box threshold, ratio of growth.
SETTINGS = ((0.2, 0.3, 1.4), (0.2, 0.3, 1.8), (0.3, 0.4, 1.4), (0.3, 0.4, 1.8), (0.3, 0.5, 1.4), (0.3, 0.5, 1.8), (0.3, 0.6, 1.8), (0.4, 0.5, 1.8))
#: As in src/detect/network/viewports.ts and src/detect/text/index.ts.
STEP, MAX_SIDE, OVERLAP, ENLARGED_SIDE, MOST_ENLARGED, MOST_ENLARGED_IN_ONE, FULL_SIZE_SIDE = 32, 1280, 192, 1600, 2, 3, 6400
MIN_SIDE = 3
#: In pixels of the photo, as in src/redact/grow.ts.
MARGIN = 2
SAMPLES = 48


def tiles(side: int, scale: float):
    most, shared = MAX_SIDE / scale, OVERLAP / scale
    count = 1 if side <= most else math.ceil((side - shared) / (most - shared))
    length = min(side, math.ceil((side + (count - 1) * shared) / count))
    return [(0 if count == 1 else round(i * (side - length) / (count - 1)), length) for i in range(count)]


def close_views(width: int, height: int) -> list:
    """x, y, width, height in the photo, and width and height of the input."""
    long = max(width, height)
    if long < ENLARGED_SIDE:
        scales = [max(min(MOST_ENLARGED_IN_ONE, MAX_SIDE / long), min(MOST_ENLARGED, ENLARGED_SIDE / long))]
    else:
        scales = [MAX_SIDE / long, min(1, FULL_SIZE_SIDE / long)]
    inputs = lambda length, scale: max(STEP, round(length * scale / STEP) * STEP)
    return [(x, y, w, h, inputs(w, s), inputs(h, s)) for s in scales for y, h in tiles(height, s) for x, w in tiles(width, s)]


class TextEye:
    def __init__(self, model: Path):
        self.session = open_session(model, threads=2)
        self.input = self.session.get_inputs()[0].name
        self.output = self.session.get_outputs()[0].name

    def look(self, image: np.ndarray, view) -> np.ndarray:
        x, y, w, h, width, height = view
        part = cv2.resize(image[y : y + h, x : x + w], (width, height), interpolation=cv2.INTER_AREA if width < w else cv2.INTER_CUBIC)
        return self.session.run([self.output], {self.input: network_input(part)})[0].reshape(height, width)


def regions(probability: np.ndarray, view, pixel: float, box: float, growth: float) -> list:
    """Grown rectangles in pixels of the photo, as src/ocr/decode-text-map.ts makes them, but for lines that bend."""
    x, y, w, h, width, height = view
    count, labels, stats, _ = cv2.connectedComponentsWithStats((probability > pixel).astype(np.uint8), connectivity=8)
    found = []
    for i in range(1, count):
        left, top, across, down, area = stats[i]
        if area < MIN_SIDE:
            continue
        ys, xs = np.nonzero(labels[top : top + down, left : left + across] == i)
        points = np.concatenate([np.stack([xs + left + a, ys + top + b], 1) for a in (0, 1) for b in (0, 1)]).astype(np.float32)
        centre, size, angle = cv2.minAreaRect(cv2.convexHull(points))
        if min(size) < MIN_SIDE:
            continue
        inside = np.zeros(probability.shape, np.uint8)[: top + down + 2, : left + across + 2]
        cv2.fillPoly(inside, [np.round(cv2.boxPoints((centre, size, angle))).astype(int)], 1)
        seen = probability[: inside.shape[0], : inside.shape[1]][inside[: probability.shape[0], : probability.shape[1]] > 0]
        if len(seen) == 0 or seen.mean() < box:
            continue
        out = size[0] * size[1] * growth / (size[0] + size[1])
        corners = cv2.boxPoints((centre, (size[0] + out, size[1] + out), angle)) * [w / width, h / height] + [x, y]
        margins = [corners + np.array([a, b]) * MARGIN for a in (-1, 1) for b in (-1, 1)]
        found.append(cv2.convexHull(np.concatenate(margins).astype(np.float32))[:, 0])
    return found


def covered_share(mask: np.ndarray, quad: np.ndarray) -> float:
    low, high = quad.min(0), quad.max(0)
    steps = (np.arange(SAMPLES) + 0.5) / SAMPLES
    inside = fill((SAMPLES, SAMPLES), [(quad - low) / np.maximum(high - low, 1e-9) * SAMPLES])
    xs = np.clip((low[0] + steps * (high[0] - low[0])).astype(int), 0, mask.shape[1] - 1)
    ys = np.clip((low[1] + steps * (high[1] - low[1])).astype(int), 0, mask.shape[0] - 1)
    return float(mask[np.ix_(ys, xs)][inside].mean()) if inside.any() else 0.0


def sweep(entries, looks) -> None:
    for settings in SETTINGS:
        hit = total = 0
        over, upper = [], []
        for entry, seen in zip(entries, looks):
            shape = (entry["height"], entry["width"])
            found = [r for view, probability in seen for r in regions(probability.astype(np.float32), view, *settings)]
            mask = fill(shape, found)
            quads = [(quadrilateral(o), o["ignore"]) for o in entry["objects"]]
            allowed = fill(shape, [q.mean(0) + (q - q.mean(0)) * 1.5 for q, _ in quads])
            over.append((mask & ~allowed).mean())
            upper.append(mask[: int(shape[0] * 0.8)].sum() / mask.size)
            for quad, ignored in quads:
                if not ignored:
                    total += 1
                    hit += covered_share(mask, quad) >= 0.8
        print(f"   {settings}: protected {hit}/{total} = {hit / max(1, total):.3f}, over {100 * np.mean(over):.2f} %, area above the lower fifth {100 * np.mean(upper):.2f} %", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--only", default=",".join(SETS))
    options = parser.parse_args()
    eye = TextEye(options.model)
    for folder in options.only.split(","):
        entries = [e for e in json.loads((options.data / folder / "labels.json").read_text())["images"] if is_held_out(folder, e["file"])]
        entries = entries[:: math.ceil(len(entries) / MOST_PHOTOS)]
        looks = []
        for entry in entries:
            image = cv2.imread(str(options.data / folder / entry["file"]))
            looks.append([(v, eye.look(image, v).astype(np.float16)) for v in close_views(entry["width"], entry["height"])])
        print(f"{folder}: {len(entries)} held-out photos")
        sweep(entries, looks)


if __name__ == "__main__":
    main()
