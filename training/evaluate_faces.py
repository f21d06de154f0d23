"""Measures the close-up network on photos that it has not learned from.

    python evaluate_faces.py look   --data ../../shared/data --model fold0.onnx --fold 0 --out RUN/looks0.json   # likewise 1, 2
    python evaluate_faces.py choose --data ../../shared/data RUN/looks0.json RUN/looks1.json RUN/looks2.json
    python evaluate_faces.py table  --data ../../shared/data RUN/looks0.json [...]

`look` writes what the network answers about a fold; `choose` chooses thresholds for each fold on the others; `table` prints the
figures of the card with the thresholds of `Rule`, by skin tone as well, with 95 % intervals (Wilson, 1927).
"""

import argparse
import json
import math
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from evaluate import fill
from faces_net import CLASSES, STRIDE
from faces_photos import DERMNET
from folds import fold_of
from photos import open_session

#: Longer side of a look.
LOOK = 320
#: A photo is looked at mirrored or not and turned by so many quarters, and what is answered is averaged.
DIRECTIONS = [(mirrored, turns) for mirrored in (False, True) for turns in range(4)]
KEPT_SCORE = 0.04
#: Overlap (intersection over union) above which two boxes of a class are one.
SAME = 0.45
#: Share of photos without a face in which a false one may cover more than 5 %.
MOST_FALSE = 0.01
SETS = (*DERMNET, "face/poses", "face/clinical", "negative/dermoscopy", "negative/hands", "tattoo/bivtatt", "tattoo/wild", "tattoo/studio")


class Rule(NamedTuple):
    """When something is believed. The certainty of a face is the geometric mean of its box's score and of what the whole photo shows."""

    #: A face alone.
    face: float = 0.35
    #: A face with two features in it.
    supported: float = 0.14
    #: A feature that supports a face, or makes one together with another.
    strong: float = 0.3
    #: A feature that is told of.
    feature: float = 0.15


class Eye:
    def __init__(self, model: Path):
        self.session = open_session(model, threads=1)

    def answer(self, image: np.ndarray):
        """image: RGB, of the network's size. @returns classes x 5 x rows x columns, distances as shares of the sides; shown"""
        height, width = image.shape[:2]
        x = np.ascontiguousarray(image.transpose(2, 0, 1)[None], np.float32)
        boxes, _, shown = self.session.run(None, {"image": x})
        boxes = boxes[0].reshape(len(CLASSES), 5, *boxes.shape[2:])
        return boxes / np.array([1, width, height, width, height], np.float32)[:, None, None], shown[0]

    def answer_in(self, direction: tuple[bool, int], image: np.ndarray):
        """As `answer` to the image, which the network sees mirrored or not, then turned by so many quarters counter-clockwise."""
        mirrored, turns = direction
        boxes, shown = self.answer(np.rot90(image[:, ::-1] if mirrored else image, turns))
        boxes = np.rot90(boxes, -turns, (2, 3))
        # Turned back, what was the upper side is the right one.
        sides = np.roll(np.arange(4), turns)
        boxes = boxes[:, [0, *(1 + sides)]]
        return (boxes[:, [0, 3, 2, 1, 4], :, ::-1] if mirrored else boxes), shown

    def look(self, image: np.ndarray) -> dict:
        """image: RGB. @returns rows of class, x, y, width, height, score in the photo's pixels, and what is shown"""
        height, width = image.shape[:2]
        w, h = (max(64, math.floor(v * LOOK / max(height, width) / 32 + 0.5) * 32) for v in (width, height))
        smaller = max(height, width) > LOOK
        small = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
        answers = [self.answer_in(direction, small) for direction in DIRECTIONS]
        boxes, shown = (np.stack(values) for values in zip(*answers))
        # Each answers for distances as far as it is sure.
        weights = boxes[:, :, :1] + 1e-6
        reach = (boxes[:, :, 1:] * weights).sum(0) / weights.sum(0)
        scores = boxes[:, :, 0].mean(0)
        rows = []
        for c, score in enumerate(scores):
            ys, xs = np.nonzero((score >= KEPT_SCORE) & (cv2.dilate(score, np.ones((3, 3))) == score))
            left, upper, right, lower = reach[c, :, ys, xs].T
            cx, cy = (xs + 0.5) * STRIDE / w, (ys + 0.5) * STRIDE / h
            x0, x1 = np.clip(cx - left, 0, 1) * width, np.clip(cx + right, 0, 1) * width
            y0, y1 = np.clip(cy - upper, 0, 1) * height, np.clip(cy + lower, 0, 1) * height
            for row in zip(x0, y0, x1 - x0, y1 - y0, score[ys, xs]):
                rows.append([c, *(round(float(v), 3) for v in row)])
        return {"rows": rows, "shown": [round(float(v), 4) for v in shown.mean(0)]}


