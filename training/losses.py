"""What the heads are trained for."""

import torch
import torch.nn.functional as F


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
