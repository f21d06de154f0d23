import type { PixelImage } from '../core/image.js';
import { contrastNormalised, measureContrast, type ContrastMap, type Spread } from './local-contrast.js';
import { visibleVersions } from './visible-versions.js';

/** How faint, foggy or dark an image is. */
export interface Faintness {
  /** Whether networks and people see more in a copy with its contrast stretched. */
  readonly isFaint: boolean;
  /** The share of the image, 0–1, that is too faint to be looked at even so; 0 when that is hardly any. */
  readonly unseen: number;
}

/** Tiles along the longer side: a face that matters fills one or several. */
const TILES = 6;
/**
 * Levels of luminance; chosen on clinical photos and faces made faint (docs/EVALUATION.md, "faint").
 * Less than `ANYTHING` shows nothing, however it is stretched: black and white borders, plain paper.
 */
const [ANYTHING, UNSEEN, FAINT, PALE, DARK] = [3, 16, 32, 40, 40];
/** The same for the whole image, of which one clinical photo in 300 has less than the first. */
const [WHOLE_UNSEEN, WHOLE_FAINT] = [45, 90];
/** Mean distance between a pixel's channels below which a place is as colourless as in fog. */
const GREY = 24;
/** From these shares of an image on, parts count. */
const [SOME, MUCH] = [0.1, 0.25];

/** Several checks ask about the same image. */
const known = new WeakMap<PixelImage, Faintness>();

/** Judges what is visible of an image, once. */
export function faintnessOf(image: PixelImage): Faintness {
  const faintness = known.get(image) ?? judgeVersions(image);
  known.set(image, faintness);
  return faintness;
}

function judgeVersions(image: PixelImage): Faintness {
  const judged = visibleVersions(image).map((version) => judge(mapOf(version)));
  return {
    isFaint: judged.some(({ isFaint }) => isFaint),
    unseen: Math.max(...judged.map(({ unseen }) => unseen)),
  };
}

/** What is visible of an image, with its contrast stretched; of the same size, as opaque RGB. */
export function stretchedVersions(image: PixelImage): PixelImage[] {
  return visibleVersions(image).map((version) => contrastNormalised(version, mapOf(version)));
}

function mapOf(image: PixelImage): ContrastMap {
  return measureContrast(image, Math.max(image.width, image.height) / TILES);
}

function judge({ whole, spreads }: ContrastMap): Faintness {
  const all = rangeOf(whole);
  if (all < ANYTHING) return { isFaint: false, unseen: 0 };
  const share = (isSo: (spread: Spread) => boolean) =>
    spreads.filter((spread) => isVeiled(spread) && rangeOf(spread) >= ANYTHING && isSo(spread)).length /
    spreads.length;
  const isLost = all < WHOLE_UNSEEN && isVeiled(whole);
  const unseen = isLost ? 1 : share((spread) => rangeOf(spread) < UNSEEN);
  const isFaint =
    all < WHOLE_UNSEEN ||
    (all < WHOLE_FAINT && isVeiled(whole)) ||
    share((spread) => rangeOf(spread) < FAINT) > SOME ||
    share((spread) => rangeOf(spread) < PALE) > MUCH ||
    share(({ high }) => high < DARK) > SOME;
  return { isFaint, unseen: unseen > SOME ? unseen : 0 };
}

/** Evenly lit skin has as little contrast as fog, but fog and darkness have no colours either. */
function isVeiled({ high, colour }: Spread): boolean {
  return high < DARK || colour < GREY;
}

function rangeOf({ low, high }: Spread): number {
  return high - low;
}
