"""Reads PP-OCRv4's detection weights from its ONNX file into a `Network`.

The graph's learnable affine layers (one weight and one bias for a whole layer) are folded into the convolutions before
and after them. Behind a hard swish and before a padded convolution that changes the outermost pixels a little; fine-tuning
mends it. Everywhere else the folded network is equal (test_network.py).
"""

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from network import TAPS, Network, TextNetwork


#: Of the weights of most layers.
COMMON_DEVIATION = 0.1


class Graph:
    """An ONNX graph that can be walked from a tensor to what uses it."""

    def __init__(self, path: str):
        graph = onnx.load(path).graph
        self.values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        for node in graph.node:
            if node.op_type == "Constant":
                self.values[node.output[0]] = numpy_helper.to_array(helper.get_attribute_value(node.attribute[0]))
        self.nodes = [n for n in graph.node if n.op_type != "Constant"]

    def convolutions(self):
        return [n for n in self.nodes if n.op_type in ("Conv", "ConvTranspose")]

    def uses(self, name: str):
        return [n for n in self.nodes if name in n.input]

    def scalar_after(self, name: str, operator: str):
        """The node `name (*|+) one learned number`, and that number; (None, None) when there is none."""
        for node in self.uses(name):
            if node.op_type == operator:
                other = [i for i in node.input if i != name]
                if other and ".w_" in other[0] and other[0] in self.values and self.values[other[0]].size == 1:
                    return node.output[0], float(self.values[other[0]].reshape(()))
        return None, None

    def affine_after(self, name: str):
        scaled, weight = self.scalar_after(name, "Mul")
        if scaled is None:
            return name, 1.0, 0.0
        shifted, bias = self.scalar_after(scaled, "Add")
        return shifted, weight, bias

    def swish_after(self, name: str):
        """The output of the hard swish on `name` (x * clip(x + 3, 0, 6) / 6), or None."""
        for node in self.uses(name):
            if node.op_type == "Mul":
                for division in self.uses(node.output[0]):
                    if division.op_type == "Div":
                        return division.output[0]
        return None


def load_pretrained(network: Network | TextNetwork, path: str) -> None:
    """Copies trunk and text head. @raises AssertionError when the file holds another graph."""
    graph = Graph(path)
    convolutions = graph.convolutions()
    text = network.text
    trunk = network.trunk

    def arrays(node, inputs=(1.0, 0.0)):
        """Weight and bias of a convolution that is applied to scale * x + shift."""
        weight = graph.values[node.input[1]].astype("f8")
        bias = graph.values[node.input[2]].astype("f8") if len(node.input) > 2 else np.zeros(weight.shape[0])
        bias = bias + inputs[1] * weight.sum((1, 2, 3))
        return weight * inputs[0], bias

    def normalised(node, weight, bias, axis=0):
        """Folds the batch normalisation behind `node` into weight and bias."""
        name = node.output[0]
        for follower in graph.uses(name):
            if follower.op_type == "Add":
                bias = bias + graph.values[follower.input[1]].reshape(-1)
                name = follower.output[0]
        (norm,) = [n for n in graph.uses(name) if n.op_type == "BatchNormalization"]
        gamma, beta, mean, variance = (graph.values[i].astype("f8") for i in norm.input[1:])
        factor = gamma / np.sqrt(variance + helper.get_attribute_value(norm.attribute[0]))
        shape = [1] * weight.ndim
        shape[axis] = -1
        return weight * factor.reshape(shape), (bias - mean) * factor + beta

    def put(layer: nn.Module, weight, bias=None):
        assert tuple(layer.weight.shape) == weight.shape, (layer, weight.shape)
        layer.weight.data.copy_(torch.from_numpy(weight))
        if bias is not None:
            layer.bias.data.copy_(torch.from_numpy(bias))

    queue = iter(convolutions)
    node = next(queue)
    weight, bias = normalised(node, *arrays(node))
    put(trunk.stem, weight, bias)
    pending = (1.0, 0.0)  # The affine layer behind the last hard swish, not yet applied.
    outputs = []
    for block in trunk.blocks:
        for layer in ("depthwise", "pointwise"):
            node = next(queue)
            weight, bias = arrays(node, pending)
            name, scale, shift = graph.affine_after(node.output[0])
            put(getattr(block, layer), weight * scale, bias * scale + shift)
            pending = (1.0, 0.0)
            swish = graph.swish_after(name)
            if swish:
                name, *affine = graph.affine_after(swish)
                pending = tuple(affine)
            if layer == "depthwise" and block.attend is not None:
                if block.affine is not None:
                    block.affine.data.copy_(torch.tensor(pending))
                for part in ("down", "up"):
                    put(getattr(block.attend, part), *arrays(next(queue)))
                pending = (1.0, 0.0)
        outputs.append(pending)
    laterals = [next(queue) for _ in TAPS]
    for i, (node, tap) in enumerate(zip(laterals, TAPS)):
        first = arrays(node, outputs[tap])
        second = [n for n in graph.uses(node.output[0]) if n.op_type == "Conv"][0]
        weight, _ = arrays(second)
        joint = weight[:, :, 0, 0] @ first[0][:, :, 0, 0]
        put(trunk.lateral[i], joint[:, :, None, None], weight[:, :, 0, 0] @ first[1])
    rest = list(queue)
    # Deepest first in the file: the lateral layer without bias, then its two gate layers; likewise the smoothing ones.
    for offset, attends, smooths in ((0, trunk.lateral_attend, None), (12, trunk.smooth_attend, trunk.smooth)):
        for i in range(4):
            main, down, up = rest[offset + 3 * i : offset + 3 * i + 3]
            at = 3 - i
            if smooths is not None:
                put(smooths[at], arrays(main)[0])
            put(attends[at].down, *arrays(down))
            put(attends[at].up, *arrays(up))
    narrow, enlarge, score = rest[24:]
    weight, bias = normalised(narrow, *arrays(narrow))
    scale = float(weight.std() / COMMON_DEVIATION)
    text.scale.fill_(scale)
    put(text.narrow, weight / scale, bias)
    weight = graph.values[enlarge.input[1]].astype("f8")
    weight, bias = normalised(enlarge, weight, np.zeros(weight.shape[1]), axis=1)
    put(text.enlarge, weight, bias)
    (shift,) = graph.uses(score.output[0])
    put(text.score, graph.values[score.input[1]].astype("f8"), graph.values[shift.input[1]].reshape(-1).astype("f8"))
