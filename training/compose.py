"""Draws into training pictures what photos with labels lack: ink, letters, pen marks, crowds, masks."""

import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from photos import KERNEL_INSET, kernel
from render import Picture


def skin_mask(image: np.ndarray) -> np.ndarray:
    """Roughly where skin is, 0 or 1: a wide box in YCrCb (Chai and Ngan, 1999), and no white paper."""
    y, cr, cb = cv2.split(cv2.cvtColor(image, cv2.COLOR_BGR2YCrCb))
    return ((cr > 130) & (cr < 190) & (cb > 70) & (cb < 135) & (y > 30)).astype(np.uint8)


def read_designs(folder: Path) -> list:
    """(colour, alpha, has_colours) of each transparent design; those in white ink are only shapes."""
    designs = []
    for entry in json.loads((folder / "labels.json").read_text())["images"]:
        image = cv2.imread(str(folder / entry["file"]), cv2.IMREAD_UNCHANGED)
        if image is None or image.ndim != 3 or image.shape[2] != 4:
            continue
        alpha = image[:, :, 3]
        ys, xs = np.nonzero(alpha > 40)
        if len(xs) < 30:
            continue
        image = image[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
        designs.append((image[:, :, :3], image[:, :, 3], entry["tone"] != "light"))
    return designs


def letter_design(rng, fonts: list) -> tuple:
    """A word as a tattoo."""
    mask = word_mask(rng, fonts, int(rng.integers(40, 90)))
    return np.zeros((*mask.shape, 3), np.uint8), mask, False


def bend(rng, colour: np.ndarray, alpha: np.ndarray, side: int):
    """Turns and bends a design as a limb does; the longer side becomes about `side` pixels."""
    scale = side / max(alpha.shape)
    if scale < 1:
        size = (max(2, round(alpha.shape[1] * scale)), max(2, round(alpha.shape[0] * scale)))
        colour, alpha = (cv2.resize(a, size, interpolation=cv2.INTER_AREA) for a in (colour, alpha))
        scale = 1.0
    h, w = alpha.shape
    reach = int(np.hypot(h, w) * scale * 1.15) + 4
    ys, xs = np.mgrid[0:reach, 0:reach].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    cos, sin = np.cos(angle) / scale, np.sin(angle) / scale
    dx, dy = xs - reach / 2, ys - reach / 2
    strength = rng.uniform(0, 0.12) * reach
    dx = dx + strength * np.sin(dy / reach * rng.uniform(1, 5) + rng.uniform(0, 6))
    dy = dy * rng.uniform(0.75, 1.25)
    u, v = cos * dx + sin * dy + w / 2, -sin * dx + cos * dy + h / 2
    u, v = u.astype(np.float32), v.astype(np.float32)
    return (cv2.remap(a, u, v, cv2.INTER_LINEAR, borderValue=0) for a in (colour, alpha))


def put_tattoo(picture: Picture, rng, design, skin: np.ndarray) -> bool:
    """Multiplies ink onto skin, so that the skin's own texture stays; false when there is no room."""
    size = picture.image.shape[0]
    side = int(np.exp(rng.uniform(np.log(22), np.log(size * 0.8))))
    colour, alpha = bend(rng, design[0], design[1], side)
    h, w = alpha.shape
    best, best_at = 0.0, None
    ink_area = max(1, int((alpha > 60).sum()))
    for _ in range(8):
        x, y = (int(rng.integers(-w // 3, size - w * 2 // 3 + 1)) for _ in range(2))
        x0, y0, x1, y1 = max(0, x), max(0, y), min(size, x + w), min(size, y + h)
        if x1 - x0 < 4 or y1 - y0 < 4:
            continue
        inside = alpha[y0 - y : y1 - y, x0 - x : x1 - x] > 60
        on_skin = (inside & (skin[y0:y1, x0:x1] > 0)).sum() / ink_area
        if on_skin > best:
            best, best_at = on_skin, (x0, y0, x1, y1, x, y)
    if best < 0.6:
        return False
    x0, y0, x1, y1, x, y = best_at
    alpha = alpha[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.float32) / 255
    colour = colour[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.float32)
    alpha = alpha * (skin[y0:y1, x0:x1] > 0)
    solid = alpha > 0.25
    if solid.sum() < 12:
        return False
    if rng.random() < 0.6:
        alpha = cv2.GaussianBlur(alpha, (0, 0), rng.uniform(0.3, 1.0) * max(0.5, side / 120))
    coarse = rng.uniform(0.6, 1.0, (max(2, (y1 - y0) // 12), max(2, (x1 - x0) // 12))).astype(np.float32)
    alpha = alpha * cv2.resize(coarse, (x1 - x0, y1 - y0), interpolation=cv2.INTER_CUBIC)
    alpha = np.clip(alpha * rng.uniform(0.45, 1.0), 0, 1)[:, :, None]
    if design[2]:
        # Black fades to blue, green or brown grey.
        ink = np.maximum(colour * rng.uniform(0.7, 1.0), rng.uniform(5, 90, 3) * rng.uniform(0.3, 1))
    elif rng.random() < 0.12:
        ink = np.array([rng.uniform(20, 60), rng.uniform(20, 60), rng.uniform(120, 200)], np.float32)
    else:
        ink = np.array([rng.uniform(15, 110), rng.uniform(15, 90), rng.uniform(10, 75)], np.float32)
    part = picture.image[y0:y1, x0:x1].astype(np.float32)
    inked = part * (1 - alpha * (1 - ink / 255))
    picture.image[y0:y1, x0:x1] = np.clip(inked, 0, 255).astype(np.uint8)
    # What lies between the lines of a drawing belongs to it.
    gap = max(3, side // 7) | 1
    whole = cv2.morphologyEx(np.pad(solid.astype(np.uint8), gap), cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (gap, gap)))
    whole = whole[gap:-gap, gap:-gap] > 0
    picture.labels[y0:y1, x0:x1, 2][whole] = 255
    picture.labels[y0:y1, x0:x1, 3][whole] = 255
    near = cv2.dilate(whole.astype(np.uint8), np.ones((5, 5))) > 0
    picture.labels[y0:y1, x0:x1, 1][near] = 0
    return True


def list_fonts() -> list:
    """Every TrueType font of the system; handwriting counts as often as all others."""
    files = [str(f) for f in Path("/usr/share/fonts").rglob("*.[to]t[fc]")]
    hand = [f for f in files if any(n in f.lower() for n in ("hand", "script", "bwht", "breip", "femke", "humor", "klee", "joscelyn"))]
    latin = [f for f in files if any(n in f for n in ("DejaVu", "Liberation"))]
    other = [f for f in files if f not in hand and f not in latin]
    return [hand, latin, other]


WORDS = "Name Patient Date DOB ID Room Ward Dr. M F Smith Mueller Dubois Garcia Ivanov Nguyen Hospital Clinic left right mm cm Rx Love Mom Forever".split()
SCRIPTS = ((0x410, 0x44F), (0x391, 0x3C9), (0x4E00, 0x5000), (0x627, 0x64A), (0x905, 0x939), (0x3042, 0x3093))


def random_words(rng, latin_only: bool) -> str:
    kind = rng.random()
    if kind < 0.3:
        return " ".join(rng.choice(WORDS, rng.integers(1, 4)))
    if kind < 0.5:
        return f"{rng.integers(1, 32):02d}{rng.choice(list('./-'))}{rng.integers(1, 13):02d}{rng.choice(list('./-'))}{rng.integers(1930, 2027)}"
    if kind < 0.65:
        return "".join(rng.choice(list("0123456789"), rng.integers(1, 11)))
    if kind < 0.85 or latin_only:
        letters = "abcdefghijklmnopqrstuvwxyz" if rng.random() < 0.6 else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return " ".join("".join(rng.choice(list(letters), rng.integers(2, 10))) for _ in range(rng.integers(1, 3)))
    first, last = SCRIPTS[rng.integers(len(SCRIPTS))]
    return "".join(chr(rng.integers(first, last)) for _ in range(rng.integers(2, 8)))


_font_cache: dict = {}


def pick_font(rng, fonts: list, size: int):
    family = fonts[rng.choice(3, p=[0.4, 0.35, 0.25])] or fonts[1]
    path = family[rng.integers(len(family))]
    key = (path, size // 4)
    if key not in _font_cache:
        if len(_font_cache) > 400:
            _font_cache.clear()
        _font_cache[key] = ImageFont.truetype(path, max(6, size // 4 * 4))
    return _font_cache[key], family is fonts[2]


def word_mask(rng, fonts: list, size: int) -> np.ndarray:
    """Letters as alpha, cut to their box; at least one pixel."""
    for _ in range(5):
        try:
            font, any_script = pick_font(rng, fonts, size)
            words = random_words(rng, latin_only=not any_script)
            left, top, right, bottom = font.getbbox(words)
            if right - left < 2 or bottom - top < 2 or right - left > 900:
                continue
            canvas = Image.new("L", (right - left + 2, bottom - top + 2))
            ImageDraw.Draw(canvas).text((1 - left, 1 - top), words, fill=255, font=font)
            mask = np.array(canvas)
            if mask.max() > 100:
                return mask
        except OSError:
            continue
    return np.full((8, 8), 255, np.uint8)


def placed(angle: float, centre, width: float, height: float) -> np.ndarray:
    """2 x 3: from the coordinates of a width x height rectangle to those of a picture, turned by degrees around its middle."""
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    matrix = np.array([[cos, -sin, 0], [sin, cos, 0]])
    matrix[:, 2] = np.asarray(centre) - matrix[:, :2] @ np.array([width / 2, height / 2])
    return matrix


def corners(matrix: np.ndarray, left: float, upper: float, right: float, lower: float) -> np.ndarray:
    return np.array([[left, upper], [right, upper], [right, lower], [left, lower]]) @ matrix[:, :2].T + matrix[:, 2]


def any_angle(rng) -> float:
    return rng.choice([0, 0, 0, 90, 180, 270]) + rng.normal(0, 6) if rng.random() < 0.8 else rng.uniform(0, 360)


def no_text(picture: Picture, polygon: np.ndarray) -> None:
    cv2.fillPoly(around := np.zeros(picture.image.shape[:2], np.uint8), [polygon.round().astype(int)], 255)
    picture.labels[:, :, 0][around > 0] = 0
    picture.labels[:, :, 1][around > 0] = 255


def write_line(picture: Picture, mask: np.ndarray, matrix: np.ndarray, ink, opacity: float) -> None:
    """Letters, and the kernel of their rectangle as the target."""
    height, width = mask.shape
    size = picture.image.shape[0]
    alpha = cv2.warpAffine(mask, matrix, (size, size), flags=cv2.INTER_LINEAR).astype(np.float32)[:, :, None] * (opacity / 255)
    picture.image[:] = (picture.image * (1 - alpha) + np.asarray(ink, np.float32) * alpha).astype(np.uint8)
    whole = corners(matrix, -1, -1, width + 1, height + 1)
    no_text(picture, whole)
    inner = np.zeros((size, size), np.uint8)
    cv2.fillPoly(inner, [kernel(whole).round().astype(int)], 255)
    picture.labels[:, :, 0][inner > 0] = 255


def put_text(picture: Picture, rng, fonts: list) -> None:
    """A line of letters at any angle, bare or on a label; it is text and no tattoo."""
    size = picture.image.shape[0]
    mask = word_mask(rng, fonts, int(np.exp(rng.uniform(np.log(7), np.log(46)))))
    h, w = mask.shape
    margin = int(rng.integers(1, 2 + h // 2))
    on_label = rng.random() < 0.45
    matrix = placed(any_angle(rng), rng.uniform(0.1, 0.9, 2) * size, w, h)
    around = corners(matrix, -1, -1, w + 1, h + 1)
    if on_label:
        around = corners(matrix, -margin - 2, -margin - 2, w + margin + 2, h + margin + 2)
        tone = rng.integers(150, 256, 3) if rng.random() < 0.8 else rng.integers(0, 80, 3)
        cv2.fillPoly(picture.image, [around.round().astype(int)], [int(v) for v in tone], cv2.LINE_AA)
        dark = tone.mean() > 120
    else:
        dark = rng.random() < 0.6
    ink = rng.integers(0, 90, 3) if dark else rng.integers(170, 256, 3)
    if rng.random() < 0.15:
        ink = rng.integers(0, 256, 3)
    no_text(picture, around)
    write_line(picture, mask, matrix, ink, rng.uniform(0.7, 1.0) if on_label else rng.uniform(0.45, 1.0))
    # Whether writing on bare skin is a tattoo, nobody can tell; it is covered either way.
    inked = np.zeros((size, size), np.uint8)
    cv2.fillPoly(inked, [around.round().astype(int)], 255)
    picture.labels[:, :, 3][inked > 0] = 255 if on_label else 0
    picture.labels[:, :, 2][inked > 0] = 0


def put_panel(picture: Picture, rng, fonts: list) -> None:
    """Several lines on paper, a wristband, a screen with moire, or bare over the picture as an overlay."""
    size = picture.image.shape[0]
    kind = rng.choice(["paper", "wristband", "screen", "overlay"])
    letter = int(np.exp(rng.uniform(np.log(7), np.log(24))))
    lines = [word_mask(rng, fonts, letter) for _ in range(rng.integers(1, 3) if kind == "wristband" else rng.integers(2, 7))]
    step = max(m.shape[0] for m in lines) * rng.uniform(1.15, 1.8)
    margin = letter * rng.uniform(0.3, 1.2)
    width = max(m.shape[1] for m in lines) + 2 * margin
    if kind == "wristband":
        width = max(width, size * rng.uniform(0.8, 1.6))
    height = step * len(lines) + 2 * margin
    matrix = placed(any_angle(rng), rng.uniform(0.15, 0.85, 2) * size, width, height)
    around = corners(matrix, 0, 0, width, height)
    bright = kind in ("paper", "wristband")
    if kind != "overlay":
        tone = rng.integers(170, 256, 3) if bright else rng.integers(0, 70, 3)
        cv2.fillPoly(picture.image, [around.round().astype(int)], [int(v) for v in tone], cv2.LINE_AA)
        no_text(picture, around)
    ink = rng.integers(0, 90, 3) if bright else rng.integers(160, 256, 3)
    for i, mask in enumerate(lines):
        x = margin if rng.random() < 0.7 else rng.uniform(margin, max(margin + 1, width - margin - mask.shape[1]))
        line = matrix.copy()
        line[:, 2] = matrix[:, :2] @ np.array([x, margin + step * i]) + matrix[:, 2]
        write_line(picture, mask, line, ink, rng.uniform(0.6, 1.0))
    if kind == "screen":
        ys, xs = np.mgrid[0:size, 0:size].astype(np.float32)
        fx, fy = rng.normal(0, 1.2, 2)
        waves = 1 + rng.uniform(0.03, 0.2) * np.sin((xs * fx + ys * fy)[:, :, None] + np.array([0, 2.1, 4.2]) * rng.uniform(0, 1))
        inside = np.zeros((size, size), np.uint8)
        cv2.fillPoly(inside, [around.round().astype(int)], 1)
        picture.image[inside > 0] = np.clip(picture.image * waves, 0, 255).astype(np.uint8)[inside > 0]
    picture.labels[:, :, 3][cv2.fillPoly(np.zeros((size, size), np.uint8), [around.round().astype(int)], 1) > 0] = 0


def random_code(rng) -> np.ndarray:
    """Modules, 0 or 255, of something that looks like a bar code, a stack of them or a matrix code, with its fixed patterns."""
    kind = rng.choice(["bars", "stack", "qr", "data matrix", "aztec"])
    if kind in ("bars", "stack"):
        rows, columns = (1, int(rng.integers(40, 110))) if kind == "bars" else (int(rng.integers(4, 20)), int(rng.integers(60, 120)))
        bars = np.stack([np.repeat(np.arange(columns) % 2, rng.integers(1, 4, columns))[:columns] for _ in range(rows)])
        height = int(rng.integers(15, 60)) if kind == "bars" else 3
        return (np.repeat(bars, height, 0) * 255).astype(np.uint8)
    side = int(rng.integers(8, 20)) * 2 + (kind != "data matrix")
    code = (rng.random((side, side)) < 0.5).astype(np.uint8)
    ring = lambda n: np.maximum(*np.abs(np.mgrid[0:n, 0:n] - n // 2))
    if kind == "qr":
        finder = ((ring(9) == 2) | (ring(9) == 4)).astype(np.uint8)
        for y, x in ((slice(-1, 8), slice(-1, 8)), (slice(-1, 8), slice(side - 8, side + 1)), (slice(side - 8, side + 1), slice(-1, 8))):
            ys, xs = np.arange(y.start, y.stop), np.arange(x.start, x.stop)
            iny, inx = (ys >= 0) & (ys < side), (xs >= 0) & (xs < side)
            code[np.ix_(ys[iny], xs[inx])] = finder[np.ix_(iny, inx)]
    elif kind == "data matrix":
        code[:, 0] = code[-1, :] = 0
        code[0, :], code[:, -1] = np.arange(side) % 2, np.arange(side)[::-1] % 2
    else:
        eye = ring(13) % 2
        at = side // 2 - 6
        if at >= 0:
            code[at : at + 13, at : at + 13] = eye
    return code * 255


def put_code(picture: Picture, rng) -> None:
    """A code on its white ground, in any direction, sometimes damaged; it is covered like text."""
    size = picture.image.shape[0]
    code = random_code(rng)
    long = np.exp(rng.uniform(np.log(24), np.log(220)))
    scale = long / max(code.shape)
    code = cv2.resize(code, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_NEAREST)
    h, w = code.shape
    quiet = max(2, int(long * rng.uniform(0.03, 0.2)))
    matrix = placed(any_angle(rng) if rng.random() < 0.5 else rng.uniform(0, 360), rng.uniform(0.1, 0.9, 2) * size, w, h)
    paper = corners(matrix, -quiet, -quiet, w + quiet, h + quiet)
    tone = rng.integers(190, 256, 3).astype(np.float32)
    before = picture.image.copy()
    cv2.fillPoly(picture.image, [paper.round().astype(int)], [int(v) for v in tone], cv2.LINE_AA)
    no_text(picture, paper)
    write_line(picture, 255 - code, matrix, rng.integers(0, 70, 3), rng.uniform(0.6, 1.0))
    if rng.random() < 0.25:
        # A corner is torn off; what is left is a code all the same.
        edges = corners(matrix, -quiet, -quiet, w + quiet, h + quiet)
        corner = int(rng.integers(4))
        ends = [edges[corner] + (edges[(corner + step) % 4] - edges[corner]) * rng.uniform(0.2, 0.6) for step in (1, 3)]
        torn = np.zeros((size, size), np.uint8)
        cv2.fillPoly(torn, [np.array([edges[corner], *ends]).round().astype(int)], 1)
        picture.image[torn > 0] = before[torn > 0]
    if rng.random() < 0.3:
        ends = corners(matrix, 0, 0, w, h)[rng.permutation(4)[:2]] + rng.normal(0, long * 0.2, (2, 2))
        a, b = (tuple(int(v) for v in end) for end in ends)
        cv2.line(picture.image, a, b, [int(v) for v in rng.integers(0, 256, 3)], max(1, int(long * rng.uniform(0.02, 0.1))), cv2.LINE_AA)
    inside = np.zeros((size, size), np.uint8)
    cv2.fillPoly(inside, [paper.round().astype(int)], 1)
    picture.labels[:, :, 3][inside > 0] = 0


def put_curved_text(picture: Picture, rng, fonts: list) -> None:
    """A line of letters along an arc, as on a badge, a vial or around a limb."""
    size = picture.image.shape[0]
    mask = word_mask(rng, fonts, int(np.exp(rng.uniform(np.log(10), np.log(36)))))
    h, w = mask.shape
    radius = w / rng.uniform(0.6, 3.0)
    tall, wide = int(h + w * 0.8) + 4, w + 4
    ys, xs = np.mgrid[0:tall, 0:wide].astype(np.float32)
    dx, dy = xs - wide / 2, ys + radius
    along = np.arctan2(dx, dy) * radius + w / 2
    across = np.hypot(dx, dy) - radius
    warp = lambda m: cv2.remap(m, along.astype(np.float32), across.astype(np.float32), cv2.INTER_LINEAR, borderValue=0)
    letters, band = warp(mask), warp(np.full_like(mask, 255))
    matrix = placed(any_angle(rng), rng.uniform(0.15, 0.85, 2) * size, wide, h)
    alpha = cv2.warpAffine(letters, matrix, (size, size)).astype(np.float32)[:, :, None] / 255 * rng.uniform(0.6, 1.0)
    ink = rng.integers(0, 90, 3) if rng.random() < 0.6 else rng.integers(170, 256, 3)
    picture.image[:] = (picture.image * (1 - alpha) + ink.astype(np.float32) * alpha).astype(np.uint8)
    around = cv2.warpAffine(band, matrix, (size, size)) > 127
    inset = max(1, int(KERNEL_INSET * h)) * 2 + 1
    inner = cv2.erode(around.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (inset, inset)), borderValue=1) > 0
    picture.labels[around] = (0, 255, 0, 0)
    picture.labels[:, :, 0][inner] = 255


def put_pen_marks(picture: Picture, rng) -> None:
    """A surgeon's marks or a ruler: neither tattoo nor text."""
    size = picture.image.shape[0]
    layer = picture.image.copy()
    colour = [int(v) for v in (rng.integers(60, 200), rng.integers(0, 70), rng.integers(30, 140))]
    if rng.random() < 0.3:
        colour = [int(rng.integers(0, 60))] * 3
    thick = int(rng.integers(1, 5))
    at = rng.uniform(0.15, 0.85, 2) * size
    kind = rng.random()
    if kind < 0.35:
        axes = rng.uniform(0.04, 0.3, 2) * size
        for start in range(0, 360, 30 if rng.random() < 0.5 else 360):
            cv2.ellipse(layer, (int(at[0]), int(at[1])), (int(axes[0]), int(axes[1])), float(rng.uniform(0, 180)) if start == 0 else 0, start, start + rng.choice([18, 360]), colour, thick, cv2.LINE_AA)
    elif kind < 0.7:
        for _ in range(rng.integers(1, 6)):
            end = at + rng.normal(0, 0.15, 2) * size
            cv2.line(layer, tuple(int(v) for v in at), tuple(int(v) for v in end), colour, thick, cv2.LINE_AA)
            at = end if rng.random() < 0.5 else at
    else:
        step, length, y = rng.uniform(4, 14), rng.uniform(5, 16), int(at[1])
        if rng.random() < 0.6:
            cv2.rectangle(layer, (0, y - 2), (size, y + int(length * 2.5)), (235, 238, 240), -1)
        for i in range(int(size / step)):
            x = int(i * step)
            cv2.line(layer, (x, y), (x, y + int(length * (2 if i % 10 == 0 else 1))), (30, 30, 30), 1, cv2.LINE_AA)
    opacity = rng.uniform(0.5, 1.0)
    picture.image[:] = cv2.addWeighted(layer, opacity, picture.image, 1 - opacity, 0)


def put_vignette(picture: Picture, rng) -> None:
    """The black frame of a dermatoscope or an endoscope around a round view."""
    size = picture.image.shape[0]
    seen = np.zeros((size, size), np.float32)
    centre = rng.uniform(0.4, 0.6, 2) * size
    axes = rng.uniform(0.3, 0.62) * size * np.exp(rng.normal(0, 0.06, 2))
    cv2.ellipse(seen, (int(centre[0]), int(centre[1])), (int(axes[0]), int(axes[1])), 0, 0, 360, 1, -1, cv2.LINE_AA)
    seen = cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.5, 12))[:, :, None]
    frame = float(rng.choice([0, 0, 8, 255]))
    picture.image[:] = (picture.image * seen + frame * (1 - seen)).astype(np.uint8)
    hidden = seen[:, :, 0] < 0.5
    picture.labels[:, :, 0][hidden] = 0
    picture.labels[:, :, 2][hidden] = 0


def put_bubbles(picture: Picture, rng) -> None:
    """Air in the gel under a dermatoscope: bright rims, and a light inside."""
    size = picture.image.shape[0]
    layer = picture.image.copy()
    for _ in range(int(rng.integers(1, 14))):
        at, radius = rng.uniform(0, size, 2).astype(int), int(np.exp(rng.uniform(np.log(2), np.log(40))))
        bright = int(rng.integers(180, 256))
        cv2.circle(layer, tuple(int(v) for v in at), radius, (bright,) * 3, max(1, radius // 8), cv2.LINE_AA)
        cv2.circle(layer, tuple(int(v) for v in at - radius // 3), max(1, radius // 6), (255, 255, 255), -1, cv2.LINE_AA)
    opacity = rng.uniform(0.3, 0.9)
    picture.image[:] = cv2.addWeighted(layer, opacity, picture.image, 1 - opacity, 0)


def put_naevi(picture: Picture, rng, skin: np.ndarray) -> None:
    """Brown to blue-black spots with ragged borders, sometimes of two colours: no ink."""
    size = picture.image.shape[0]
    for _ in range(int(rng.integers(1, 5))):
        radius = np.exp(rng.uniform(np.log(4), np.log(size * 0.2)))
        side = int(radius * 3) + 4
        x, y = (int(v) for v in rng.uniform(-side / 3, size - side * 2 / 3, 2))
        x0, y0, x1, y1 = max(0, x), max(0, y), min(size, x + side), min(size, y + side)
        if x1 - x0 < 4 or y1 - y0 < 4:
            continue
        noise = cv2.resize(rng.normal(0, 1, (7, 7)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
        ys, xs = np.mgrid[0:side, 0:side] - side / 2
        depth = 1 - np.hypot(xs, ys * rng.uniform(0.8, 1.6)) / radius + 0.18 * noise
        alpha = np.clip(depth * rng.uniform(1.5, 10), 0, 1)[y0 - y : y1 - y, x0 - x : x1 - x, None]
        alpha = alpha * rng.uniform(0.35, 0.95) * skin[y0:y1, x0:x1, None]
        tint = np.array([rng.uniform(25, 90), rng.uniform(35, 90), rng.uniform(40, 130)]) if rng.random() < 0.8 else rng.uniform(30, 90, 3)
        if rng.random() < 0.4:
            tint = tint * np.clip(1 + 0.5 * cv2.resize(rng.normal(0, 1, (4, 4)).astype(np.float32), (x1 - x0, y1 - y0))[:, :, None], 0.2, 1.8)
        part = picture.image[y0:y1, x0:x1].astype(np.float32)
        picture.image[y0:y1, x0:x1] = np.clip(part * (1 - alpha * (1 - tint / 255)), 0, 255).astype(np.uint8)
