import type { Box } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';

/** A dark spot: its middle and its width as shares of the patch's side, and how much light it takes, 0–1. */
export interface Mole {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly dark: number;
}

/** Moles as on a cheek: a few, seldom large. @param random uniform in [0, 1) */
export function constellation(random: () => number, moles = 6): readonly Mole[] {
  return Array.from({ length: moles }, () => ({
    x: 0.12 + 0.76 * random(),
    y: 0.12 + 0.76 * random(),
    width: 0.06 + 0.08 * random(),
    dark: 0.3 + 0.4 * random(),
  }));
}

/** The same photo with moles in a patch. */
export function withMoles(image: PixelImage, patch: Box, moles: readonly Mole[]): PixelImage {
  const data = Uint8Array.from(image.data);
  const [right, bottom] = [
    Math.min(image.width, patch.x + patch.width),
    Math.min(image.height, patch.y + patch.height),
  ];
  for (let y = Math.max(0, patch.y); y < bottom; y++) {
    for (let x = Math.max(0, patch.x); x < right; x++) {
      const light = moles.reduce((left, mole) => {
        const [dx, dy] = [
          (x + 0.5 - patch.x) / patch.width - mole.x,
          (y + 0.5 - patch.y) / patch.height - mole.y,
        ];
        // A soft edge: at half the width, half the darkness.
        return left * (1 - mole.dark * 2 ** -(((2 * Math.hypot(dx, dy)) / mole.width) ** 4));
      }, 1);
      for (let c = 0; c < 3; c++)
        data[(y * image.width + x) * 3 + c] = Math.round(image.data[(y * image.width + x) * 3 + c]! * light);
    }
  }
  return { ...image, data };
}

/** How a photo of drawn skin is taken. */
export interface Taken {
  /** Side of the photo, in pixels. */
  readonly pixels: number;
  /** How far the patch has moved, as a share of its side, and how much larger it is. */
  readonly shift: readonly [x: number, y: number];
  readonly scale: number;
  /** How much brighter the right side is than the left one, as a share; and all of it. */
  readonly slope: number;
  readonly light: number;
  /** Standard deviation of the camera's noise, 0–255. */
  readonly noise: number;
}

/** A photo of drawn skin that is all alike but for its moles, each time with noise of its own. */
export function drawnSkin(moles: readonly Mole[], taken: Taken, random: () => number): PixelImage {
  const { pixels, shift, scale, slope, light, noise } = taken;
  const data = new Uint8Array(pixels * pixels * 3);
  for (let at = 0; at < data.length; at++) {
    const slant = 1 + slope * (((Math.floor(at / 3) % pixels) + 0.5) / pixels - 0.5);
    const grain = noise * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    data[at] = Math.max(0, Math.min(255, Math.round([190, 145, 125][at % 3]! * slant * light + grain)));
  }
  const moved = moles.map((mole) => ({
    ...mole,
    x: 0.5 + (mole.x - 0.5) * scale + shift[0],
    y: 0.5 + (mole.y - 0.5) * scale + shift[1],
    width: mole.width * scale,
  }));
  const image: PixelImage = { width: pixels, height: pixels, channels: 3, data };
  return withMoles(image, { x: 0, y: 0, width: pixels, height: pixels }, moved);
}
