"""Writes a checkpoint as an ONNX file with dynamic height and width, rewritten to cost less, and checks it against PyTorch.

    python export.py --network photo --start last.pt --out ../models/patient-photo-net/patient-photo-net.onnx

Outputs of the file, all float32, for an input `image` of 1 x 3 x height x width with sides that are multiples of 32:

- text, of the text network alone: 1 x 1 x height x width, 0-1
- tattoo: 1 x 1 x height/8 x width/8, 0-1
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from network import Network, TextNetwork
from photos import open_session
from rewrite import cheaper

OPSET = 17
#: Largest difference between PyTorch and onnxruntime that is rounding.
TOLERANCE = 2e-4


class Exported(nn.Module):
    """The network as the tool sees it: its head for text only teaches the trunk."""

    names = ["tattoo"]

    def __init__(self, network: Network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return (torch.sigmoid(self.network(image)[1]),)


class ExportedText(nn.Module):
    """The text network as the tool sees it."""

    names = ["text"]

    def __init__(self, network: TextNetwork):
        super().__init__()
        self.network = network

    def forward(self, image):
        return (torch.sigmoid(self.network(image)),)


def exported(network: Network | TextNetwork) -> Exported | ExportedText:
    return ExportedText(network) if isinstance(network, TextNetwork) else Exported(network)


def without_normalisation(module: nn.Module) -> nn.Module:
    """Folds every batch normalisation into the convolution before it."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Sequential):
            layers = list(child)
            for i in range(1, len(layers)):
                if isinstance(layers[i], nn.BatchNorm2d):
                    layers[i - 1], layers[i] = fuse_conv_bn_eval(layers[i - 1], layers[i]), nn.Identity()
            setattr(module, name, nn.Sequential(*(without_normalisation(l) for l in layers if not isinstance(l, nn.Identity))))
        else:
            without_normalisation(child)
    return module


def export(network: Network | TextNetwork, path: Path) -> None:
    write(network, path)
    onnx.save(cheaper(onnx.load(path)), path)


def write(network: Network | TextNetwork, path: Path) -> None:
    """The graph as PyTorch writes it."""
    model = exported(without_normalisation(network.eval()))
    torch.onnx.export(
        model,
        (torch.zeros(1, 3, 128, 160),),
        str(path),
        input_names=["image"],
        output_names=model.names,
        dynamic_axes={name: {2: "height", 3: "width"} for name in ["image", *model.names]},
        opset_version=OPSET,
        dynamo=False,
    )


def largest_difference(network: Network | TextNetwork, path: Path) -> float:
    """Between PyTorch and onnxruntime, over pictures of several shapes; see `difference`."""
    shapes = ((320, 320), (640, 448), (96, 1280))
    images = [np.random.default_rng(height).normal(0, 1, (1, 3, height, width)) for height, width in shapes]
    return difference(exported(network.eval()), path, images)


def difference(model: nn.Module, path: Path, images: list[np.ndarray]) -> float:
    """Between a model and its file, over these images; distances count in multiples of themselves."""
    session = open_session(path)
    worst = 0.0
    for image in (image.astype(np.float32) for image in images):
        with torch.no_grad():
            expected = [a.numpy() for a in model(torch.from_numpy(image))]
        for a, b in zip(expected, session.run(None, {"image": image})):
            worst = max(worst, float(np.max(np.abs(a - b) / np.maximum(1, np.abs(a)))))
    return worst


def tell(path: Path, worst: float) -> None:
    """Prints the size of the file and its largest difference, and ends with an error when that is more than rounding."""
    print(f"{path}: {path.stat().st_size} bytes, largest difference {worst:.1e}")
    if worst > TOLERANCE:
        raise SystemExit(f"expected at most {TOLERANCE} but found {worst}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", choices=["photo", "text"], required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = Network() if options.network == "photo" else TextNetwork()
    network.load_state_dict(torch.load(options.start, weights_only=True, map_location="cpu"))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    export(network, options.out)
    tell(options.out, largest_difference(network, options.out))


if __name__ == "__main__":
    main()
