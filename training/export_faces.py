"""Writes a checkpoint of the close-up network as an ONNX file with dynamic height and width, and checks it against PyTorch.

    python export_faces.py --start RUN/fold0.pt --out ../models/patient-face-net/patient-face-net.onnx

Outputs of the file, all float32, for an input `image` of 1 x 3 x height x width, RGB, 0-255, sides multiples of 32:

- boxes: 1 x 25 x height/8 x width/8: for each of face, eye, nose, mouth, ear a score 0-1, then the distances in pixels from the
  cell's centre ((column + 0.5) * 8, (row + 0.5) * 8) to the left, upper, right and lower side.
- mask:  1 x 1 x height/8 x width/8: 0-1, visible face.
- shown: 1 x 2, 0-1: a face that can be recognised; anything of a face.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn

from export import OPSET, difference, tell, without_normalisation
from faces_net import STRIDE, FaceNetwork

NAMES = ("boxes", "mask", "shown")


class Exported(nn.Module):
    """The network as the tool sees it."""

    def __init__(self, network: FaceNetwork):
        super().__init__()
        self.network = network

    def forward(self, image):
        boxes, mask, shown = self.network(image)
        score, reach = torch.sigmoid(boxes[:, :, :1]), torch.exp(boxes[:, :, 1:].clamp(-4, 5)) * STRIDE
        return torch.cat([score, reach], 2).flatten(1, 2), torch.sigmoid(mask), torch.sigmoid(shown)


def export(network: FaceNetwork, path: Path) -> None:
    maps = NAMES[:2]
    torch.onnx.export(
        Exported(without_normalisation(network.eval())),
        (torch.zeros(1, 3, 128, 160),),
        str(path),
        input_names=["image"],
        output_names=list(NAMES),
        dynamic_axes={"image": {2: "height", 3: "width"}, **{name: {2: "rows", 3: "columns"} for name in maps}},
        opset_version=OPSET,
        dynamo=False,
    )


def largest_difference(network: FaceNetwork, path: Path) -> float:
    """Between PyTorch and onnxruntime, over pictures of several shapes; see `difference`."""
    shapes = ((320, 320), (256, 320), (96, 640))
    images = [np.random.default_rng(height).uniform(0, 255, (1, 3, height, width)) for height, width in shapes]
    return difference(Exported(network.eval()), path, images)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = FaceNetwork()
    network.load_state_dict(torch.load(options.start, weights_only=True, map_location="cpu"))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    export(network, options.out)
    tell(options.out, largest_difference(network, options.out))


if __name__ == "__main__":
    main()
