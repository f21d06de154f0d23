"""Measures the close-up network on photos that it has not learned from, and sweeps its thresholds.

    python evaluate_faces.py look  --data ../../shared/data --model fold0.onnx --fold 0 --out CACHE/looks0.json [--only FOLDER,...]
    python evaluate_faces.py sweep --data ../../shared/data CACHE/looks0.json CACHE/looks1.json ...
    python evaluate_faces.py table --data ../../shared/data CACHE/looks0.json ...

`look` writes what the network answers, `sweep` shows what thresholds would do with it, `table` prints the figures of the card with
the thresholds of the tool, by diagnosis of what went wrong and by skin tone, with 95 % intervals (Wilson, 1927).
"""

import argparse
import json
import math
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from evaluate import fill, head_polygon
from faces_net import CLASSES, STRIDE
from faces_photos import DERMNET
from folds import fold_of
from photos import open_session

#: Longer side, mirrored: the looks that are kept.
LOOKS = ((320, False), (320, True), (224, False), (448, False))
KEPT_SCORE = 0.04
#: Overlap (intersection over union) above which two boxes of a class are one.
SAME = 0.45
SETS = (*DERMNET, "face/clinical", "negative/dermoscopy", "negative/hands", "tattoo/bivtatt", "tattoo/wild", "tattoo/studio")


class Rule(NamedTuple):
    """When something is believed."""

    #: A face box alone.
    face: float
    #: A face box that holds this network's features: two, or one that is sure.
    supported: float
    #: A feature.
    feature: float
    #: The least that the whole picture must say of a face, and of anything of a face.
    shown: float = 0.0
    shown_any: float = 0.0
    looks: tuple = ((320, False),)


class Eye:
    def __init__(self, model: Path):
        self.session = open_session(model, threads=1)

    def look(self, image: np.ndarray, side: int, mirrored: bool) -> dict:
        """image: RGB. @returns rows of class, x, y, width, height, score in the photo's pixels, and what is shown"""
        height, width = image.shape[:2]
        scale = side / max(height, width)
        w, h = (max(64, math.floor(v * scale / 32 + 0.5) * 32) for v in (width, height))
        small = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        if mirrored:
            small = small[:, ::-1]
        x = np.ascontiguousarray(small.transpose(2, 0, 1)[None], np.float32)
        boxes, mask, shown = self.session.run(None, {"image": x})
        rows = []
        for c in range(len(CLASSES)):
            score = boxes[0, 5 * c]
            ys, xs = np.nonzero((score >= KEPT_SCORE) & (cv2.dilate(score, np.ones((3, 3))) == score))
            left, upper, right, lower = boxes[0, 5 * c + 1 : 5 * c + 5, ys, xs].T
            cx, cy = (xs + 0.5) * STRIDE, (ys + 0.5) * STRIDE
            if mirrored:
                cx, left, right = w - cx, right, left
            x0, y0 = np.clip(cx - left, 0, w), np.clip(cy - upper, 0, h)
            x1, y1 = np.clip(cx + right, 0, w), np.clip(cy + lower, 0, h)
            fx, fy = width / w, height / h
            for r in zip(np.full(len(xs), c), x0 * fx, y0 * fy, (x1 - x0) * fx, (y1 - y0) * fy, score[ys, xs]):
                rows.append([int(r[0]), *(round(float(v), 3) for v in r[1:])])
        return {"rows": rows, "shown": [round(float(v), 4) for v in shown[0]], "mask": round(float((mask > 0.5).mean()), 4)}


def suppress(rows: np.ndarray) -> np.ndarray:
    kept = []
    for c in range(len(CLASSES)):
        mine = rows[rows[:, 0] == c]
        if len(mine):
            index = cv2.dnn.NMSBoxes(mine[:, 1:5].tolist(), mine[:, 5].tolist(), 0.0, SAME)
            kept.append(mine[np.array(index).reshape(-1)])
    return np.concatenate(kept) if kept else rows


def share_inside(box, other) -> float:
    """Of `box` in `other`."""
    w = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    h = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return max(0.0, w) * max(0.0, h) / max(1e-6, box[2] * box[3])


def decide(looks: dict, rule: Rule):
    """@returns boxes of faces, and rows of features that lie in none of them"""
    seen = [looks[f"{side}{'m' if mirrored else ''}"] for side, mirrored in rule.looks]
    rows = np.array([r for look in seen for r in look["rows"]], float).reshape(-1, 6)
    face_shown, any_shown = np.mean([look["shown"] for look in seen], 0)
    rows = suppress(rows)
    features = rows[(rows[:, 0] > 0) & (rows[:, 5] >= rule.feature)]
    faces = []
    for row in rows[rows[:, 0] == 0]:
        within = [f for f in features if share_inside(f[1:5], row[1:5]) >= 0.6]
        if row[5] >= rule.face or (row[5] >= rule.supported and len(within) >= 2):
            faces.append(row[1:5])
    if face_shown < rule.shown:
        faces = []
    if any_shown < rule.shown_any:
        features = features[:0]
    alone = [f for f in features if not any(share_inside(f[1:5], face) >= 0.6 for face in faces)]
    return faces, alone


