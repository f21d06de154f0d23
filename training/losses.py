"""What the heads are trained for."""

import torch
import torch.nn.functional as F

from network import FACE_STRIDES

#: Longer side of faces, in pixels, that each stride answers for; neighbours overlap.
FACE_SIZES = ((0, 20), (14, 56), (40, 140), (100, 1e6))


def map_loss(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """
    Cross-entropy of positives, and of negatives by how far they are off, each as a mean of its own, plus the dice loss
    per picture; all of batch x height x width, target and weight 0-1. Means of their own, because a few wrong photos
    full of false alarms would otherwise outweigh all that is right, and the head would learn to say nothing.
    """
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    p = torch.sigmoid(logits)
    positive = weight * target
    doubt = weight * (1 - target) * p.detach()
    shown = positive.sum()
    found = (entropy * positive).sum() / shown.clamp(min=1)
    wrong = (entropy * doubt).sum() / (doubt.sum() + 0.5 * shown + 0.001 * target.numel())
    overlap = (p * positive).sum((1, 2))
    dice = 1 - (2 * overlap + 1) / ((p * p * weight).sum((1, 2)) + (target * positive).sum((1, 2)) + 1)
    has = (positive.sum((1, 2)) > 4).float()
    return found + wrong + (dice * has).sum() / has.sum().clamp(min=1)


def soft_map_loss(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """
    Cross-entropy in which a pixel of text counts as five of none, plus the dice loss per picture that shows text; all of
    batch x height x width, target and weight 0-1, the target as sure as the teacher is.
    """
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    share = weight * (1 + 4 * target)
    # Of a batch without text every false alarm still counts.
    entropy = (entropy * share).sum() / ((weight * target).sum() + 0.02 * target.numel())
    p = torch.sigmoid(logits) * weight
    shown = weight * target
    dice = 1 - (2 * (p * shown).sum((1, 2)) + 1) / ((p * p).sum((1, 2)) + (shown * shown).sum((1, 2)) + 1)
    has = (shown.sum((1, 2)) > 4).float()
    return entropy + (dice * has).sum() / has.sum().clamp(min=1)


def somewhere_loss(logits: torch.Tensor, somewhere: torch.Tensor) -> torch.Tensor:
    """Multiple-instance loss: the strongest two percent of a picture that shows a tattoo must be one."""
    strongest = logits.flatten(1).topk(max(1, int(logits[0].numel() * 0.02)), 1).values.mean(1)
    return (F.softplus(-strongest) * somewhere).sum() / somewhere.sum().clamp(min=1)


def face_targets(faces: list, size: int, device):
    """
    Per stride: score target (-1 none, 0 ignored, 1 a face) and box (left, upper, right, lower; pixels), batch x cells [x 4].

    A cell is a face's when it lies in the middle of it, and the smallest face wins.
    """
    batch = len(faces)
    states, boxes = [], []
    for stride, (least, most) in zip(FACE_STRIDES, FACE_SIZES):
        cells = size // stride
        centres = (torch.arange(cells, device=device) + 0.5) * stride
        cy, cx = torch.meshgrid(centres, centres, indexing="ij")
        state = torch.full((batch, cells, cells), -1.0, device=device)
        box = torch.zeros((batch, cells, cells, 4), device=device)
        for b, rows in enumerate(faces):
            for x, y, w, h, known in sorted(rows.tolist(), key=lambda r: -r[2] * r[3]):
                inside = (cx > x - stride * 0.5) & (cx < x + w + stride * 0.5) & (cy > y - stride * 0.5) & (cy < y + h + stride * 0.5)
                if known == 0:
                    state[b][inside] = 0
                    continue
                long = max(w, h)
                if not least <= long < most:
                    # Another stride answers for it: here it is neither, so that the strides do not fight.
                    state[b][inside & (state[b] < 1)] = 0
                    continue
                rx, ry = max(stride * 0.75, min(w * 0.2, stride * 1.5)), max(stride * 0.75, min(h * 0.2, stride * 1.5))
                mx, my = x + w / 2, y + h / 2
                near = ((cx - mx).abs() < rx) & ((cy - my).abs() < ry)
                state[b][inside & ~near & ((cx - mx).abs() < w * 0.3) & ((cy - my).abs() < h * 0.3)] = 0
                state[b][near] = 1
                box[b][near] = torch.tensor([x, y, x + w, y + h], device=device)
        states.append(state.flatten(1))
        boxes.append(box.flatten(1, 2))
    return states, boxes


def decode_boxes(distances: torch.Tensor, stride: int) -> torch.Tensor:
    """batch x 4 x height x width of logarithms -> batch x cells x 4 (left, upper, right, lower; pixels)."""
    _, _, height, width = distances.shape
    y = (torch.arange(height, device=distances.device) + 0.5) * stride
    x = (torch.arange(width, device=distances.device) + 0.5) * stride
    cy, cx = torch.meshgrid(y, x, indexing="ij")
    reach = torch.exp(distances.clamp(-4, 5)) * stride
    left, upper, right, lower = reach.unbind(1)
    return torch.stack([cx - left, cy - upper, cx + right, cy + lower], -1).flatten(1, 2)


def giou(a: torch.Tensor, b: torch.Tensor):
    """Overlap and generalised overlap (Rezatofighi et al., 2019) of boxes n x 4."""
    low, high = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
    inter = (high - low).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - inter
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    iou = inter / union.clamp(min=1e-6)
    return iou, iou - (hull - union) / hull.clamp(min=1e-6)


def face_loss(maps: list, faces: list, size: int) -> torch.Tensor:
    """Varifocal loss (Zhang et al., 2021) of the score, that rises with the box's overlap, plus 1 - GIoU of the box."""
    states, targets = face_targets(faces, size, maps[0].device)
    scores = torch.cat([m[:, 0].flatten(1) for m in maps], 1)
    boxes = torch.cat([decode_boxes(m[:, 1:], s) for m, s in zip(maps, FACE_STRIDES)], 1)
    state, target = torch.cat(states, 1), torch.cat(targets, 1)
    positive = state > 0
    count = positive.sum().clamp(min=8)
    iou, overlap = giou(boxes[positive], target[positive])
    p = torch.sigmoid(scores)
    quality = torch.zeros_like(scores)
    # Overlap alone would start at nothing, and the score would not learn before the boxes have.
    quality[positive] = 0.5 + 0.5 * iou.detach()
    # Not squared as in the paper: in the time there is, all that looks a little like a face has to learn, not only the worst.
    weight = torch.where(positive, quality, p.detach()) * (state != 0)
    score = F.binary_cross_entropy_with_logits(scores, quality, reduction="none") * weight
    return score.sum() / count + 2 * ((1 - overlap) * (0.3 + iou.detach())).sum() / count
