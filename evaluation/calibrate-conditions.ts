import sharp from 'sharp';
import type { Detection, Redaction } from '../dist/core/detection.js';
import { boxPolygon, boundingBox, type Box, type Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import type { RedactionStyle } from '../dist/redact/contract.js';
import { coverMask } from '../dist/redact/cover-mask.js';
import { planRedactions } from '../dist/redact/plan.js';
import type { Square } from '../dist/models/face-embedding/index.js';
import type { AttackerId } from './calibrate-attackers.ts';
import { BELOW_EYES, SQUARE_SIDE } from './calibrate-boxes.ts';
import {
  covered,
  painted,
  POLICY,
  shareLeft,
  withoutSurroundings,
  type Attacked,
} from './calibrate-covers.ts';
import { rgbInput } from './support/rgb.ts';

/** A photo and the person in it. */
export interface Scene {
  /** RGB. */
  readonly image: PixelImage;
  /** As the tool's face detector returns them. */
  readonly detections: readonly Detection[];
  /** The box of the person who is attacked, and their face aligned. */
  readonly face: Box;
  readonly square: Square;
  /** The 68 marks of their face. */
  readonly marks: readonly Point[];
  /** Who they are. */
  readonly name: string;
}

/** What is done to a photo before it is attacked. */
export interface Condition {
  readonly id: string;
  readonly label: string;
  /** Sigma of a plain Gaussian blur, as a share of the face's width. */
  readonly plainBlur?: number;
  /** Who attacks it. Absent: everybody. */
  readonly attackers?: readonly AttackerId[];
  /** Whether the tool offers nothing similar, so that nothing is predicted for it. */
  readonly isControl?: boolean;
  /** Whether what surrounds the head is left; absent: it is. */
  readonly surroundings?: boolean;
  /** Whether an attacker who does the same to their gallery is measured too. */
  readonly isOnGallery?: boolean;
  apply(scene: Scene, random: () => number): Attacked | Promise<Attacked>;
}

type Style = RedactionStyle['id'];

/** What the tool makes of a photo in one of its styles, covering whole heads. */
const head = (style: Style): Condition => ({
  id: `${style}-head`,
  label: `${style}, as the tool covers`,
  isOnGallery: true,
  apply: ({ image, detections, face }, random) =>
    covered(image, planRedactions(detections, image, POLICY).redactions, style, random, face),
});

/** The same, but only the faces' boxes are covered, as other tools do. */
const box = (style: Style): Condition => ({
  id: `${style}-box`,
  label: `${style}, the face’s box only`,
  isOnGallery: style === 'blur',
  apply: ({ image, detections, face }, random) => {
    const redactions = detections.map(({ box }): Redaction => ({
      kinds: ['face'],
      box,
      polygon: boxPolygon(box),
    }));
    return covered(image, redactions, style, random, face);
  },
});

/**
 * Like `head`, with everything around the heads grey: then a face is recognised by what the style leaves of it, not by
 * clothes or a room, which two photos of one day share.
 */
const alone = (style: Style): Condition => ({
  ...head(style),
  surroundings: false,
  id: `${style}-alone`,
  label: `${style}, as the tool covers, and all around it grey`,
  apply: ({ image, detections, face }, random) => {
    const { redactions } = planRedactions(detections, image, POLICY);
    const result = covered(image, redactions, style, random, face);
    return { ...result, image: withoutSurroundings(result.image, detections) };
  },
});

const SIDES = {
  upper: ({ x, y, width, height }: Box, share: number): Box => ({ x, y, width, height: share * height }),
  lower: ({ x, y, width, height }: Box, share: number): Box => ({
    x,
    y: y + (1 - share) * height,
    width,
    height: share * height,
  }),
  left: ({ x, y, width, height }: Box, share: number): Box => ({ x, y, width: share * width, height }),
};

/**
 * A kept region shows a part of the face, with --keep and --allow-face-in-keep; with or without what surrounds the head.
 */
const part = (side: keyof typeof SIDES, share: number, surroundings = true): Condition => ({
  id: `kept-${side}-${Math.round(share * 100)}${surroundings ? '' : '-alone'}`,
  label: `blur, the ${side} ${Math.round(share * 100)} % of the face kept${surroundings ? '' : ', and all around the head grey'}`,
  attackers: ['faceres'],
  surroundings,
  apply: ({ image, detections, face }, random) => {
    const keep = [SIDES[side](face, share)];
    const { redactions } = planRedactions(detections, image, { ...POLICY, keep });
    const result = covered(image, redactions, 'blur', random, face);
    return surroundings ? result : { ...result, image: withoutSurroundings(result.image, detections) };
  },
});

/** Plain Gaussian blur of whole heads; sigma as a share of the face's width. */
const gaussian = (sigma: number): Condition => ({
  id: `gaussian-${Math.round(sigma * 100)}`,
  label: `plain Gaussian blur, σ ${Math.round(sigma * 100)} % of the face’s width`,
  plainBlur: sigma,
  isOnGallery: sigma !== 0.08,
  apply: async ({ image, detections, face }) => {
    const soft = await sharp(image.data, rgbInput(image))
      .blur(sigma * face.width)
      .raw()
      .toBuffer();
    const mask = coverMask(image, planRedactions(detections, image, POLICY).redactions);
    return { image: painted(image, mask, (at) => soft[at]!), share: shareLeft(mask, image, face) };
  },
});

/** Width and height of the black bar, in units of the distance between the eyes. */
const [BAR_WIDTH, BAR_HEIGHT] = [2, 0.55] as const;
const EYE_BAR: Condition = {
  id: 'eye-bar',
  label: 'black bar over the eyes',
  isControl: true,
  isOnGallery: true,
  apply: ({ image, face, square: { centre, side, angle } }) => {
    const unit = side / SQUARE_SIDE;
    const corner = (u: number, v: number): Point => [
      centre[0] + (u * Math.cos(angle) - v * Math.sin(angle)) * unit,
      centre[1] + (u * Math.sin(angle) + v * Math.cos(angle)) * unit,
    ];
    const [u, top] = [BAR_WIDTH / 2, -BELOW_EYES - BAR_HEIGHT / 2] as const;
    const polygon = [
      corner(-u, top),
      corner(u, top),
      corner(u, top + BAR_HEIGHT),
      corner(-u, top + BAR_HEIGHT),
    ];
    const mask = coverMask(image, [{ kinds: ['face'], box: boundingBox(polygon), polygon }]);
    return { image: painted(image, mask, () => 0), share: shareLeft(mask, image, face) };
  },
};

export const NOTHING: Condition = {
  id: 'unredacted',
  label: 'unredacted',
  apply: ({ image }) => ({ image, share: 1 }),
};

/** Whole faces, and parts of them with their features. */
export const WHOLE: readonly Condition[] = [
  NOTHING,
  ...(['blur', 'pixelate', 'solid'] as const).map(head),
  ...(['blur', 'pixelate'] as const).map(alone),
  ...(['blur', 'pixelate', 'solid'] as const).map(box),
  EYE_BAR,
  ...[0.04, 0.08, 0.16].map(gaussian),
  part('lower', 0.85),
  ...(['upper', 'lower', 'left'] as const).flatMap((side) =>
    [0.33, 0.5, 0.67].map((share) => part(side, share)),
  ),
  ...(['upper', 'lower', 'left'] as const).flatMap((side) =>
    [0.33, 0.5].map((share) => part(side, share, false)),
  ),
];
