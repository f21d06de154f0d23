"""What hides parts of a picture, and what light, skin, cameras and compression do to it; batches on the device, values 0-1."""

import math

import torch
import torch.nn.functional as F

from faces_views import chance, log_uniform, uniform

#: Share of pictures in which something lies on the skin.
COVERED = 0.3
#: What a gram of melanin more takes from red, green and blue, relative to each other.
MELANIN = (0.62, 1.0, 1.3)
#: The luminance table of JPEG (ITU-T T.81, annex K).
JPEG = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip


def cover(image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Gloved fingers, gauze, rulers, bars and instruments over some pictures. @returns pictures, what is hidden (batch x 1 x h x w)"""
    count, _, height, width = image.shape
    device = image.device
    ys, xs = torch.meshgrid(torch.arange(height, device=device) + 0.5, torch.arange(width, device=device) + 0.5, indexing="ij")
    hidden = torch.zeros(count, 1, height, width, device=device)
    for _ in range(2):
        on = chance(count, COVERED / 2, device)
        cx, cy = uniform(count, 0, width, device), uniform(count, 0, height, device)
        angle = uniform(count, -math.pi, math.pi, device)
        long = log_uniform(count, 0.15, 0.9, device) * width / 2
        wide = long * log_uniform(count, 0.12, 0.7, device)
        dx, dy = xs - cx[:, None, None], ys - cy[:, None, None]
        cos, sin = torch.cos(angle)[:, None, None], torch.sin(angle)[:, None, None]
        along, across = (dx * cos + dy * sin) / long[:, None, None], (-dx * sin + dy * cos) / wide[:, None, None]
        # Bars have corners, fingers have not.
        power = torch.where(chance(count, 0.5, device), 2.0, 12.0)[:, None, None]
        shape = (along.abs() ** power + across.abs() ** power < 1) & on[:, None, None]
        colour = torch.rand(count, 3, 1, 1, device=device)
        grey = chance(count, 0.5, device)[:, None, None, None]
        colour = torch.where(grey, colour[:, :1].expand(-1, 3, -1, -1) ** 0.5, colour)
        black = chance(count, 0.2, device)[:, None, None, None]
        colour = torch.where(black, 0.02, colour)
        # Shaded like a finger, woven like gauze, ticked like a ruler.
        shade = 1 - 0.45 * (across.clamp(-1, 1) ** 2)[:, None] * chance(count, 0.6, device)[:, None, None, None]
        period = log_uniform(count, 0.02, 0.12, device)[:, None, None]
        ticks = ((along / period) % 1 < 0.25) & (across > 0.3) & chance(count, 0.3, device)[:, None, None]
        weave = torch.randn(count, 1, height, width, device=device) * uniform(count, 0, 0.08, device)[:, None, None, None]
        patch = ((colour * shade + weave) * torch.where(ticks, 0.25, 1.0)[:, None]).clamp(0, 1)
        image = torch.where(shape[:, None], patch, image)
        hidden = torch.maximum(hidden, shape[:, None].float())
    return image, hidden


def change_skin(image: torch.Tensor) -> torch.Tensor:
    """More or less melanin where the picture looks like skin: eyes, teeth and highlights stay."""
    count, device = len(image), image.device
    red, blue = image[:, :1], image[:, 2:]
    skin = ((red - blue) / (red + 0.02) * 2.5).clamp(0, 1)
    more = torch.where(chance(count, 0.4, device), uniform(count, -0.35, 1.4, device), 0.0)[:, None, None, None]
    taken = torch.tensor(MELANIN, device=device)[None, :, None, None]
    return (image * torch.exp(-more * taken * skin)).clamp(0, 1)


def change_light(image: torch.Tensor) -> torch.Tensor:
    """Exposure, white balance, gamma, saturation and contrast; dark rooms, fog and grey among them; light from one side."""
    count, device = len(image), image.device
    per = lambda t: t[:, None, None, None]
    some = lambda share, values, neutral: per(torch.where(chance(count, share, device), values, neutral))
    # Two of three photos are taken with care.
    careless = torch.where(chance(count, 0.35, device), 1.0, 0.45)
    normal = lambda deviation: torch.randn(count, device=device) * deviation * careless
    image = image ** some(0.6, torch.exp(normal(0.3)), 1.0)
    balance = torch.exp(torch.randn(count, 3, 1, 1, device=device) * 0.12 * per(careless))
    image = image * torch.where(per(chance(count, 0.6, device)), balance, 1.0)
    grey = image.mean(1, keepdim=True)
    colour = torch.where(chance(count, 0.04, device), 0.0, torch.exp(normal(0.3)))
    image = grey + (image - grey) * some(0.6, colour, 1.0)
    height, width = image.shape[2:]
    slope = torch.randn(count, 2, device=device) * some(0.3, careless, 0.0)[:, :, 0, 0] * 0.4
    ramp = slope[:, 0, None, None] * torch.linspace(-1, 1, width, device=device) + slope[:, 1, None, None] * torch.linspace(-1, 1, height, device=device)[:, None]
    image = image * torch.exp(ramp)[:, None]
    middle = image.mean((1, 2, 3), keepdim=True)
    contrast = torch.where(chance(count, 0.12, device), log_uniform(count, 0.1, 0.6, device), torch.exp(normal(0.2)))
    image = middle + (image - middle) * some(0.6, contrast, 1.0) + some(0.5, normal(0.06), 0.0)
    image = image * some(0.08, log_uniform(count, 0.03, 0.5, device), 1.0)
    return image.clamp(0, 1)


def blur(image: torch.Tensor, deviation: torch.Tensor) -> torch.Tensor:
    """Gaussian of another deviation for each picture."""
    count, channels, height, width = image.shape
    reach = 5
    at = torch.arange(-reach, reach + 1, device=image.device, dtype=torch.float32)
    kernel = torch.exp(-0.5 * (at / deviation[:, None]) ** 2)
    kernel = (kernel / kernel.sum(1, keepdim=True)).repeat_interleave(channels, 0)
    flat = image.reshape(1, count * channels, height, width)
    flat = F.conv2d(F.pad(flat, (reach, reach, 0, 0), mode="replicate"), kernel[:, None, None], groups=count * channels)
    flat = F.conv2d(F.pad(flat, (0, 0, reach, reach), mode="replicate"), kernel[:, None, :, None], groups=count * channels)
    return flat.reshape(image.shape)


def compress(image: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """What JPEG of a quality from 1 to 100 leaves, without the loss of colour resolution; sides multiples of 8."""
    count, channels, height, width = image.shape
    device = image.device
    k = torch.arange(8, device=device, dtype=torch.float32)
    basis = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) * 0.5
    basis[0] *= math.sqrt(0.5)
    table = torch.tensor(JPEG, dtype=torch.float32, device=device).reshape(8, 8)
    factor = torch.where(quality < 50, 50 / quality, 2 - quality / 50)
    table = (table * factor[:, None, None]).clamp(min=1)[:, None, None, None]
    blocks = (image * 255 - 128).reshape(count, channels, height // 8, 8, width // 8, 8).transpose(3, 4)
    waves = basis @ blocks @ basis.T
    blocks = basis.T @ (torch.round(waves / table) * table) @ basis
    return ((blocks.transpose(3, 4).reshape(image.shape) + 128) / 255).clamp(0, 1)


def change_sharpness(image: torch.Tensor) -> torch.Tensor:
    """Blur, sharpening, noise and compression."""
    count, device = len(image), image.device
    per = lambda t: t[:, None, None, None]
    soft = blur(image, log_uniform(count, 0.4, 2.5, device))
    which = torch.rand(count, device=device)
    sharp = (image + (image - soft) * per(uniform(count, 0.3, 1.5, device))).clamp(0, 1)
    image = torch.where(per(which < 0.2), soft, torch.where(per(which > 0.8), sharp, image))
    noise = torch.randn_like(image) * per(log_uniform(count, 0.004, 0.07, device))
    image = torch.where(per(chance(count, 0.25, device)), (image + noise).clamp(0, 1), image)
    packed = compress(image, log_uniform(count, 12, 95, device))
    return torch.where(per(chance(count, 0.35, device)), packed, image)