def suppress(rows: np.ndarray) -> np.ndarray:
    kept = []
    for c in range(len(CLASSES)):
        mine = rows[rows[:, 0] == c]
        if len(mine):
            index = cv2.dnn.NMSBoxes(mine[:, 1:5].tolist(), mine[:, 5].tolist(), 0.0, SAME)
            kept.append(mine[np.array(index).reshape(-1)])
    return np.concatenate(kept) if kept else rows


def head_polygon(x, y, w, h) -> np.ndarray:
    """As src/redact/grow.ts."""
    angles = 2 * np.pi * np.arange(16) / 16
    outside = 1 / np.cos(np.pi / 16)
    cx, cy = x + w / 2, y + h * 0.43
    return np.stack([cx + w * 0.75 * outside * np.cos(angles), cy + h * 0.85 * outside * np.sin(angles)], 1)


def share_inside(box, other) -> float:
    """Of `box` in `other`."""
    w = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    h = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return max(0.0, w) * max(0.0, h) / max(1e-6, box[2] * box[3])


def hull(a, b):
    x, y = min(a[0], b[0]), min(a[1], b[1])
    return np.array([x, y, max(a[0] + a[2], b[0] + b[2]) - x, max(a[1] + a[3], b[1] + b[3]) - y])


def are_two(a, b) -> bool:
    """Whether two features are different ones of a head: of different kind, or two eyes; apart from each other."""
    apart = max(share_inside(a[1:5], b[1:5]), share_inside(b[1:5], a[1:5])) < 0.3
    return apart and (a[0] != b[0] or a[0] == CLASSES.index("eye"))


def lies_in(feature, faces) -> bool:
    return any(share_inside(feature[1:5], face) >= 0.6 for face in faces)


def decide(look: dict, rule: Rule):
    """@returns boxes of faces, and rows of features that lie in none of them"""
    rows = suppress(np.array(look["rows"], float).reshape(-1, 6))
    features = rows[(rows[:, 0] > 0) & (rows[:, 5] >= rule.feature)]
    strong = features[features[:, 5] >= rule.strong]
    faces = []
    for row in rows[rows[:, 0] == 0]:
        certainty = math.sqrt(row[5] * look["shown"][0])
        supported = certainty >= rule.supported and sum(lies_in(f, [row[1:5]]) for f in strong) >= 2
        if certainty >= rule.face or supported:
            faces.append(row[1:5])
    free = [f for f in strong if not lies_in(f, faces)]
    faces += [hull(a[1:5], b[1:5]) for i, a in enumerate(free) for b in free[:i] if are_two(a, b)]
    return faces, [f for f in features if not lies_in(f, faces)]


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
        if fold_of(folder_of(name), entry["file"]) == options.fold:
            answers[name] = eye.look(cv2.imread(str(options.data / name))[:, :, ::-1])
    options.out.write_text(json.dumps(answers))
    print(f"{len(answers)} photos")


def folder_of(name: str) -> str:
    return "/".join(name.split("/")[:2])


def figures_of(looks: dict, labels: dict, rule: Rule) -> Figures:
    figures = Figures()
    for name, answer in looks.items():
        if name in labels and folder_of(name) in DERMNET:
            figures.add(name, labels[name], *decide(answer, rule))
    return figures


