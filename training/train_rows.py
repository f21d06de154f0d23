"""Trains stroke-rows-net on faint text drawn on photos of skin, and writes its ONNX file.

    python train_rows.py --data DATA --out stroke-rows-net.onnx [--steps 3000]

Photos are cut so that their watermarks stay outside. Folds 2, 3 and 4 are trained on; thresholds are chosen on fold 1 and
figures reported on fold 0 (evaluation/measure-witness.ts).
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch.nn import functional

from folds import fold_of
from rows_net import CELL, RowsNet

FOLDERS = ("negative/dermnet", "face/dermnet", "negative/dermoscopy", "negative/skin", "negative/hands", "face/clinical")
TRAINED = (2, 3, 4)
#: Where watermarks are: shares of the width and of the height that are cut off.
LEFT, BELOW = 0.34, 0.2
SIDE = 192
MOST_PHOTOS = 500
FONTS = sorted(str(path) for path in Path("/usr/share/fonts").rglob("*.ttf"))
WORDS = "Jane John Doe Miller Patient Smith Name DOB ID MRN Schmidt Garcia Anna Maria Peter Hospital Clinic Ward Dr copy".split()
#: Text whose strokes differ from the ground by less than this many of its deviations is neither text nor ground.
SEEN = 0.85


def photos(data: Path, chosen: random.Random) -> list[np.ndarray]:
    found = []
    for folder in FOLDERS:
        names = [image["file"] for image in json.loads((data / folder / "labels.json").read_text())["images"]]
        names = [name for name in names if fold_of(folder, name) in TRAINED]
        for name in chosen.sample(names, min(MOST_PHOTOS, len(names))):
            picture = np.asarray(Image.open(data / folder / name).convert("RGB"))
            if "dermnet" in folder:
                picture = picture[: int(picture.shape[0] * (1 - BELOW)), int(picture.shape[1] * LEFT) :]
            found.append(picture)
    return found


def words(chosen: random.Random) -> str:
    kind = chosen.random()
    if kind < 0.3:
        return f"{chosen.randint(1, 31):02d}{chosen.choice('./-')}{chosen.randint(1, 12):02d}.{chosen.randint(1930, 2024)}"
    if kind < 0.45:
        return str(chosen.randint(1000, 10**8))
    if kind < 0.6:
        return "".join(chosen.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") for _ in range(chosen.randint(3, 12)))
    text = " ".join(chosen.choice(WORDS) for _ in range(chosen.randint(1, 3)))
    return text.upper() if chosen.random() < 0.3 else text


def ground(picture: np.ndarray, chosen: random.Random) -> np.ndarray:
    scale = math.exp(chosen.uniform(math.log(0.8), math.log(2.2)))
    scale = max(scale, (SIDE + 1) / min(picture.shape[:2]))
    width = int(SIDE / scale)
    top, left = chosen.randint(0, picture.shape[0] - width), chosen.randint(0, picture.shape[1] - width)
    cut = cv2.resize(picture[top : top + width, left : left + width], (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    cut = np.rot90(cut, chosen.randint(0, 3))
    return np.ascontiguousarray(cut).astype(np.float32)


def colour(chosen: random.Random) -> np.ndarray:
    kind = chosen.random()
    if kind < 0.5:
        return np.full(3, chosen.choice((0, 255)), np.float32)
    return np.array([chosen.choice((20, 128, 235)) for _ in range(3)], np.float32)


def laid(picture: np.ndarray, alpha: np.ndarray, ink: np.ndarray) -> np.ndarray:
    return picture + (ink - picture) * alpha[..., None]


def draw_line(picture: np.ndarray, label: np.ndarray, weight: np.ndarray, chosen: random.Random) -> np.ndarray:
    size = int(math.exp(chosen.uniform(math.log(11), math.log(44))))
    font = ImageFont.truetype(chosen.choice(FONTS), size)
    lines = [words(chosen) for _ in range(1 if chosen.random() < 0.8 else 2)]
    mask = Image.new("L", (SIDE * 2, SIDE * 2))
    pen = ImageDraw.Draw(mask)
    boxes = []
    for i, line in enumerate(lines):
        place = (SIDE, SIDE + (i - (len(lines) - 1) / 2) * size * 1.25)
        pen.text(place, line, 255, font=font, anchor="mm")
        boxes.append(pen.textbbox(place, line, font=font, anchor="mm"))
    angle = chosen.choice((0, 90, 180, 270)) + chosen.gauss(0, 4) if chosen.random() < 0.4 else chosen.uniform(0, 360)
    turn = cv2.getRotationMatrix2D((SIDE, SIDE), angle, 1)
    turn[:, 2] += np.array([chosen.uniform(0.2, 0.8) * SIDE - SIDE, chosen.uniform(0.2, 0.8) * SIDE - SIDE])
    alpha = cv2.warpAffine(np.asarray(mask, np.float32) / 255, turn, (SIDE, SIDE), flags=cv2.INTER_AREA)
    ink = colour(chosen)
    opacity = math.exp(chosen.uniform(math.log(0.07), math.log(0.8)))
    drawn = laid(picture, alpha * opacity, ink)
    for left, top, right, bottom in boxes:
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
        outline = corners @ turn[:, :2].T.astype(np.float32) + turn[:, 2].astype(np.float32)
        whole = np.zeros((SIDE, SIDE), np.uint8)
        cv2.fillPoly(whole, [np.round(outline).astype(np.int32)], 1)
        strokes = (alpha > min(0.5, 0.7 * alpha[whole > 0].max(initial=0))) & (whole > 0)
        fine = picture - cv2.blur(picture, (19, 19))
        seen = (np.abs(drawn - picture)[strokes].mean(axis=0) / (fine[whole > 0].std(axis=0) + 2)).max() if strokes.any() else 0
        middle = outline.mean(axis=0)
        across = corners.mean(axis=0) + (corners - corners.mean(axis=0)) * np.array([1, 0.75], np.float32)
        core = (across @ turn[:, :2].T.astype(np.float32) + turn[:, 2].astype(np.float32)) / CELL
        around = ((outline - middle) * 1.15 + middle) / CELL
        cv2.fillPoly(weight, [np.round(around * 16).astype(np.int32)], 0, shift=4)
        if seen >= SEEN:
            cv2.fillPoly(weight, [np.round(core * 16).astype(np.int32)], 1, shift=4)
            cv2.fillPoly(label, [np.round(core * 16).astype(np.int32)], 1, shift=4)
    return drawn


def draw_marks(picture: np.ndarray, chosen: random.Random) -> np.ndarray:
    """Hairs, the ticks of rulers and lines of dots: no text."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    if chosen.random() < 0.6:
        step, length, radius = chosen.uniform(3, 16), chosen.choice((0, 1)) * chosen.uniform(2, 24), chosen.uniform(60, 2000)
        x, y, angle = chosen.uniform(0, SIDE), chosen.uniform(0, SIDE), chosen.uniform(0, 2 * math.pi)
        width, longer = chosen.randint(1, 3), chosen.choice((1, 2, 5, 10))
        for i in range(chosen.randint(8, 60)):
            tick = length * (1.6 if i % longer == 0 else 1)
            end = (int(x - tick * math.sin(angle)), int(y + tick * math.cos(angle)))
            cv2.line(mask, (int(x), int(y)), end, 255, width, cv2.LINE_AA)
            x, y, angle = x + step * math.cos(angle), y + step * math.sin(angle), angle + step / radius
        return laid(picture, mask.astype(np.float32) / 255 * chosen.uniform(0.1, 1), colour(chosen))
    angle = chosen.uniform(0, math.pi)
    for _ in range(chosen.randint(1, 25)):
        x, y, length = chosen.uniform(0, SIDE), chosen.uniform(0, SIDE), chosen.uniform(0, 60)
        turned = angle + chosen.gauss(0, 0.3)
        end = (int(x + length * math.cos(turned)), int(y + length * math.sin(turned)))
        cv2.line(mask, (int(x), int(y)), end, 255, chosen.randint(1, 3), cv2.LINE_AA)
    return laid(picture, mask.astype(np.float32) / 255 * chosen.uniform(0.1, 0.8), colour(chosen))


