"""What the close-up network is trained for."""

import torch
import torch.nn.functional as F

from faces_net import CLASSES, STRIDE
from faces_views import classes_of

#: Half axes as shares of a box's: inside CORE a cell is taught to find the box, up to REACH it is taught nothing.
CORE, REACH = 0.35, 0.8
#: Focal loss (Lin et al., 2017).
GAMMA = 2.0
BOX, MASK, SHOWN = 1.0, 0.5, 0.5


def box_targets(kind, boxes, states, height: int, width: int):
    """
    kind, states: batch x rows; boxes: batch x rows x 4 (x0, y0, x1, y1 in pixels of the picture).

    @returns per class, batch x classes x cells: 1 find it, 0 not, -1 not taught; the row that is to be found
    """
    device = boxes.device
    ys, xs = torch.meshgrid(
        (torch.arange(height // STRIDE, device=device) + 0.5) * STRIDE,
        (torch.arange(width // STRIDE, device=device) + 0.5) * STRIDE,
        indexing="ij",
    )
    cells = torch.stack([xs, ys], -1).reshape(-1, 2)
    centre, half = (boxes[:, :, :2] + boxes[:, :, 2:]) / 2, (boxes[:, :, 2:] - boxes[:, :, :2]).clamp(min=1) / 2
    away = cells[None, None] - centre[:, :, None]
    radius = (away / half[:, :, None]).square().sum(3)
    # Even the smallest box has the cell that its centre lies in.
    core = (radius < CORE**2) | (away.abs() <= STRIDE / 2).all(3)
    near = radius < REACH**2
    # What nobody knows is not taught anywhere in its box.
    inside = ((away / half[:, :, None]).abs() <= 1).all(3)
    taught, unknown = states == 1, states == 0
    of_class = classes_of(kind)
    area = half.prod(2)
    target = torch.zeros(len(boxes), len(CLASSES), len(cells), device=device)
    row = torch.zeros(len(boxes), len(CLASSES), len(cells), dtype=torch.long, device=device)
    for c in range(len(CLASSES)):
        mine = of_class[:, :, c]
        ignored = ((near & (taught & mine)[:, :, None]) | (inside & (unknown & mine)[:, :, None])).any(1)
        positive = core & (taught & mine)[:, :, None]
        # The smallest of several boxes.
        smallest = torch.where(positive, area[:, :, None], torch.inf).min(1)
        found = positive.any(1)
        target[:, c] = torch.where(found, 1.0, torch.where(ignored, -1.0, 0.0))
        row[:, c] = smallest.indices
    return target, row, cells


def giou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Rezatofighi et al. (2019), of boxes x0, y0, x1, y1."""
    inner = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - inner
    outer = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    return inner / union.clamp(min=1e-6) - (outer - union) / outer.clamp(min=1e-6)


def box_losses(answer, kind, boxes, states, negative_weight, height: int, width: int):
    """Of scores and of boxes. answer: batch x classes x 5 x cells high x cells wide."""
    target, row, cells = box_targets(kind, boxes, states, height, width)
    score = answer[:, :, 0].flatten(2)
    p = torch.sigmoid(score)
    positive, negative = target == 1, target == 0
    # A box counts by the root of its cells: as one of them, large boxes would drown small ones, as one box, false ones large ones.
    batch, klass, cell = torch.nonzero(positive, as_tuple=True)
    index = batch * boxes.shape[1] + row[batch, klass, cell]
    sizes = torch.bincount(index, minlength=len(boxes) * boxes.shape[1]).clamp(min=1)
    each = sizes[index].float()
    hit = (1 - p[positive]) ** GAMMA * F.softplus(-score[positive])
    miss = p**GAMMA * F.softplus(score) * negative * negative_weight[:, :, None]
    # A picture without boxes has a scale as well.
    count = (1 / each).sum() + 0.5 * len(boxes)
    scores = ((hit / each.sqrt()).sum() + 0.5 * miss.sum()) / (each.rsqrt().sum() + len(boxes))
    reach = torch.exp(answer[:, :, 1:].flatten(3)[batch, klass, :, cell].clamp(-4, 5)) * STRIDE
    at = cells[cell]
    found = torch.cat([at - reach[:, :2], at + reach[:, 2:]], 1)
    right = boxes.flatten(0, 1)[index]
    places = ((1 - giou(found, right)) / each).sum() / count
    return scores, BOX * places


def mask_loss(answer, label):
    """label: batch x 1 x height x width, 0-1, about a half where nobody knows; edges of cells with both are not taught."""
    cell = F.avg_pool2d(label, STRIDE)
    known = ((cell < 0.05) | (cell > 0.95)).float()
    loss = F.binary_cross_entropy_with_logits(answer, (cell > 0.5).float(), reduction="none")
    return MASK * (loss * known).sum() / known.sum().clamp(min=1)


def shown_loss(answer, label):
    known = (label >= 0).float()
    loss = F.binary_cross_entropy_with_logits(answer, label.clamp(min=0).float(), reduction="none")
    return SHOWN * (loss * known).sum() / known.sum().clamp(min=1)