def wilson(hit: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if total == 0:
        return 0.0, 1.0
    z, p = 1.96, hit / total
    middle, spread = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def told(hit: int, total: int) -> str:
    low, high = wilson(hit, total)
    return f"{hit}/{total} = {hit / max(1, total):.3f} ({low:.3f} to {high:.3f})"


def covered(mask: np.ndarray, box, scale) -> float:
    x, y, w, h = (v * s for v, s in zip(box, (*scale, *scale)))
    at = (np.arange(24) + 0.5) / 24
    xs = np.clip((x + at * w).astype(int), 0, mask.shape[1] - 1)
    ys = np.clip((y + at * h).astype(int), 0, mask.shape[0] - 1)
    return float(mask[np.ix_(ys, xs)].mean())


def core(box):
    x, y, w, h = box
    return x + w / 4, y + h / 4, w / 2, h / 2


def area_of(faces, entry) -> np.ndarray:
    """What would be covered of the photo for faces, at an eighth of its pixels."""
    size = (max(1, entry["height"] // 4), max(1, entry["width"] // 4))
    scale = np.array([size[1] / entry["width"], size[0] / entry["height"]])
    return fill(size, [head_polygon(*box) * scale for box in faces])


class Figures:
    """The lines of the table, photo by photo."""

    def __init__(self):
        self.faces, self.features, self.single, self.false, self.flagged = [], [], [], [], []

    def add(self, name: str, entry, faces, alone) -> None:
        mask = area_of(faces, entry)
        scale = (mask.shape[1] / entry["width"], mask.shape[0] / entry["height"])
        objects = entry["objects"]
        if entry["class"] == "none":
            self.false.append((name, float(mask.mean())))
            self.flagged.append((name, len(faces) + len(alone) > 0))
        for o in objects:
            if o["kind"] == "face":
                self.faces.append((name, covered(mask, o["box"], scale)))
            elif entry["class"] == "face":
                self.features.append((name, covered(mask, core(o["box"]), scale)))
            elif o["box"][2] * o["box"][3] >= 0.01 * entry["width"] * entry["height"]:
                both = area_of([], entry)
                for box in [*faces, *(f[1:5] for f in alone)]:
                    x0, y0 = int(box[0] * scale[0]), int(box[1] * scale[1])
                    both[y0 : max(y0 + 1, round((box[1] + box[3]) * scale[1])), x0 : max(x0 + 1, round((box[0] + box[2]) * scale[0]))] = True
                self.single.append((name, covered(both | mask, o["box"], scale)))

    def counts(self) -> dict[str, tuple[int, int]]:
        return {
            "faces protected": (sum(c >= 0.8 for _, c in self.faces), len(self.faces)),
            "features in faces, core": (sum(c >= 0.9 for _, c in self.features), len(self.features)),
            "single features found": (sum(c >= 0.5 for _, c in self.single), len(self.single)),
            "false face over > 5 %": (sum(a > 0.05 for _, a in self.false), len(self.false)),
            "photos without, any finding": (sum(f for _, f in self.flagged), len(self.flagged)),
        }


def read_labels(data: Path, folders) -> dict:
    return {
        f"{folder}/{entry['file']}": entry
        for folder in folders
        for entry in json.loads((data / folder / "labels.json").read_text())["images"]
    }


def look(options) -> None:
    eye = Eye(options.model)
    answers = {}
    for name, entry in read_labels(options.data, options.only.split(",")).items():
        folder = "/".join(name.split("/")[:2])
        if options.fold is None or fold_of(folder, entry["file"]) == options.fold:
            image = cv2.imread(str(options.data / name))[:, :, ::-1]
            answers[name] = {f"{s}{'m' if m else ''}": eye.look(image, s, m) for s, m in LOOKS}
    options.out.write_text(json.dumps(answers))
    print(f"{len(answers)} photos")


def figures_of(looks: dict, labels: dict, rule: Rule) -> Figures:
    figures = Figures()
    for name, answer in looks.items():
        if name in labels:
            figures.add(name, labels[name], *decide(answer, rule))
    return figures


def sweep(options) -> None:
    labels = read_labels(options.data, DERMNET)
    looks = {k: v for path in options.looks for k, v in json.loads(path.read_text()).items()}
    sets = {"320": ((320, False),), "320+m": ((320, False), (320, True)), "320+224": ((320, False), (224, False)), "320+448": ((320, False), (448, False)), "all": LOOKS}
    for name, kept in sets.items():
        for face in (0.2, 0.3, 0.4, 0.5, 0.6):
            for feature in (0.3, 0.4, 0.5):
                counts = figures_of(looks, labels, Rule(face, face / 2, feature, looks=kept)).counts()
                print(name, face, feature, " ".join(f"{k}: {h / max(1, n):.3f}" for k, (h, n) in counts.items()), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["look", "sweep"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--only", default=",".join(SETS))
    parser.add_argument("--out", type=Path)
    parser.add_argument("looks", type=Path, nargs="*")
    options = parser.parse_args()
    {"look": look, "sweep": sweep}[options.task](options)


if __name__ == "__main__":
    main()
