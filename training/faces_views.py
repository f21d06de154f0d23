"""Training pictures out of packed photos, a batch at a time on the device: cut, turned, mirrored, covered in part, lit anew.

A view is a linear map from the picture's pixels to the photo's: photo = A (picture - middle) + point.
"""

import math

import torch
import torch.nn.functional as F

from faces_net import CLASSES
from faces_photos import ALL, DERMNET, FEATURES, Photo

SIDE = 400
MOST_BOXES = 128
#: How often photos of each kind are shown. DermNet's by what they show, the others by folder.
SHARES = {
    "face": 0.21, "part": 0.17, "none": 0.27,
    "face/poses": 0.05, "face/reid": 0.05, "face/singles": 0.05, "face/clinical": 0.03, "face/masks": 0.02, "face/wider": 0.02,
    "negative/dermoscopy": 0.03, "negative/hands": 0.02, "negative/skin": 0.01,
    "tattoo/bivtatt": 0.02, "tattoo/wild": 0.015, "tattoo/studio": 0.015, "text/incidental": 0.005, "text/oriented": 0.005,
    "text/forms": 0.005, "text/burned-in": 0.005,
}  # fmt: skip
#: Whole photos as they are looked at, parts of them, and photos that are a small part of the picture.
WHOLE, PART = 0.5, 0.35
#: Of a box at least this much must be seen, or two features of its face; below GONE it is not there.
FACE_SEEN, FEATURE_SEEN, GONE = 0.55, 0.5, 0.12
#: Shorter side in pixels of the picture below which a face, a feature is not taught.
SMALLEST_FACE, SMALLEST_FEATURE = 14.0, 9.0
#: A box of which more than this is behind a glove or a bar is neither there nor not.
MOST_HIDDEN = 0.5


class Photos:
    """All photos on the device."""

    def __init__(self, photos: list[Photo], device: str):
        photos = [p for p in photos if len(p.boxes) <= MOST_BOXES]
        self.device = device
        count = len(photos)
        self.pixels = torch.zeros(count, 4, SIDE, SIDE, dtype=torch.uint8, device=device)
        boxes = torch.zeros(count, MOST_BOXES, 6)
        boxes[:, :, 5] = -1
        sizes, shown, exact = torch.zeros(count, 2), torch.zeros(count, 2), torch.zeros(count)
        groups: dict[str, list[int]] = {}
        for i, photo in enumerate(photos):
            height, width = photo.visible.shape
            rgb = torch.from_numpy(photo.image).permute(2, 0, 1)
            self.pixels[i, :3, :height, :width] = rgb.to(device)
            self.pixels[i, 3, :height, :width] = torch.from_numpy(photo.visible).to(device)
            # Beyond its edge a photo goes on as it ends.
            self.pixels[i, :, height:] = self.pixels[i, :, height - 1 : height]
            self.pixels[i, :, :, width:] = self.pixels[i, :, :, width - 1 : width]
            boxes[i, : len(photo.boxes)] = torch.from_numpy(photo.boxes)
            sizes[i] = torch.tensor([width, height])
            shown[i] = torch.tensor(photo.shown)
            exact[i] = photo.folder in DERMNET
            groups.setdefault(photo.kind if photo.folder in DERMNET else photo.folder, []).append(i)
        self.boxes, self.sizes, self.shown, self.exact = (t.to(device) for t in (boxes, sizes, shown, exact))
        self.negatives = torch.tensor(groups["none"], device=device)
        weights = torch.zeros(count)
        for name, members in groups.items():
            weights[members] = SHARES[name] / len(members)
        self.weights = weights.to(device)

    def draw(self, count: int) -> torch.Tensor:
        return torch.multinomial(self.weights, count, replacement=True)


def uniform(count: int, low: float, high: float, device) -> torch.Tensor:
    return torch.rand(count, device=device) * (high - low) + low


def log_uniform(count: int, low: float, high: float, device) -> torch.Tensor:
    return torch.exp(uniform(count, math.log(low), math.log(high), device))


def chance(count: int, share: float, device) -> torch.Tensor:
    return torch.rand(count, device=device) < share


def angles(count: int, device) -> torch.Tensor:
    """Mostly upright, quarter turns, any."""
    small = torch.randn(count, device=device) * 0.12
    quarter = torch.randint(0, 4, (count,), device=device) * (math.pi / 2)
    free = uniform(count, -math.pi, math.pi, device)
    which = torch.rand(count, device=device)
    return torch.where(which < 0.45, small, torch.where(which < 0.75, quarter + small, free))