def example(pictures: list[np.ndarray], chosen: random.Random) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    picture = ground(chosen.choice(pictures), chosen)
    label = np.zeros((SIDE // CELL, SIDE // CELL), np.float32)
    weight = np.ones_like(label)
    if chosen.random() < 0.3:
        picture = draw_marks(picture, chosen)
    if chosen.random() < 0.55:
        picture = draw_line(picture, label, weight, chosen)
    picture = np.clip(np.round(picture), 0, 255).astype(np.uint8)
    if chosen.random() < 0.6:
        quality = [cv2.IMWRITE_JPEG_QUALITY, chosen.randint(75, 96)]
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, quality)[1], cv2.IMREAD_COLOR)
    return picture.transpose(2, 0, 1).astype(np.float32), label, weight


def loss_of(answer: torch.Tensor, label: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    each = functional.binary_cross_entropy_with_logits(answer, label, weight, reduction="sum")
    share = torch.sigmoid(answer) * weight
    overlap = 1 - (2 * (share * label).sum() + 1) / (share.sum() + label.sum() + 1)
    return each / weight.sum() + 0.5 * overlap


def export(net: RowsNet, out: Path) -> None:
    graph = torch.nn.Sequential(net, torch.nn.Sigmoid()).eval()
    axes = {"picture": {2: "height", 3: "width"}, "rows": {2: "cell_rows", 3: "cell_columns"}}
    torch.onnx.export(graph, (torch.zeros(1, 3, 64, 96),), str(out), input_names=["picture"], output_names=["rows"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    options = parser.parse_args()
    torch.manual_seed(1)
    chosen = random.Random(1)
    torch.set_num_threads(1)
    pictures = photos(options.data, chosen)
    net = RowsNet().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, options.steps)
    begun, mean = time.time(), 0.0
    for step in range(options.steps):
        batch = [example(pictures, chosen) for _ in range(8)]
        picture, label, weight = (torch.from_numpy(np.stack(part)) for part in zip(*batch))
        net.train()
        loss = loss_of(net(picture.to(memory_format=torch.channels_last))[:, 0], label, weight)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss.item()
        if step % 50 == 49:
            print(f"{step + 1}/{options.steps} loss {mean / (1 - 0.98 ** (step + 1)):.3f} {time.time() - begun:.0f} s", flush=True)
        if step % 300 == 299 or step + 1 == options.steps:
            export(net, options.out)


if __name__ == "__main__":
    main()
