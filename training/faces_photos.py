"""Packs the photos that the close-up network learns from into one file that fits the way to another machine.

    python faces_photos.py --data ../../shared/data --cache CACHE --out CACHE/faces.pack

CACHE/faces.json is teacher.py's, CACHE/landmarks.json that of landmarks.ts. Every photo is kept in at most SIDE pixels, with
boxes as rows of class (an index of CLASSES, or FEATURES or ALL), x, y, width, height, known: 1 taught, 0 neither that nor nothing; with what it shows
(two numbers as the network's `shown`, -1 where nobody knows), and with a picture of the visible face: 255 face, 0 none, 128 unknown.
"""

import argparse
import io
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from faces_net import CLASSES
from folds import fold_of

SIDE = 400
QUALITY = 74
UNKNOWN = 128
#: CenterFace's opinion where nobody labelled faces: from here on a face, from LEAST_SCORE on neither a face nor none.
SURE_SCORE, LEAST_SCORE = 0.55, 0.2
#: Shorter side in pixels of the packed photo below which a face is not taught.
SMALLEST = 9
#: Share by which a box of landmarks is smaller than what a person would draw.
LANDMARK_MARGIN = 0.12
#: The face's box is the visible face: of its ellipse this much is face for certain, and nothing beyond OUTER.
INNER, OUTER = 0.85, 1.15
FOLDERS = (
    "face/dermnet", "negative/dermnet", "face/poses", "face/reid", "face/singles", "face/clinical", "face/masks", "face/wider",
    "negative/dermoscopy", "negative/hands", "negative/skin", "tattoo/bivtatt", "tattoo/wild", "tattoo/studio",
    "text/incidental", "text/oriented", "text/forms", "text/burned-in",
)  # fmt: skip
#: Classes of rows that stand for more than one: everything but the face, and everything.
FEATURES, ALL = len(CLASSES), len(CLASSES) + 1
DERMNET = ("face/dermnet", "negative/dermnet")
PORTRAITS = ("face/reid", "face/singles")


@dataclass
class Photo:
    folder: str
    file: str
    fold: int
    #: "face", "part", "none" or "unknown"
    kind: str
    #: rows of class, x, y, width, height, known
    boxes: np.ndarray
    #: a recognisable face, anything of a face: 1, 0 or -1
    shown: tuple[int, int]
    #: height x width x 3, RGB
    image: np.ndarray
    #: height x width
    visible: np.ndarray


def unlabelled(box, kind: int = FEATURES, margin: float = 0.15) -> list:
    """A row that says that features in and around a box are neither there nor not."""
    x, y, w, h = box
    return [kind, x - w * margin, y - h * margin, w * (1 + 2 * margin), h * (1 + 2 * margin), 0]


def everywhere(entry) -> list:
    return [ALL, 0, 0, entry["width"], entry["height"], 0]


def hand_labels(entry) -> tuple[list, str]:
    rows = [[CLASSES.index(o["kind"]), *o["box"], int(not o["ignore"])] for o in entry["objects"]]
    faces = [o["box"] for o in entry["objects"] if o["kind"] == "face"]
    for box in faces:
        # Features of a face that takes up little of the photo were not all labelled.
        if box[2] * box[3] < 0.12 * entry["width"] * entry["height"]:
            rows.append(unlabelled(box))
    return rows, entry["class"]


def around(points: np.ndarray, grow=(LANDMARK_MARGIN,) * 4) -> list:
    """The box of points, grown by shares of its sides: left, up, right, down."""
    (x0, y0), (x1, y1) = points.min(0), points.max(0)
    w, h = x1 - x0, y1 - y0
    return [x0 - grow[0] * w, y0 - grow[1] * h, w * (1 + grow[0] + grow[2]), h * (1 + grow[1] + grow[3])]


def landmark_labels(marks: np.ndarray) -> list:
    """Of 68 landmarks (Sagonas et al., 2016): jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, mouth 48-67."""
    brows, jaw = marks[17:27], marks[:17]
    # From the brows to the chin are two of three thirds of a face.
    up = (jaw[:, 1].max() - brows[:, 1].mean()) * 0.42
    face = around(np.concatenate([jaw, brows - [0, up]]), (0.04, 0, 0.04, 0.02))
    rows = [
        [0, *face, 1],
        [1, *around(np.concatenate([marks[17:22], marks[36:42]])), 1],
        [1, *around(np.concatenate([marks[22:27], marks[42:48]])), 1],
        [2, *around(marks[27:36], (0.25, 0.02, 0.25, 0.1)), 1],
        [3, *around(marks[48:68]), 1],
    ]
    return [*rows, unlabelled(face, CLASSES.index("ear"), 0.25)]