def views(photos: Photos, chosen: torch.Tensor, height: int, width: int):
    """Maps of a batch: A (batch x 2 x 2), point (batch x 2), and which show the whole photo."""
    count, device = len(chosen), photos.device
    sizes = photos.sizes[chosen]
    extent = torch.tensor([width, height], dtype=torch.float32, device=device)
    kind = torch.rand(count, device=device)
    whole, part = kind < WHOLE, (kind >= WHOLE) & (kind < WHOLE + PART)
    angle = angles(count, device)
    # Whole photos are looked at upright or on their side, hardly in between.
    quarter = torch.where(chance(count, 0.6, device), 0, torch.randint(0, 4, (count,), device=device))
    tilt = torch.where(chance(count, 0.5, device), 0.0, torch.randn(count, device=device) * 0.1)
    angle = torch.where(whole, quarter * (math.pi / 2) + tilt, angle)
    cos, sin = torch.cos(angle), torch.sin(angle)
    turned = torch.where((sin.abs() > 0.7)[:, None], sizes.flip(1), sizes)
    # Photo pixels per picture pixel, in the picture's directions.
    fit = turned / extent
    mean = fit.prod(1, keepdim=True).sqrt()
    squeezed = (torch.log(fit / mean).abs() < 0.12).all(1, keepdim=True) | chance(count, 0.3, device)[:, None]
    contain = torch.where(squeezed, fit, fit.amax(1, keepdim=True).expand(-1, 2))
    cover = torch.where(squeezed, fit, fit.amin(1, keepdim=True).expand(-1, 2))
    step = torch.where(chance(count, 0.6, device)[:, None], contain, cover) * torch.exp(torch.randn(count, 1, device=device) * 0.06)
    point = sizes / 2 + (torch.rand(count, 2, device=device) - 0.5) * 0.1 * sizes

    # Parts: around a known box, or anywhere.
    boxes = photos.boxes[chosen]
    known = (boxes[:, :, 5] == 1).float()
    has_box = known.sum(1) > 0
    pick = torch.multinomial(known + 1e-9, 1)[:, 0]
    box = boxes[torch.arange(count, device=device), pick, 1:5]
    at_box = has_box & chance(count, 0.65, device)
    side = extent.prod().sqrt()
    around = box[:, 2:].prod(1).sqrt() / (log_uniform(count, 0.12, 1.1, device) * side)
    anywhere = log_uniform(count, 0.3, 1.0, device) * mean[:, 0]
    # Not enlarged more than four times.
    step_part = torch.where(at_box, around, anywhere).clamp(min=0.25)
    free = 0.55 * (side * step_part)[:, None]
    point_box = box[:, :2] + box[:, 2:] / 2 + (torch.rand(count, 2, device=device) * 2 - 1) * torch.minimum(free, 0.5 * free + box[:, 2:] / 2)
    point_any = sizes * (torch.rand(count, 2, device=device) * 0.9 + 0.05)
    step = torch.where(part[:, None], step_part[:, None].expand(-1, 2), step)
    point = torch.where(part[:, None], torch.where(at_box[:, None], point_box, point_any), point)

    # Small ones.
    small = ~whole & ~part
    shrink = log_uniform(count, 1.15, 4.0, device)
    room = (extent * fit.amax(1, keepdim=True) * shrink[:, None] - turned).clamp(min=0) / 2
    moved = (torch.rand(count, 2, device=device) * 2 - 1) * room
    step = torch.where(small[:, None], (fit.amax(1) * shrink)[:, None].expand(-1, 2), step)
    point = torch.where(small[:, None], sizes / 2 + moved, point)

    stretch = torch.exp(torch.randn(count, device=device) * 0.1)
    stretch = torch.where(chance(count, 0.4, device), stretch, 1.0)
    step = step * torch.stack([stretch, 1 / stretch], 1)
    mirror = torch.where(chance(count, 0.5, device), -1.0, 1.0)
    rotation = torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1)
    scale = torch.diag_embed(step * torch.stack([mirror, torch.ones_like(mirror)], 1))
    return rotation @ scale, point, whole


