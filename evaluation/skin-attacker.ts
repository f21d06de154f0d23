import { describe, type Described } from './skin-descriptors.ts';
import { scaledPatch, type SkinPatch } from './skin-patch.ts';

/** Sizes at which the second photo is tried: the first may have been taken from nearer or farther away. */
const SCALES = [0.9, 1, 1.1] as const;
/** Pixels from one place to the next, where it is looked for and where it may be. */
const [COARSE, FINE] = [4, 2] as const;
/** How far a place may have moved, as a share of the patch's side. */
const REACH = 0.13;

/** What the attacker knows of the skin of somebody in the gallery. */
export interface KnownSkin {
  readonly side: number;
  readonly places: Described;
  readonly colour: readonly number[];
}

/** What the attacker sees of the skin that is looked for. */
export interface SeenSkin {
  readonly scaled: readonly Described[];
  readonly colour: readonly number[];
}

export function knownSkin(patch: SkinPatch): KnownSkin {
  return { side: patch.side, places: describe(patch, COARSE), colour: colourOf(patch) };
}

export function seenSkin(patch: SkinPatch): SeenSkin {
  return {
    scaled: SCALES.map((scale) => describe(scale === 1 ? patch : scaledPatch(patch, scale), FINE)),
    colour: colourOf(patch),
  };
}

/**
 * How alike two patches are in their moles, scars and pores, 0–1: every place of the known skin is looked for nearby
 * in the other, and counts by how much there is to see at it. The best of several scales.
 */
export function likenessOfTexture({ side, places }: KnownSkin, { scaled }: SeenSkin): number {
  return Math.max(...scaled.map((seen) => likeness(places, seen, REACH * side)));
}

function likeness(known: Described, seen: Described, reach: number): number {
  let [sum, weights] = [0, 0];
  const far = Math.floor(reach / seen.step);
  for (let place = 0; place < known.contrast.length; place++) {
    const weight = known.contrast[place]!;
    if (weight === 0) continue;
    const x = Math.round(((place % known.count) * known.step) / seen.step);
    const y = Math.round((Math.floor(place / known.count) * known.step) / seen.step);
    let best = 0;
    for (let v = Math.max(0, y - far); v <= Math.min(seen.count - 1, y + far); v++) {
      for (let u = Math.max(0, x - far); u <= Math.min(seen.count - 1, x + far); u++) {
        best = Math.max(best, product(known, place, seen, v * seen.count + u));
      }
    }
    sum += weight * best;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}

/** Four sums at a time, which takes half as long. */
function product({ vectors: a, length }: Described, i: number, { vectors: b }: Described, j: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const end = (i + 1) * length;
  for (let p = i * length, q = j * length; p < end; p += 4, q += 4) {
    first += a[p]! * b[q]!;
    second += a[p + 1]! * b[q + 1]!;
    third += a[p + 2]! * b[q + 2]!;
    fourth += a[p + 3]! * b[q + 3]!;
  }
  return first + second + third + fourth;
}

/** How far two patches are apart in colour: the lower, the more alike. @param spread of each number in the gallery */
export function colourDistance(
  a: readonly number[],
  b: readonly number[],
  spread: readonly number[],
): number {
  return Math.hypot(...a.map((value, i) => (value - b[i]!) / (spread[i]! + 1e-6)));
}

/** Two ratios of colours, which light of another strength does not change, how bright it is and how varied; logarithms. */
export function colourOf({ rgb, seen }: SkinPatch): readonly number[] {
  const logs: number[][] = [];
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === 1) logs.push([0, 1, 2].map((c) => Math.log(1 + rgb[3 * i + c]!)));
  }
  if (logs.length === 0) return [0, 0, 0, 0];
  const mean = [0, 1, 2].map((c) => logs.reduce((sum, log) => sum + log[c]!, 0) / logs.length);
  const [red, green, blue] = mean as [number, number, number];
  const varied = Math.sqrt(logs.reduce((sum, log) => sum + (log[1]! - green) ** 2, 0) / logs.length);
  return [red - green, green - blue, green, varied];
}
