"""Cuts a training picture out of a photo: any scale, quarter turns, small rotations, mirrored; labels go along."""

from dataclasses import dataclass

import cv2
import numpy as np

from photos import Photo

#: A face of which less than this share lies in the picture is neither a face nor none.
LEAST_VISIBLE = 0.35
#: Faces below this many pixels of the picture are ignored, also when they are labelled.
SMALLEST_FACE = 5
#: Share of pictures that are stretched in one direction.
STRETCHED = 0.3


@dataclass
class Picture:
    #: size x size x 3, BGR, uint8
    image: np.ndarray
    #: rows of x, y, width, height, known
    faces: np.ndarray
    #: size x size x 4: text target, text weight, tattoo target, tattoo weight
    labels: np.ndarray
    tattoo_somewhere: bool = False
    #: PP-OCRv4 is believed here: a scene with signs and papers, not skin.
    scene: bool = False


def cut(photo: Photo, rng, width: int, height: int, scale: float, centre, upright: bool = False) -> Picture:
    """
    A picture of width x height pixels.

    scale: pixels of the picture per pixel of the photo. centre: the photo's point (x, y) in the picture's middle.
    """
    angle = 0.0 if upright else rng.choice([0, 0, 90, 180, 270]) + rng.normal(0, 8)
    mirrored = rng.random() < 0.5
    radians = np.deg2rad(angle)
    rotation = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]]) * scale
    if mirrored:
        rotation[:, 0] *= -1
    if rng.random() < STRETCHED:
        # Lenses, screens and careless resizing change the shape of things.
        stretch = np.exp(rng.normal(0, 0.25))
        rotation[:, 0] *= np.sqrt(stretch)
        rotation[:, 1] /= np.sqrt(stretch)
    matrix = np.hstack([rotation, (np.array([width / 2, height / 2]) - rotation @ np.asarray(centre, float))[:, None]])
    source, shrink = photo.image, 1.0
    for level in photo.smaller:
        if scale / shrink > 0.6:
            break
        source, shrink = level, level.shape[1] / photo.image.shape[1]
    border = [int(v) for v in ([0, 0, 0] if rng.random() < 0.4 else rng.integers(0, 256, 3))]
    reach = matrix.copy()
    reach[:, :2] /= shrink
    image = cv2.warpAffine(source, reach, (width, height), flags=cv2.INTER_LINEAR, borderValue=border)
    if photo.labels.ndim == 1:
        labels = np.broadcast_to(photo.labels, (height, width, 4)).copy()
    else:
        step = max(1, int(0.5 / scale)) if scale < 0.5 else 1
        thin = photo.labels[::step, ::step]
        thinned = matrix.copy()
        thinned[:, :2] *= step
        labels = cv2.warpAffine(thin, thinned, (width, height), flags=cv2.INTER_LINEAR, borderValue=(0, 255, 0, 255))
    return Picture(image, move_faces(photo.faces, matrix, width, height), labels, photo.tattoo_somewhere)


def move_faces(faces: np.ndarray, matrix: np.ndarray, width: int, height: int) -> np.ndarray:
    if len(faces) == 0:
        return faces.reshape(0, 5)
    centres = faces[:, :2] + faces[:, 2:4] / 2
    moved = centres @ matrix[:, :2].T + matrix[:, 2]
    # The box of the turned ellipse that fills the face's box.
    w = np.hypot(faces[:, 2] * matrix[0, 0], faces[:, 3] * matrix[0, 1])
    h = np.hypot(faces[:, 2] * matrix[1, 0], faces[:, 3] * matrix[1, 1])
    x0, y0 = moved[:, 0] - w / 2, moved[:, 1] - h / 2
    x1, y1 = np.minimum(x0 + w, width), np.minimum(y0 + h, height)
    left, top = np.maximum(x0, 0), np.maximum(y0, 0)
    visible = np.clip(x1 - left, 0, None) * np.clip(y1 - top, 0, None) / np.maximum(w * h, 1e-6)
    # Of a face that is larger than the picture, what fills the picture counts.
    filling = np.clip(x1 - left, 0, None) * np.clip(y1 - top, 0, None) / (width * height)
    known = faces[:, 4] * ((visible >= LEAST_VISIBLE) | (filling > 0.4)) * (np.minimum(w, h) >= SMALLEST_FACE)
    rows = np.stack([left, top, x1 - left, y1 - top, known], 1)
    return rows[visible > 0.02].astype(np.float32)


def around_face(photo: Photo, rng, size: int, share_from: float, share_to: float, most_enlarged: float = 8):
    """Scale and centre that show one known face at a share of the picture; any part of the photo where there is none."""
    known = photo.faces[photo.faces[:, 4] == 1] if len(photo.faces) else photo.faces
    if len(known) == 0:
        return anywhere(photo, rng, size)
    x, y, w, h, _ = known[rng.integers(len(known))]
    side = max(w, h)
    share = np.exp(rng.uniform(np.log(share_from), np.log(share_to)))
    scale = min(size * share / side, most_enlarged)
    # A large face may stick out.
    slack = max(0.15, 0.5 - side * scale / size / 2) * size / scale
    return scale, (x + w / 2 + rng.uniform(-slack, slack), y + h / 2 + rng.uniform(-slack, slack))


def anywhere(photo: Photo, rng, size: int, zoom_from: float = 0.5, zoom_to: float = 2.5):
    """Scale and centre of a part, or of the whole: at zoom 1 the longer side just fits."""
    height, width = photo.image.shape[:2]
    zoom = np.exp(rng.uniform(np.log(zoom_from), np.log(zoom_to)))
    scale = size * zoom / max(width, height)
    free = [max(0.0, side - size / scale) / 2 + 0.1 * size / scale for side in (width, height)]
    return scale, (width / 2 + rng.uniform(-free[0], free[0]), height / 2 + rng.uniform(-free[1], free[1]))


def around_box(photo: Photo, rng, size: int, box, share_from: float, share_to: float):
    """Scale and centre that show a box at a share of the picture, somewhere in it."""
    x, y, w, h = box
    share = np.exp(rng.uniform(np.log(share_from), np.log(share_to)))
    scale = size * share / max(w, h, 1)
    slack = abs(size - max(w, h) * scale) / scale / 2
    return scale, (x + w / 2 + rng.uniform(-slack, slack), y + h / 2 + rng.uniform(-slack, slack))