def sample(photos: Photos, chosen, matrix, point, height: int, width: int):
    """Pictures (batch x 4 x height x width, 0-255) and what of them lies inside the photo; each pixel the mean of four."""
    device = photos.device
    ys, xs = torch.meshgrid(
        (torch.arange(2 * height, device=device) + 0.5) / 2 - height / 2,
        (torch.arange(2 * width, device=device) + 0.5) / 2 - width / 2,
        indexing="ij",
    )
    places = torch.stack([xs, ys], -1).reshape(1, -1, 2) @ matrix.transpose(1, 2) + point[:, None]
    inside = ((places >= 0) & (places <= photos.sizes[chosen][:, None])).all(2).float()
    places = torch.minimum(places.clamp(min=0), photos.sizes[chosen][:, None])
    grid = (places / (SIDE / 2) - 1).reshape(len(chosen), 2 * height, 2 * width, 2)
    picture = F.grid_sample(photos.pixels[chosen].float(), grid, mode="bilinear", padding_mode="border", align_corners=False)
    return F.avg_pool2d(picture, 2), F.avg_pool2d(inside.reshape(-1, 1, 2 * height, 2 * width), 2)


def move_boxes(rows: torch.Tensor, matrix, point, height: int, width: int):
    """Rows in the picture, clipped: x0, y0, x1, y1 (batch x boxes x 4), and which share of each is seen."""
    inverse = torch.linalg.inv(matrix)
    middle = torch.tensor([width / 2, height / 2], device=rows.device)
    centre = (rows[:, :, 1:3] + rows[:, :, 3:5] / 2 - point[:, None]) @ inverse.transpose(1, 2) + middle
    # Of the ellipse in the box; of the box itself in quarter turns.
    half = torch.sqrt((rows[:, :, None, 3:5] * inverse[:, None]).square().sum(3)) / 2
    low, high = centre - half, centre + half
    limit = torch.tensor([width, height], dtype=torch.float32, device=rows.device)
    clipped_low, clipped_high = torch.minimum(low.clamp(min=0), limit), torch.minimum(high.clamp(min=0), limit)
    seen = (clipped_high - clipped_low).clamp(min=0).prod(2) / (high - low).prod(2).clamp(min=1e-6)
    return torch.cat([clipped_low, clipped_high], 2), seen


def judge(rows, boxes, seen, hidden):
    """1 to be taught, 0 neither there nor not, -1 not there: batch x boxes."""
    kind, known = rows[:, :, 0], rows[:, :, 5]
    side = (boxes[:, :, 2:] - boxes[:, :, :2]).amin(2)
    is_face, is_feature = kind == 0, (kind > 0) & (kind < FEATURES)
    feature = is_feature & (known == 1) & (seen >= FEATURE_SEEN) & (side >= SMALLEST_FEATURE) & (hidden <= MOST_HIDDEN)
    two = feature.sum(1, keepdim=True) >= 2
    face = is_face & (known == 1) & ((seen >= FACE_SEEN) | ((seen > GONE) & two)) & (side >= SMALLEST_FACE) & (hidden <= MOST_HIDDEN)
    gone = (known < 0) | (seen <= torch.where(is_face, 0.02, torch.where(is_feature & (known == 1), GONE, 0.0)))
    return torch.where(face | feature, 1, torch.where(gone, -1, 0))


def shown_of(photos: Photos, chosen, rows, states, seen, whole):
    """What each picture shows: batch x 2, 1, 0 or -1."""
    kind = rows[:, :, 0]
    face = ((states == 1) & (kind == 0)).any(1)
    anything = (states == 1).any(1)
    nothing = (states == -1).all(1) & (photos.exact[chosen] == 1)
    label = photos.shown[chosen]
    few = label[:, 1] == 0
    is_part = (label[:, 0] == 0) & (label[:, 1] == 1)
    boxless = (photos.boxes[chosen][:, :, 5] == 1).sum(1) == 0
    first = torch.where(few | is_part | nothing, 0, torch.where(face | (whole & boxless & (label[:, 0] == 1)), 1, -1))
    second = torch.where(few | nothing, 0, torch.where(anything | (whole & boxless & (label[:, 1] == 1)), 1, -1))
    return torch.stack([first, second], 1)


def classes_of(kind: torch.Tensor) -> torch.Tensor:
    """Which classes a row speaks of: ... x classes, bool."""
    table = torch.zeros(ALL + 1, len(CLASSES), dtype=torch.bool)
    for c in range(len(CLASSES)):
        table[c, c] = True
    table[FEATURES, 1:] = True
    table[ALL] = True
    return table.to(kind.device)[kind.long()]
