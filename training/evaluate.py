"""Sweeps thresholds over the held-out photos, to choose those of the tool. The tool's own figures come from `npm run eval`.

    python evaluate.py --data ../../shared/data --model patient-photo-net.onnx [--only face/wider,...] [--time]
"""

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np

from folds import is_held_out
from photos import network_input, open_session

FACE_STRIDES = (4, 8, 16, 32)
#: Longer sides at which a photo is looked at, at most `MOST_ENLARGED` times its own.
SIDES = (320, 640, 1280)
MOST_ENLARGED = 3.2
SETS = (
    "face/wider", "face/masks", "face/clinical", "tattoo/bivtatt", "tattoo/wild", "tattoo/studio",
    "negative/dermnet", "negative/dermoscopy", "negative/skin", "negative/hands",
)  # fmt: skip


class Eye:
    """Looks at photos at several sizes; `look` gives maps and faces in the photo's pixels."""

    def __init__(self, model: Path):
        self.session = open_session(model, threads=2)

    def look(self, image: np.ndarray, side: int):
        height, width = image.shape[:2]
        scale = min(side / max(height, width), MOST_ENLARGED)
        w, h = (max(64, round(v * scale / 32) * 32) for v in (width, height))
        small = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        text, tattoo, *faces = self.session.run(None, {"image": network_input(small)})
        fx, fy = width / w, height / h
        rows = []
        for stride, face in zip(FACE_STRIDES, faces):
            score = face[0, 0]
            peak = cv2.dilate(score, np.ones((3, 3))) == score
            ys, xs = np.nonzero((score > 0.03) & peak)
            left, upper, right, lower = face[0, 1:, ys, xs].T
            cx, cy = (xs + 0.5) * stride, (ys + 0.5) * stride
            rows.append(np.stack([(cx - left) * fx, (cy - upper) * fy, (left + right) * fx, (upper + lower) * fy, score[ys, xs], np.full(len(xs), side)], 1))
        return text[0, 0], tattoo[0, 0], np.concatenate(rows)


def suppress(faces: np.ndarray, overlap: float = 0.45) -> np.ndarray:
    if len(faces) == 0:
        return faces
    kept = cv2.dnn.NMSBoxes(faces[:, :4].tolist(), faces[:, 4].tolist(), 0.0, overlap)
    return faces[np.array(kept).reshape(-1)]


def head_polygon(x, y, w, h) -> np.ndarray:
    """As src/redact/grow.ts."""
    angles = 2 * np.pi * np.arange(16) / 16
    outside = 1 / np.cos(np.pi / 16)
    cx, cy = x + w / 2, y + h * 0.43
    return np.stack([cx + w * 0.75 * outside * np.cos(angles), cy + h * 0.85 * outside * np.sin(angles)], 1)


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


def overlap(face, boxes) -> float:
    """Share of the smaller of two boxes inside the other, the largest over all boxes."""
    best = 0.0
    for x, y, w, h in boxes:
        iw = min(face[0] + face[2], x + w) - max(face[0], x)
        ih = min(face[1] + face[3], y + h) - max(face[1], y)
        if iw > 0 and ih > 0:
            best = max(best, iw * ih / max(1e-6, min(w * h, face[2] * face[3])))
    return best


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


def sweep_faces(entries, looks, thresholds):
    for t in thresholds:
        score, false, photos_hit = Score(), 0, 0
        for entry, seen in zip(entries, looks):
            faces = suppress(np.concatenate([f for _, _, f in seen]))
            faces = faces[faces[:, 4] >= t]
            photos_hit += len(faces) > 0
            boxes = [o["box"] for o in entry["objects"]]
            mask = fill((entry["height"], entry["width"]), [head_polygon(*f[:4]) for f in faces])
            score.add(entry, mask)
            false += sum(overlap(f, boxes) < 0.4 for f in faces)
        n = len(entries)
        print(f"   face from {t:.2f}: {score}, false {false / n:.2f} per photo, over {100 * score.over / n:.2f} %, photos with a face {photos_hit / n:.3f}")


def joined_map(seen, sides=(320, 640)):
    """Geometric mean of the tattoo maps of two looks, on the finer one's grid."""
    maps = {side: tattoo for side, (_, tattoo, _) in seen.items()}
    fine, coarse = maps[sides[1]], maps[sides[0]]
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


def text_area(entries, looks):
    shares = [float((seen[max(seen)][0] > 0.3)[: int(seen[max(seen)][0].shape[0] * 0.8)].mean()) for seen in looks]
    print(f"   text: {100 * np.mean(shares):.2f} % of the pixels above the lower fifth")


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
        sweep_faces(entries, [s.values() for s in looks], (0.15, 0.2, 0.3, 0.4, 0.5, 0.6))
        sweep_tattoos(entries, looks, ((0.3, 0.6), (0.4, 0.7), (0.4, 0.85), (0.4, 0.95), (0.5, 0.95)))
        text_area(entries, looks)


if __name__ == "__main__":
    main()
