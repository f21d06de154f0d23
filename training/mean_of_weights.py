"""Writes the mean of the text network's weights before and after training (Wortsman et al., 2022).

    python mean_of_weights.py --text-model ch_PP-OCRv4_det_infer.onnx --trained last.pt --share 0.65 --out mean.pt
"""

import argparse
from pathlib import Path

import torch

from network import TextNetwork
from pretrained import load_pretrained


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text-model", required=True)
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--share", type=float, required=True, help="of the trained weights, 0-1")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    original = TextNetwork()
    load_pretrained(original, options.text_model)
    trained = torch.load(options.trained, weights_only=True, map_location="cpu")
    mean = {
        name: before.lerp(trained[name], options.share) if before.is_floating_point() else trained[name]
        for name, before in original.state_dict().items()
    }
    torch.save(mean, options.out)


if __name__ == "__main__":
    main()
