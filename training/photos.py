"""Reads ../shared/data into memory: pixels, faces, and per-pixel labels of text and tattoos with weights.

Labels are maps of uint8, height x width x 4: text target, text weight, tattoo target, tattoo weight, each 0-255. A weight of 0
means that nobody knows. Faces are rows of x, y, width, height, known (1 a face, 0 neither a face nor none).
"""

import json
import pickle
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from folds import is_held_out

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
#: Below this many pixels of the photo a face is not taught.
SMALLEST_BLOT = 6
#: Above it the teacher's faces count, below they are ignored; stricter where skin fools the teacher.
TEACHER_SURE = {"negative/hands": 0.6}
TEACHER_SURE_ELSEWHERE = 0.45
#: Photos of skin, most of them with lesions.
LESIONS = ("face/dermnet", "negative/dermnet")
#: Where DermNet's watermark, which is text, may stand, and where its letters do; shares of the height. Beyond the half of
#: the width there is none.
WATERMARK_FROM, LETTERS_FROM = 0.62, 0.8
#: How far the kernel of a line of text lies inside it; share of the line's height.
KERNEL_INSET = 0.25
#: Inside of it a tattoo's box is ink for certain; half axes as a share of the box's.
INNER_ELLIPSE = 0.85
FOLDERS = (
    "face/wider", "face/masks", "face/clinical", "face/reid", "face/singles",
    "tattoo/bivtatt", "tattoo/wild", "tattoo/studio",
    "face/dermnet", "negative/dermnet", "negative/dermoscopy", "negative/skin", "negative/hands",
    "text/incidental", "text/oriented", "text/burned-in", "text/forms",
)  # fmt: skip


@dataclass
class Photo:
    folder: str
    file: str
    #: height x width x 3, BGR
    image: np.ndarray
    faces: np.ndarray
    #: height x width x 4, or four numbers that hold for every pixel.
    labels: np.ndarray
    #: Somewhere there is a tattoo, but nobody says where.
    tattoo_somewhere: bool = False
    #: The image at half, quarter, ... of its size.
    smaller: list = field(default_factory=list)


def network_input(image: np.ndarray) -> np.ndarray:
    """height x width x 3, BGR, uint8 -> 1 x 3 x height x width, float32."""
    return ((image.astype(np.float32) / 255 - MEAN) / DEVIATION).transpose(2, 0, 1)[None]


def kernel(quad: np.ndarray) -> np.ndarray:
    """
    What is taught of a line of text: its convex polygon moved inwards by a quarter of its shorter side. PP-OCRv4 answers
    with kernels of this size; those of Liao et al. (2020) are a sixth as high as a long line, too thin for small letters.
    """
    quad = np.asarray(quad, np.float64)
    nxt = np.roll(quad, -1, 0)
    area = 0.5 * np.sum(quad[:, 0] * nxt[:, 1] - nxt[:, 0] * quad[:, 1])
    if area < 0:
        quad = quad[::-1]
        nxt = np.roll(quad, -1, 0)
    distance = KERNEL_INSET * min(cv2.minAreaRect(quad.astype(np.float32))[1])
    edges = nxt - quad
    lengths = np.linalg.norm(edges, axis=1) + 1e-9
    normals = np.stack([-edges[:, 1], edges[:, 0]], 1) / lengths[:, None]
    points, offsets = quad + normals * distance, np.sum((quad + normals * distance) * normals, 1)
    corners = []
    for i in range(len(quad)):
        a = np.stack([normals[i - 1], normals[i]])
        b = np.array([offsets[i - 1], offsets[i]])
        corners.append(np.linalg.solve(a, b) if abs(np.linalg.det(a)) > 1e-3 else points[i])
    return np.array(corners)


def open_session(path, threads: int = 0) -> onnxruntime.InferenceSession:
    """An ONNX file on the CPU; as many threads as there are cores unless told."""
    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 3
    settings.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), settings)


class TextTeacher:
    """The original detector's opinion, 0-255, in the photo's own size."""

    def __init__(self, path: str):
        self.session = open_session(path)

    def __call__(self, image: np.ndarray) -> np.ndarray:
        height, width = image.shape[:2]
        scale = 2 if max(height, width) < 800 else 1
        w, h = (max(32, round(v * scale / 32) * 32) for v in (width, height))
        x = network_input(cv2.resize(image, (w, h), interpolation=cv2.INTER_CUBIC))
        answer = self.session.run(None, {"x": x})[0][0, 0]
        return (cv2.resize(answer, (width, height), interpolation=cv2.INTER_AREA) * 255).astype(np.uint8)


