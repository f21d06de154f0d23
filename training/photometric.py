"""What cameras, light, skin and compression do to a picture; labels stay."""

import cv2
import numpy as np


def change_light(image: np.ndarray, rng) -> np.ndarray:
    """Exposure, contrast, white balance, gamma and saturation; darker skin and dark rooms among them."""
    x = image.astype(np.float32) / 255
    if rng.random() < 0.7:
        x = np.clip(x, 0, 1) ** np.exp(rng.normal(0.05, 0.35))
    if rng.random() < 0.6:
        x *= np.exp(rng.normal(0, 0.08, 3)).astype(np.float32)
    if rng.random() < 0.6:
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * np.exp(rng.normal(0, 0.3))
    if rng.random() < 0.5:
        middle = x.mean()
        x = (x - middle) * np.exp(rng.normal(0, 0.2)) + middle + rng.normal(0, 0.06)
    if rng.random() < 0.08:
        x *= rng.uniform(0.15, 0.5)
    if rng.random() < 0.04:
        x = np.repeat(x.mean(2, keepdims=True), 3, 2)
    if rng.random() < 0.02:
        x = x[:, :, ::-1]
    return (np.clip(x, 0, 1) * 255).astype(np.uint8)


def change_sharpness(image: np.ndarray, rng) -> np.ndarray:
    """Blur, a lower resolution, noise, JPEG."""
    kind = rng.random()
    if kind < 0.12:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8))
    elif kind < 0.2:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        if rng.random() < 0.5:
            kernel[length // 2] = 1 / length
        else:
            kernel[:, length // 2] = 1 / length
        image = cv2.filter2D(image, -1, kernel)
    elif kind < 0.35:
        h, w = image.shape[:2]
        factor = rng.uniform(0.35, 0.8)
        small = cv2.resize(image, (int(w * factor), int(h * factor)), interpolation=cv2.INTER_AREA)
        image = cv2.resize(small, (w, h), interpolation=rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST]))
    if rng.random() < 0.25:
        noise = rng.standard_normal(image.shape, dtype=np.float32) * rng.uniform(2, 14)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.05:
        # Salt and pepper, as some exports of photo collections add.
        image = image.copy()
        image[rng.random(image.shape[:2]) < rng.uniform(0.002, 0.02)] = rng.choice([0, 255])
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 96))])
        image = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return image
