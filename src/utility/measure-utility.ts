import { boxPolygon, boundingBox, type Box } from '../core/geometry.js';
import { clipToBox } from '../imaging/convex.js';
import type { PixelImage } from '../core/image.js';
import { forEachSample, meanColourDifference, meanSsim, type CoverMask } from './fidelity.js';
import { isSkinColour } from './skin.js';

/** How much of what a diagnosis needs is left; docs/utility.md says what the figures do not say. */
export interface Utility {
  /** Share of the skin that no redaction covers, 0–1; absent where hardly any skin is seen. */
  readonly skinVisible?: number;
  /** Mean structural similarity outside the redactions, at most 1; absent when no window is free of them. */
  readonly ssim?: number;
  /** Mean CIEDE2000 outside the redactions; 0 is equal, 1 just noticeable; absent when all is covered. */
  readonly deltaE2000?: number;
  /** Share of the kept regions that no redaction covers, 0–1; absent without a kept region. */
  readonly keepUntouched?: number;
  /** Pixels of the written photo for one of the source, along one side. */
  readonly resolutionLeft: number;
  /** Pixels of the written photo for one of the source, where lengths are to be measured; absent in older records. */
  readonly lengthScale?: number;
  /** How far a length there may be off that, as a share of it; rounded up. */
  readonly lengthError?: number;
}

/** A photo before it was redacted, in the geometry in which it is published, and the photo that was written. */
export interface TreatedPhoto {
  readonly fitted: PixelImage;
  /** Decoded from the written file; of the same size. */
  readonly written: PixelImage;
  readonly covered: CoverMask;
  /** Along one side. */
  readonly scale: number;
  /** What a length is worth. */
  readonly lengths: { readonly scale: number; readonly error: number };
}

/** What was to stay visible, in the source's geometry. */
export interface KeptRegions {
  readonly keep: readonly Box[];
  readonly width: number;
  readonly height: number;
  readonly covered: CoverMask;
}

/** When less of the photo than this is skin, the visible share of it says nothing. */
const LEAST_SKIN = 0.02;

/** Sampled on grids, so that a large photo costs little more than a small one; the same photo gives the same figures. */
export function measureUtility(photo: TreatedPhoto, kept: KeptRegions): Utility {
  const { fitted, written, covered, scale, lengths } = photo;
  const optional = <K extends keyof Utility>(key: K, value: number | undefined) =>
    value === undefined ? {} : { [key]: Number(value.toFixed(4)) };
  return {
    ...optional('skinVisible', visibleSkin(fitted, covered)),
    ...optional('ssim', meanSsim(fitted, written, covered)),
    ...optional('deltaE2000', meanColourDifference(fitted, written, covered)),
    ...optional('keepUntouched', untouched(kept)),
    resolutionLeft: Number(scale.toFixed(4)),
    lengthScale: Number(lengths.scale.toFixed(4)),
    lengthError: Math.ceil(lengths.error * 1e4 - 1e-6) / 1e4,
  };
}

function visibleSkin(image: PixelImage, covered: CoverMask): number | undefined {
  const { data, channels } = image;
  let [skin, visible, samples] = [0, 0, 0];
  forEachSample(image, (pixel) => {
    const at = pixel * channels;
    samples++;
    if (!isSkinColour(data[at] as number, data[at + 1] as number, data[at + 2] as number)) return;
    skin++;
    if (covered[pixel] === 0) visible++;
  });
  return skin < LEAST_SKIN * samples ? undefined : visible / skin;
}

function untouched({ keep, width, height, covered }: KeptRegions): number | undefined {
  let [pixels, free] = [0, 0];
  for (const box of keep) {
    const inside = clipToBox(boxPolygon(box), { x: 0, y: 0, width, height });
    if (inside.length < 3) continue;
    const part = boundingBox(inside);
    for (let y = Math.floor(part.y); y < Math.ceil(part.y + part.height); y++) {
      for (let x = Math.floor(part.x); x < Math.ceil(part.x + part.width); x++) {
        pixels++;
        if (covered[y * width + x] === 0) free++;
      }
    }
  }
  // Rounded down: 1 means that not one pixel is covered.
  return pixels === 0 ? undefined : Math.floor((free / pixels) * 1e4) / 1e4;
}
