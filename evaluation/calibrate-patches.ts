import type { Box } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { cropAroundKeep } from '../dist/fit/index.js';
import { planRedactions } from '../dist/redact/plan.js';
import type { Condition, Scene } from './calibrate-conditions.ts';
import { covered, masked, painted, POLICY, shareLeft, type Attacked } from './calibrate-covers.ts';
import {
  cutAroundFeatures,
  featureBoxes,
  middleOfPlace,
  PLACES,
  squareAt,
  type Place,
} from './face-marks.ts';
import { numbersOf } from './numbers-of.ts';
import { constellation, withMoles } from './planted-moles.ts';
import { skinPatchOf } from './skin-patch.ts';

/** Sides of a patch, as shares of the width of the face's box. */
export const WIDTHS = [0.1, 0.15, 0.25, 0.4] as const;

/** How a patch of skin is shown. */
const WAYS = {
  alone: 'alone, all else grey',
  margin: 'alone, with the margin of a crop, which is covered',
  within: 'in a covered head',
  enlarged: 'alone, enlarged to the network’s input',
  skin: 'for the attacker on skin',
  moles: 'for the attacker on skin, with drawn moles',
} as const;
export type Way = keyof typeof WAYS;

const GREY = 128;

/** A patch of skin that holds no feature: an upright square around a place of the face, cut around the features. */
const patch = (way: Way, place: Place, width: number): Condition => ({
  id: patchId(way, place, width),
  label: `${place}, ${Math.round(width * 100)} % of the face’s width, ${WAYS[way]}`,
  surroundings: way === 'within',
  attackers: hasNone(way) ? [] : hasBoth(way, place, width) ? ['faceres', 'resnet-34'] : ['faceres'],
  isOnGallery: way !== 'within' && way !== 'margin',
  apply: (scene, random) => {
    const box = squareAt(middleOfPlace(place, scene.marks), width * scene.face.width);
    const pieces = cutAroundFeatures(box, featureBoxes(scene.marks));
    return APPLY[way](scene, { box, pieces, width }, random);
  },
});

function hasNone(way: Way): boolean {
  return way === 'skin' || way === 'moles';
}

/**
 * ResNet-34, which takes as long as faceres and knows fewer, is tried on larger patches of two places; what is around
 * a patch and a crop's margin matter less, the less is seen in the patch, and are tried on larger ones.
 */
function hasBoth(way: Way, place: Place, width: number): boolean {
  return (
    (way === 'alone' || way === 'within') && isLarge(width) && (place === 'cheek' || place === 'forehead')
  );
}

function isLarge(width: number): boolean {
  return width >= 0.25;
}

interface Kept {
  readonly box: Box;
  readonly pieces: readonly Box[];
  readonly width: number;
}

const APPLY: Readonly<Record<Way, (scene: Scene, kept: Kept, random: () => number) => Attacked>> = {
  alone: ({ image, face }, { pieces }) => {
    const hidden = masked(image, pieces).map((seen) => 1 - seen);
    return { image: painted(image, hidden, () => GREY), share: shareLeft(hidden, image, face) };
  },
  enlarged: (scene, kept, random) => ({ ...APPLY.alone(scene, kept, random), enlarge: kept.box }),
  skin: ({ image }, { box, pieces, width }) => ({
    image,
    share: 0,
    skin: skinPatchOf(image, box, pieces, sideOf(width)),
  }),
  moles: (scene, kept, random) => {
    const image = withMoles(scene.image, kept.box, molesOf(scene.name));
    return APPLY.skin({ ...scene, image }, kept, random);
  },
  within: ({ image, detections, face }, { pieces }, random) => {
    const { redactions } = planRedactions(detections, image, { ...POLICY, keep: pieces });
    return covered(image, redactions, 'blur', random, face);
  },
  margin: (scene, kept, random) => {
    const { image, share } = APPLY.within(scene, kept, random);
    return { image: croppedTo(image, kept.box), share };
  },
};

/** What `--crop-to-keep` leaves, in its place, and grey around it. */
function croppedTo(image: PixelImage, keep: Box): PixelImage {
  const crop = cropAroundKeep([keep], image);
  if (!crop) return image;
  const outside = masked(image, [crop]).map((inside) => 1 - inside);
  return painted(image, outside, () => GREY);
}

/** Everybody has moles of their own, the same in each of their photos. */
function molesOf(name: string) {
  return constellation(numbersOf(`moles of ${name}`));
}

/** Side at which the attacker on skin looks at a patch, in pixels: about as many as it has in these photos. */
function sideOf(width: number): number {
  return width < 0.2 ? 16 : 32;
}

export function patchId(way: Way, place: Place, width: number): string {
  return `patch-${way}-${place}-${Math.round(width * 100)}`;
}

/** For the attackers who compare faces. */
export const PATCHES: readonly Condition[] = PLACES.flatMap((place) =>
  WIDTHS.flatMap((width) => [
    ...(['alone', 'enlarged'] as const).map((way) => patch(way, place, width)),
    ...(isLarge(width) ? [patch('within', place, width)] : []),
    ...(place === 'cheek' && width === 0.25 ? [patch('margin', place, width)] : []),
  ]),
);

/** For the attacker who goes by skin, who is fast. */
export const SKIN: readonly Condition[] = PLACES.flatMap((place) =>
  WIDTHS.flatMap((width) => [
    patch('skin', place, width),
    ...(place === 'cheek' ? [patch('moles', place, width)] : []),
  ]),
);