def teacher_labels(found: list) -> list:
    """Faces that CenterFace found; what is in them nobody said."""
    rows = []
    for *box, score in found:
        if score >= LEAST_SCORE:
            rows.append([0, *box, int(score >= SURE_SCORE)])
            rows.append(unlabelled(box))
    return rows


def patches(mask: np.ndarray) -> list[np.ndarray]:
    """The connected parts of a mask that are more than a third of the largest, as points, largest first."""
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    sizes = sorted(((stats[i, cv2.CC_STAT_AREA], i) for i in range(1, count)), reverse=True)
    return [np.argwhere(numbers == i)[:, ::-1].astype(float) for size, i in sizes if size > sizes[0][0] / 3]


def mask_labels(mask: np.ndarray) -> tuple[list, np.ndarray]:
    """Boxes and visible face from a mask of 1 skin, 2 hair, 3 eye, 4 brow, 5 nose, 6 mouth."""
    height, width = mask.shape
    # Everything from the hairline down to the shoulders is skin: the chin is found from the eyes and the mouth.
    rows_of = lambda *values: np.nonzero(np.isin(mask, values))[0]
    eyes, mouth = rows_of(3, 4), rows_of(6)
    eye_line, mouth_line = np.mean(rows_of(3) if len(rows_of(3)) else eyes), np.mean(mouth)
    chin = min(height - 1, int(mouth_line + 0.62 * (mouth_line - eye_line)))
    skin = np.isin(mask, (1, 3, 4, 5, 6))
    skin[chin:] = False
    ys, xs = np.nonzero(skin)
    # A few stray pixels are no part of the face.
    x0, x1 = np.percentile(xs, (0.5, 99.5))
    y0, y1 = np.percentile(ys, (0.5, 100))
    face = [x0, y0, x1 - x0, y1 - y0]
    rows = [[0, *face, 1], unlabelled(face, CLASSES.index("ear"), 0.1)]
    for c, value in ((2, 5), (3, 6)):
        for part in patches(mask == value)[:1]:
            rows.append([c, *around(part, (0.06,) * 4), 1])
    for eye in patches(mask == 3)[:2]:
        # The brow belongs to it: what of it lies above the eye, as the mask has brows at the hairline as well.
        x, y, w, h = around(eye, (0,) * 4)
        ys, xs = np.nonzero(mask == 4)
        above = (xs > x - 0.6 * w) & (xs < x + 1.6 * w) & (ys > y - 0.9 * w) & (ys < y + h)
        rows.append([1, *around(np.concatenate([eye, np.stack([xs, ys], 1)[above]]), (0.06,) * 4), 1])
    visible = np.where(np.isin(mask, (1, 3, 4, 5, 6)), 255, 0).astype(np.uint8)
    visible[chin:][visible[chin:] > 0] = UNKNOWN
    return rows, visible


def draw_visible(rows: list, kind: str, size: tuple[int, int]) -> np.ndarray:
    """What the boxes tell about where a face is visible."""
    width, height = size
    start = {"part": UNKNOWN, "unknown": UNKNOWN}.get(kind, 0)
    picture = Image.new("L", size, start)
    draw = ImageDraw.Draw(picture)

    def ellipse(row, share, value):
        _, x, y, w, h, _ = row
        # Where the photo cuts the face off, it goes on beyond.
        left, top, right, bottom = x, y, x + w, y + h
        left -= 0.2 * w * (left <= 0.01 * width)
        right += 0.2 * w * (right >= 0.99 * width)
        top -= 0.2 * h * (top <= 0.01 * height)
        bottom += 0.2 * h * (bottom >= 0.99 * height)
        cx, cy, rx, ry = (left + right) / 2, (top + bottom) / 2, (right - left) / 2 * share, (bottom - top) / 2 * share
        draw.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], fill=value)

    for row in rows:
        if row[0] == 0 or row[5] == 0:
            ellipse(row, OUTER, UNKNOWN)
    for row in rows:
        if row[0] == 0 and row[5] == 1:
            ellipse(row, INNER, 255)
        elif row[5] == 1:
            _, x, y, w, h, _ = row
            draw.rectangle([x, y, x + w, y + h], fill=255)
    return np.array(picture)


