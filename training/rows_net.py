"""stroke-rows-net: where rows of strokes stand out of their surroundings, however faintly. The network normalises contrast itself."""

import torch
from torch import nn
from torch.nn import functional

#: Pixels along a cell of the answer.
CELL = 4
#: Sides of inputs are multiples of this.
MULTIPLE = 32
#: Cells of the contrast's measurement, in pixels, and how many of them a side of its window has.
TILE, WINDOW = 8, 5
#: In levels: less contrast than this is what a camera and its encoder add.
LEAST_SPREAD = 2.0
MOST = 4.0


def around(x: torch.Tensor) -> torch.Tensor:
    """The mean of what surrounds each pixel, about 40 pixels wide."""
    tiles = functional.avg_pool2d(x, TILE)
    means = functional.avg_pool2d(tiles, WINDOW, stride=1, padding=WINDOW // 2, count_include_pad=False)
    return functional.interpolate(means, scale_factor=float(TILE), mode="bilinear", align_corners=False)


def block(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


class RowsNet(nn.Module):
    """RGB, 0-255, N x 3 x H x W, to probabilities, N x 1 x H/4 x W/4; the sigmoid is part of the exported graph."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Sequential(block(3, 16, 5, 2), block(16, 24), block(24, 32, 3, 2))
        self.far = nn.ModuleList([block(32, 32, dilation=d) for d in (1, 2, 4, 8, 1)])
        self.head = nn.Conv2d(32, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        apart = x - around(x)
        spread = torch.sqrt(around(apart * apart) + LEAST_SPREAD**2)
        x = self.near(torch.clamp(apart / spread, -MOST, MOST))
        for far in self.far:
            x = x + far(x)
        return self.head(x)