def faces_of(folder: str, entry: dict, teacher: dict) -> np.ndarray:
    if folder in LESIONS:
        rows = [[*o["box"], int(not o["ignore"])] for o in entry["objects"] if o["kind"] == "face"]
    elif folder in ("face/wider", "face/masks"):
        # Ignored ones are faces all the same, only small; the smallest of them are blots.
        rows = [[*o["box"], int(not o["ignore"] or max(o["box"][2:]) >= SMALLEST_BLOT)] for o in entry["objects"]]
    else:
        sure = TEACHER_SURE.get(folder, TEACHER_SURE_ELSEWHERE)
        found = teacher.get(f"{folder}/{entry['file']}", [])
        rows = [[*f[:4], 1 if f[4] >= sure else 0] for f in found]
        if folder in ("face/reid", "face/singles"):
            # These are cut out around the face of the person that they are named after.
            centre = [r for r in rows if r[0] < 125 < r[0] + r[2] and r[1] < 125 < r[1] + r[3]]
            rows = [[*r[:4], 1 if r in centre[:1] else r[4]] for r in rows]
            if not centre:
                rows.append([78, 72, 94, 112, 1])
    return np.array(rows, np.float32).reshape(-1, 5)


def quadrilateral(o: dict) -> np.ndarray:
    """4 x 2, of a labelled object."""
    x, y, w, h = o["box"]
    return np.array(o.get("polygon") or [[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


def text_labels(folder: str, entry: dict, teacher: np.ndarray, faces: np.ndarray):
    """Target and weight."""
    height, width = teacher.shape
    target, weight = np.zeros_like(teacher), np.full_like(teacher, 255)
    family = folder.split("/")[0]
    in_face = np.zeros_like(teacher)
    for x, y, w, h, known in faces:
        if known:
            cv2.ellipse(in_face, ((x + w / 2, y + h / 2), (w * 1.1, h * 1.1), 0), 255, -1)
    if folder == "text/forms":
        target = np.where(teacher > 64, teacher, 0).astype(np.uint8)
    elif family == "text":
        # Where the teacher sees text that nobody labelled, nobody knows.
        weight[teacher > 77] = 0
        for o in entry["objects"]:
            quad = quadrilateral(o)
            cv2.fillPoly(weight, [quad.round().astype(int)], 0 if o["ignore"] else 255)
        for o in entry["objects"]:
            if not o["ignore"]:
                inner = [kernel(quadrilateral(o)).round().astype(int)]
                cv2.fillPoly(target, inner, 255)
                cv2.fillPoly(weight, inner, 255)
    elif folder in LESIONS:
        # A picture stands above the letters: neither text nor none. What may be a ruler's number or a label neither.
        weight[int(height * WATERMARK_FROM) :, : width // 2] = 0
        weight[cv2.dilate((teacher > 153).astype(np.uint8), np.ones((7, 7))) > 0] = 0
        letters = teacher[int(height * LETTERS_FROM) :] > 77
        target[int(height * LETTERS_FROM) :][letters] = 255
        weight[int(height * LETTERS_FROM) :][letters] = 255
    elif folder != "negative/dermoscopy":
        maybe = cv2.dilate((teacher > 51).astype(np.uint8), np.ones((7, 7))) > 0
        weight[maybe & (in_face == 0)] = 0
        if folder == "face/wider":
            sure = (teacher > 178) & (in_face == 0)
            target[sure], weight[sure] = 255, 128
    return target, weight


def tattoo_labels(folder: str, entry: dict, height: int, width: int):
    """Target and weight."""
    target = np.zeros((height, width), np.uint8)
    if folder == "tattoo/studio":
        return target, np.zeros_like(target)
    family = folder.split("/")[0]
    outside = {"tattoo/bivtatt": 160, "tattoo/wild": 64, "face/dermnet": 255}.get(folder, 128 if family == "face" else 255)
    weight = np.full_like(target, outside)
    if family != "tattoo":
        return target, weight
    for o in entry["objects"]:
        x, y, w, h = o["box"]
        cv2.rectangle(weight, (int(x), int(y)), (int(x + w), int(y + h)), 0, -1)
    for o in entry["objects"]:
        x, y, w, h = o["box"]
        ellipse = ((x + w / 2, y + h / 2), (w * INNER_ELLIPSE, h * INNER_ELLIPSE), 0)
        cv2.ellipse(target, ellipse, 255, -1)
        cv2.ellipse(weight, ellipse, 255, -1)
    return target, weight


def pyramid(image: np.ndarray) -> list:
    levels = []
    while max(image.shape[:2]) > 96:
        image = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        levels.append(image)
    return levels


def read_photos(data: Path, cache: Path, text_model: str) -> list[Photo]:
    """All photos for training; kept in the cache after the first call."""
    store = cache / "photos-training.pickle"
    if store.exists():
        return pickle.loads(store.read_bytes())
    teacher = json.loads((cache / "faces.json").read_text())
    text_teacher = TextTeacher(text_model)
    photos = []
    for folder in FOLDERS:
        for entry in json.loads((data / folder / "labels.json").read_text())["images"]:
            if is_held_out(folder, entry["file"]):
                continue
            image = cv2.imread(str(data / folder / entry["file"]))
            height, width = image.shape[:2]
            faces = faces_of(folder, entry, teacher)
            if folder in ("face/reid", "face/singles"):
                labels = np.array([0, 128, 0, 128], np.uint8)
            else:
                text = text_labels(folder, entry, text_teacher(image), faces)
                labels = np.dstack([*text, *tattoo_labels(folder, entry, height, width)])
            photos.append(Photo(folder, entry["file"], image, faces, labels, folder == "tattoo/studio", pyramid(image)))
        print(folder, flush=True)
    store.write_bytes(pickle.dumps(photos))
    return photos