def added(counts: list) -> dict:
    return {line: tuple(np.sum([c[line] for c in counts], 0).tolist()) for line in counts[0]}


def worth(counts: dict) -> float:
    """Of thresholds, to choose them by: what is protected, where at most one photo in a hundred has a large false face."""
    share = {line: hit / max(1, total) for line, (hit, total) in counts.items()}
    false = share["false face over > 5 %"]
    return -false if false > MOST_FALSE else share["faces protected"] + share["features in faces, core"] - false


def choose(options) -> None:
    """For each fold the thresholds that are best on the others, and what they do on it."""
    labels = read_labels(options.data, DERMNET)
    folds = [json.loads(path.read_text()) for path in options.looks]
    rules = [
        Rule(face, face * part, strong) for face in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55) for part in (0.4, 0.6, 1) for strong in (0.3, 0.4, 0.5)
    ]
    counts = {rule: [figures_of(looks, labels, rule).counts() for looks in folds] for rule in rules}
    results = []
    for i, path in enumerate(options.looks):
        best = max(rules, key=lambda rule: worth(added(counts[rule][:i] + counts[rule][i + 1 :])))
        results.append(counts[best][i])
        print(f"{path.name}: {best}")
        print_counts(results[-1])
    print("all")
    print_counts(added(results))


def print_counts(counts: dict) -> None:
    for line, (hit, total) in counts.items():
        print(f"   {line}: {told(hit, total)}")


def skin_angle(image: np.ndarray, box=None) -> float | None:
    """Individual typology angle (Chardon et al., 1991) in degrees of the median skin; None where too little looks like skin."""
    if box is not None:
        x, y, w, h = (round(v) for v in core(box))
        image = image[y : y + max(1, h), x : x + max(1, w)]
    chroma = cv2.cvtColor(image, cv2.COLOR_BGR2YCrCb)
    skin = cv2.inRange(chroma, (30, 133, 77), (240, 180, 135)) > 0
    if skin.mean() < 0.1:
        return None
    light, _, yellow = cv2.cvtColor(image.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[skin].mean(0)
    return math.degrees(math.atan2(light - 50, yellow))


def tone_of(angle: float | None) -> str:
    if angle is None:
        return "no skin"
    return next((name for least, name in ((55, "very light"), (41, "light"), (28, "intermediate"), (10, "tan"), (-30, "brown")) if angle > least), "dark")


def table(options) -> None:
    """Every set with the thresholds of `Rule`; by tone of skin."""
    labels = read_labels(options.data, SETS)
    looks = {k: v for path in options.looks for k, v in json.loads(path.read_text()).items()}
    rule = Rule()
    print_counts(figures_of(looks, labels, rule).counts())
    by_tone: dict[str, Figures] = {}
    for name, answer in looks.items():
        folder, entry = folder_of(name), labels[name]
        if folder in DERMNET:
            box = next((o["box"] for o in entry["objects"] if o["kind"] == "face"), None)
            tone = tone_of(skin_angle(cv2.imread(str(options.data / name)), box))
            by_tone.setdefault(tone, Figures()).add(name, entry, *decide(answer, rule))
    for tone, figures in sorted(by_tone.items()):
        print(tone)
        print_counts(figures.counts())
    for folder in (f for f in SETS if f not in DERMNET):
        found = [decide(answer, rule) for name, answer in looks.items() if folder_of(name) == folder]
        print(f"{folder}: a face in {told(sum(bool(f) for f, _ in found), len(found))}, anything in {told(sum(bool(f or a) for f, a in found), len(found))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["look", "choose", "table"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--only", default=",".join(SETS))
    parser.add_argument("--out", type=Path)
    parser.add_argument("looks", type=Path, nargs="*")
    options = parser.parse_intermixed_args()
    {"look": look, "choose": choose, "table": table}[options.task](options)


if __name__ == "__main__":
    main()