def labels_of(folder: str, entry, data: Path, faces: dict, landmarks: dict):
    """Rows, kind, and what is visible where a mask says it."""
    name = f"{folder}/{entry['file']}"
    found = faces.get(name, [])
    if folder in DERMNET:
        return (*hand_labels(entry), None)
    if folder == "face/poses":
        rows, visible = mask_labels(np.array(Image.open(data / folder / entry["mask"])))
        return rows, "face", visible
    if folder in PORTRAITS:
        if name not in landmarks:
            return [*teacher_labels(found), everywhere(entry)], "face", None
        own = landmark_labels(np.array(landmarks[name]))
        x, y, w, h = own[0][1:5]
        middle = lambda f: x < f[0] + f[2] / 2 < x + w and y < f[1] + f[3] / 2 < y + h
        others = [[0, *f[:4], 0] for f in found if f[4] >= LEAST_SCORE and not middle(f)]
        return own + others + [unlabelled(o[1:5]) for o in others], "face", None
    if folder in ("face/wider", "face/masks"):
        rows = []
        for o in entry["objects"]:
            rows += [[0, *o["box"], int(not o["ignore"])], unlabelled(o["box"])]
        return rows, "face", None
    if folder == "face/clinical":
        return [*(r for r in teacher_labels(found) if r[5]), everywhere(entry)], "face", None
    if folder in ("negative/hands", "negative/skin"):
        rows = teacher_labels(found)
        sure = any(r[5] for r in rows)
        return (rows, "face", None) if sure else ([everywhere(entry)], "unknown", None)
    rows = []
    for *box, score in found:
        if score >= LEAST_SCORE:
            rows.append(unlabelled(box, ALL, 0.3))
    return rows, "unknown" if rows else "none", None


SHOWN = {"face": (1, 1), "part": (0, 1), "none": (0, 0), "unknown": (-1, -1)}


def packed(folder: str, entry, data: Path, faces: dict, landmarks: dict):
    """One photo as its record and the bytes of its two pictures."""
    rows, kind, visible = labels_of(folder, entry, data, faces, landmarks)
    image = Image.open(data / folder / entry["file"]).convert("RGB")
    scale = min(1, SIDE / max(image.size))
    size = tuple(max(1, round(v * scale)) for v in image.size)
    fx, fy = size[0] / image.width, size[1] / image.height
    rows = [[c, x * fx, y * fy, w * fx, h * fy, known] for c, x, y, w, h, known in rows]
    for row in rows:
        if min(row[3:5]) < SMALLEST:
            row[5] = 0
    if visible is None:
        visible = draw_visible(rows, kind, size)
    files = []
    for picture, options in (
        (image.resize(size, Image.Resampling.LANCZOS), {"format": "WEBP", "quality": QUALITY, "method": 5}),
        (Image.fromarray(visible).resize(size, Image.Resampling.NEAREST), {"format": "PNG", "optimize": True}),
    ):
        out = io.BytesIO()
        picture.save(out, **options)
        files.append(out.getvalue())
    record = {
        "folder": folder, "file": entry["file"], "fold": fold_of(folder, entry["file"]), "kind": kind,
        "boxes": [[round(float(v), 2) for v in row] for row in rows], "sizes": [len(f) for f in files],
    }  # fmt: skip
    return record, files


def pack(data: Path, cache: Path, out: Path, folders=FOLDERS) -> None:
    faces = json.loads((cache / "faces.json").read_text())
    landmarks = json.loads((cache / "landmarks.json").read_text())
    records, files = [], []
    for folder in folders:
        for entry in json.loads((data / folder / "labels.json").read_text())["images"]:
            record, pair = packed(folder, entry, data, faces, landmarks)
            records.append(record)
            files += pair
        print(f"{folder}: {sum(map(len, files)) / 2**20:.1f} MiB", flush=True)
    head = json.dumps(records).encode()
    out.write_bytes(len(head).to_bytes(8, "big") + head + b"".join(files))


def unpack(path: Path) -> list[Photo]:
    content = path.read_bytes()
    at = 8 + int.from_bytes(content[:8], "big")
    photos = []
    for record in json.loads(content[8:at]):
        pictures = []
        for length in record["sizes"]:
            pictures.append(np.array(Image.open(io.BytesIO(content[at : at + length]))))
            at += length
        boxes = np.array(record["boxes"], np.float32).reshape(-1, 6)
        kind = record["kind"]
        photos.append(Photo(record["folder"], record["file"], record["fold"], kind, boxes, SHOWN[kind], *pictures))
    return photos


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pack(options.data, options.cache, options.out)


if __name__ == "__main__":
    main()
