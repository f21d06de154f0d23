"""Sweeps thresholds over the held-out photos, to choose those of the tool. The tool's own figures come from `npm run eval`.

    python evaluate.py --data ../../shared/data --model patient-photo-net.onnx [--only tattoo/wild,...] [--time]
"""

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np

from folds import is_held_out
from photos import network_input, open_session

#: Longer sides at which a photo is looked at, at most `MOST_ENLARGED` times its own.
SIDES = (320, 640)
MOST_ENLARGED = 3.2
SETS = (
    "tattoo/bivtatt", "tattoo/wild", "tattoo/studio",
    "face/dermnet", "negative/dermnet", "negative/dermoscopy", "negative/skin", "negative/hands",
)  # fmt: skip


class Eye:
    """Looks at photos at several sizes; `look` gives the map of ink."""

    def __init__(self, model: Path):
        self.session = open_session(model, threads=2)

    def look(self, image: np.ndarray, side: int):
        height, width = image.shape[:2]
        scale = min(side / max(height, width), MOST_ENLARGED)
        w, h = (max(64, round(v * scale / 32) * 32) for v in (width, height))
        small = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        return self.session.run(None, {"image": network_input(small)})[0][0, 0]


def fill(shape, polygons) -> np.ndarray:
    mask = np.zeros(shape, np.uint8)
    for p in polygons:
        cv2.fillPoly(mask, [np.round(p * 16).astype(int)], 1, shift=4)
    return mask > 0


def covered(mask: np.ndarray, box) -> float:
    x, y, w, h = box
    xs = np.clip((x + (np.arange(24) + 0.5) / 24 * w).astype(int), 0, mask.shape[1] - 1)
    ys = np.clip((y + (np.arange(24) + 0.5) / 24 * h).astype(int), 0, mask.shape[0] - 1)
    return mask[np.ix_(ys, xs)].mean()


class Score:
    """Counts as the scorer does: boxes of which 80 % are covered, and what is covered far from every box."""

    def __init__(self):
        self.hit = self.total = self.over = 0

    def add(self, entry, mask: np.ndarray) -> None:
        boxes = [o["box"] for o in entry["objects"]]
        allowed = fill(mask.shape, [np.array([[x - w / 4, y - h / 4], [x + w * 1.25, y - h / 4], [x + w * 1.25, y + h * 1.25], [x - w / 4, y + h * 1.25]]) for x, y, w, h in boxes])
        self.over += (mask & ~allowed).mean()
        for o in entry["objects"]:
            if not o["ignore"]:
                self.total += 1
                self.hit += covered(mask, o["box"]) >= 0.8

    def __str__(self):
        return f"protected {self.hit}/{self.total} = {self.hit / max(1, self.total):.3f}"


def joined_map(seen, sides=(320, 640)):
    """Geometric mean of the tattoo maps of two looks, on the finer one's grid."""
    coarse, fine = (seen[side] for side in sides)
    return np.sqrt(fine * cv2.resize(coarse, fine.shape[::-1], interpolation=cv2.INTER_LINEAR))


def sweep_tattoos(entries, looks, pairs):
    for low, high in pairs:
        score, flagged, area = Score(), 0, 0
        for entry, seen in zip(entries, looks):
            joint = joined_map(seen)
            count, components = cv2.connectedComponents((joint > low).astype(np.uint8), connectivity=8)
            kept = np.zeros_like(joint, bool)
            for i in range(1, count):
                part = components == i
                if joint[part].max() > high and part.sum() >= 2:
                    kept |= part
            mask = cv2.resize(kept.astype(np.uint8), (entry["width"], entry["height"]), interpolation=cv2.INTER_NEAREST) > 0
            hulls = []
            n, parts = cv2.connectedComponents(mask.astype(np.uint8))
            for i in range(1, n):
                ys, xs = np.nonzero(parts == i)
                hulls.append(cv2.convexHull(np.stack([xs, ys], 1).astype(np.float32))[:, 0])
            mask = fill(mask.shape, hulls)
            score.add(entry, mask)
            flagged += mask.any()
            area += mask.mean()
        n = len(entries)
        print(f"   tattoo {low:.2f}/{high:.2f}: {score}, photos flagged {flagged}/{n} = {flagged / n:.3f}, area {100 * area / n:.2f} %, over {100 * score.over / n:.2f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--only", default=",".join(SETS))
    parser.add_argument("--time", action="store_true", help="only how long one look takes, on two threads")
    options = parser.parse_args()
    eye = Eye(options.model)
    if options.time:
        for side in SIDES:
            picture = np.full((side, side, 3), 128, np.uint8)
            spent = []
            for _ in range(15):
                begin = time.perf_counter()
                eye.session.run(None, {"image": network_input(picture)})
                spent.append((time.perf_counter() - begin) * 1000)
            print(f"{side} x {side}: median {sorted(spent)[len(spent) // 2]:.0f} ms")
        return
    for folder in options.only.split(","):
        entries = [e for e in json.loads((options.data / folder / "labels.json").read_text())["images"] if is_held_out(folder, e["file"])]
        looks = []
        for entry in entries:
            image = cv2.imread(str(options.data / folder / entry["file"]))
            looks.append({side: eye.look(image, side) for side in SIDES})
        print(f"{folder}: {len(entries)} held-out photos")
        sweep_tattoos(entries, looks, ((0.3, 0.6), (0.4, 0.7), (0.4, 0.85), (0.4, 0.95), (0.5, 0.95)))


if __name__ == "__main__":
    main()
