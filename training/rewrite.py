"""Rewrites an exported network so that onnxruntime needs less time on a processor for the same numbers.

    python rewrite.py --start exported.onnx --out ../models/patient-text-net/patient-text-net.onnx

`export.py` does it to every file that it writes. Arithmetic is not what the exported graph spends its time with: it moves
the pyramid's maps of 96 channels at stride 4 through memory eight times. None of them is left:

- The gate of the lateral layer at stride 4 multiplies its 96 channels; a convolution without any function in between follows.
  Lateral layer, gate and convolution are one convolution of the 48 channels before them, whose weights are computed from
  the gate. The gate needs the mean of the lateral layer, which is the lateral layer of the mean.
- A 3x3 convolution of a map enlarged twice is a 2x2 convolution of the small map, for each of the four pixels that one
  becomes. A 1x1 convolution, and a mean over 2x2 pixels, need not see the enlarged map either.
- The text head's transposed convolutions see one pixel each: they are 1x1 convolutions and a rearrangement at the end.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
from onnx import helper, numpy_helper

TRUNK = "/network/trunk/"
#: The tap at stride 4, 48 channels.
TAP = TRUNK + "blocks.2/HardSwish_1_output_0"


class Graph:
    """An exported graph, to which nodes are added."""

    def __init__(self, model: onnx.ModelProto):
        self.model = model
        self.nodes = list(model.graph.node)
        self.values = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}

    def has(self, name: str) -> bool:
        return any(node.name == name for node in self.nodes)

    def node(self, name: str) -> onnx.NodeProto:
        """@raises ValueError when the file holds another graph, or one that is rewritten already."""
        found = [node for node in self.nodes if node.name == name]
        if len(found) != 1:
            raise ValueError(f"expected a node {name} but found {len(found)}")
        return found[0]

    def maker(self, value: str, kind: str) -> onnx.NodeProto | None:
        """What puts a value out, if it is of that kind."""
        return next((node for node in self.nodes if value in node.output and node.op_type == kind), None)

    def readers(self, value: str) -> list[onnx.NodeProto]:
        return [node for node in self.nodes if value in node.input]

    def arrays(self, name: str) -> list[np.ndarray]:
        """Weight and, if any, bias of a layer."""
        return [self.values[i] for i in self.node(name).input[1:]]

    def add(self, kind: str, *inputs: "str | np.ndarray", output: str | None = None, **attributes) -> str:
        """A node; arrays become constants. @returns the name of what it puts out"""
        output = output or f"rewritten/{kind}_{len(self.nodes)}"
        names = [v if isinstance(v, str) else f"{output}_{i}" for i, v in enumerate(inputs)]
        self.values.update((name, v) for name, v in zip(names, inputs) if not isinstance(v, str))
        self.nodes.append(helper.make_node(kind, names, [output], name=output, **attributes))
        return output

    def conv(self, x: str, weight: "str | np.ndarray", *bias: np.ndarray, kernel: int = 1, pad: int = 0) -> str:
        return self.add("Conv", x, weight, *bias, kernel_shape=[kernel] * 2, pads=[pad] * 4)

    def enlarge(self, x: str, factor: int) -> str:
        scales = np.array([1, 1, factor, factor], np.float32)
        return self.add(
            "Resize", x, "", scales, mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"
        )

    def conv_of_enlarged(self, x: str, weight: np.ndarray) -> str:
        """3x3, padded by 1, of x enlarged twice: the four pixels that one becomes, without the outermost ring."""
        phases = self.conv(x, phase_kernels(weight), kernel=2, pad=1)
        pixels = self.add("DepthToSpace", phases, blocksize=2, mode="CRD")
        return self.add("Slice", pixels, np.array([1, 1]), np.array([-1, -1]), np.array([2, 3]))

    def replace(self, old: str, new: str) -> None:
        """Whoever read `old` reads `new`."""
        for node in self.nodes:
            for i, name in enumerate(node.input):
                if name == old:
                    node.input[i] = new

    def finished(self) -> onnx.ModelProto:
        """The model with the nodes that its outputs need, each after those that it reads."""
        makers = {output: node for node in self.nodes for output in node.output}
        ordered: dict[str, onnx.NodeProto] = {}

        def visit(name: str) -> None:
            node = makers.get(name)
            if node is None or node.output[0] in ordered:
                return
            for value in node.input:
                visit(value)
            ordered[node.output[0]] = node

        graph = self.model.graph
        for output in graph.output:
            visit(output.name)
        used = {name for node in ordered.values() for name in node.input}
        constants = [numpy_helper.from_array(np.ascontiguousarray(v), name) for name, v in self.values.items() if name in used]
        for field, values in ((graph.node, ordered.values()), (graph.initializer, constants), (graph.value_info, [])):
            del field[:]
            field.extend(values)
        onnx.checker.check_model(self.model, full_check=True)
        return self.model


def phase_kernels(weight: np.ndarray) -> np.ndarray:
    """out x in x 3 x 3 for a map enlarged twice -> (out, row, column) x in x 2 x 2 for the map itself, padded by 1.

    There, the cell at p covers p - 1 and p of the map, and the enlarged rows 2p - 1 and 2p: of the first one, two of three
    rows of the kernel lie on p - 1, of the second one, two lie on p.
    """
    onto = np.array([[[1, 1, 0], [0, 0, 1]], [[1, 0, 0], [0, 1, 1]]], np.float64)
    kernels = np.einsum("ayi,bxj,ocij->oabcyx", onto, onto, weight.astype(np.float64))
    return kernels.reshape(-1, weight.shape[1], 2, 2).astype(np.float32)


class Finest(NamedTuple):
    """What the finest level of the pyramid, at stride 4, is made of."""

    #: Name of the map of the trunk.
    tap: str
    #: The 1x1 layer behind it, as one: 96 x 48 x 1 x 1, and 96. The first node of it, from which on the gate needs only its mean.
    lateral: np.ndarray
    bias: np.ndarray
    first: onnx.NodeProto
    #: Name of what its channels are multiplied by: 1 x 96 x 1 x 1.
    gate: str
    #: Name of the level below, at stride 8, that is enlarged and added.
    below: str
    #: 3x3 layer behind the sum, 24 x 96 x 3 x 3, and the name of what it puts out.
    smooth: np.ndarray
    smoothed: str
    #: Names of the four smoothed and gated levels of 24 channels, finest first.
    levels: Sequence[str]


class TextHead(NamedTuple):
    """Weight and bias of its three layers; `output` is the name of its map."""

    narrow: Sequence[np.ndarray]
    enlarge: Sequence[np.ndarray]
    score: Sequence[np.ndarray]
    output: str


def cheaper(model: onnx.ModelProto) -> onnx.ModelProto:
    """An exported network, equal up to rounding. Changes the model that it is given. @raises ValueError on another graph"""
    graph = Graph(model)
    first = graph.node(TRUNK + "lateral.0/Conv")
    finest = Finest(
        TAP,
        *graph.arrays(first.name),
        first,
        TRUNK + "lateral_attend.0/Add_1_output_0",
        TRUNK + "Add_1_output_0",
        *graph.arrays(TRUNK + "smooth.0/Conv"),
        TRUNK + "smooth.0/Conv_output_0",
        [TRUNK + f"smooth_attend.{i}/Mul_1_output_0" for i in range(4)],
    )
    fused, of_sum = rewrite_finest(graph, finest)
    if graph.has("/network/text/Conv"):
        layers = ("Conv", "enlarge/ConvTranspose", "score/ConvTranspose")
        head = TextHead(*(graph.arrays(f"/network/text/{layer}") for layer in layers), "text")
        rewrite_text(graph, head, finest.levels[0], fused)
    if graph.has("/network/tattoo/AveragePool"):
        halved = graph.add("AveragePool", finest.levels[0], kernel_shape=[2, 2], strides=[2, 2])
        graph.replace("/network/tattoo/AveragePool_output_0", graph.add("Concat", fused, halved, axis=1))
    if graph.has("/network/face/narrow.0/narrow.0.0/Conv"):
        layer = "/network/face/narrow.0/narrow.0.0/Conv"
        graph.replace(f"{layer}_output_0", of_sum(*graph.arrays(layer)))
    return graph.finished()


def rewrite_finest(graph: Graph, finest: Finest) -> tuple[str, Callable[..., str]]:
    """@returns the fusion without its finest part, at stride 8; what adds a convolution of the sum at stride 4: 3x3, or 1x1"""
    # Not GlobalAveragePool: it adds up fifty thousand numbers one after the other, which costs two digits.
    finest.first.input[0] = graph.add("ReduceMean", finest.tap, axes=[2, 3], keepdims=1)
    # The lateral layer's bias joins the level below, where it is enlarged with it, so that padding stays zero.
    shift = graph.add("Mul", finest.gate, finest.bias.reshape(1, -1, 1, 1).astype(np.float32))
    below = graph.add("Add", finest.below, shift)
    gates = graph.add("Reshape", finest.gate, np.array([1, -1]))
    gated = graph.add("Mul", gates, finest.lateral[:, :, 0, 0].T.astype(np.float32))

    def of_sum(weight: np.ndarray, *bias: np.ndarray) -> str:
        out, inputs, kernel, _ = weight.shape
        joint = graph.add("MatMul", gated, weight.reshape(out, inputs, kernel * kernel))
        joint = graph.add("Reshape", joint, np.array([out, finest.lateral.shape[1], kernel, kernel]))
        enlarged = graph.conv_of_enlarged(below, weight) if kernel == 3 else graph.enlarge(graph.conv(below, weight, *bias), 2)
        return graph.add("Add", graph.conv(finest.tap, joint, kernel=kernel, pad=kernel // 2), enlarged)

    graph.replace(finest.smoothed, of_sum(finest.smooth))
    _, second, third, fourth = finest.levels
    return graph.add("Concat", graph.enlarge(fourth, 4), graph.enlarge(third, 2), second, axis=1), of_sum


def rewrite_text(graph: Graph, head: TextHead, fine: str, fused: str) -> None:
    """@param fine its finest 24 channels at stride 4, @param fused the others at stride 8"""
    narrow, narrow_bias = head.narrow
    enlarge, enlarge_bias = head.enlarge
    score, score_bias = head.score
    others = narrow.shape[1] - enlarge.shape[0]
    own = graph.conv(fine, narrow[:, others:], narrow_bias, kernel=3, pad=1)
    narrowed = graph.add("Relu", graph.add("Add", own, graph.conv_of_enlarged(fused, narrow[:, :others])))
    inputs, outputs = enlarge.shape[:2]
    # Channels of each of the four pixels at stride 2, one pixel after the other.
    split = enlarge.transpose(2, 3, 1, 0).reshape(4 * outputs, inputs, 1, 1)
    halves = graph.add("Relu", graph.conv(narrowed, split, np.tile(enlarge_bias, 4)))
    # Row and column within the pixel at stride 4; row, column and channel of the pixel at stride 2.
    scores = np.zeros((2, 2, 2, 2, 2, 2, outputs), np.float32)
    for row in range(2):
        for column in range(2):
            scores[row, :, column, :, row, column] = score[:, 0].transpose(1, 2, 0)
    pixels = graph.conv(halves, scores.reshape(16, -1, 1, 1), np.tile(score_bias, 16))
    graph.nodes = [node for node in graph.nodes if head.output not in node.output]
    graph.add("DepthToSpace", graph.add("Sigmoid", pixels), blocksize=4, output=head.output)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    onnx.save(cheaper(onnx.load(options.start)), options.out)


if __name__ == "__main__":
    main()
