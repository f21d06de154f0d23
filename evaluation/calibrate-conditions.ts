import sharp from 'sharp';
import type { Detection, Redaction } from '../dist/core/detection.js';
import { boxPolygon, boundingBox, type Box, type Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { redactFrame } from '../dist/redact/apply-redactions.js';
import type { RedactionPolicy, RedactionStyle } from '../dist/redact/contract.js';
import { coverMask } from '../dist/redact/cover-mask.js';
import { planRedactions } from '../dist/redact/plan.js';
import { STYLES } from '../dist/redact/styles/index.js';
import type { Square } from '../dist/models/face-embedding/index.js';
import { BELOW_EYES, SQUARE_SIDE } from './calibrate-boxes.ts';
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
}

export interface Attacked {
  readonly image: PixelImage;
  /** The share of the face's box that stays as it was, 0–1. */
  readonly share: number;
}

/** What is done to a photo before it is attacked. */
export interface Condition {
  readonly id: string;
  readonly label: string;
  /** Sigma of a plain Gaussian blur, as a share of the face's width. */
  readonly plainBlur?: number;
  /** Whether a part of the face is kept visible. */
  readonly isPart?: boolean;
  /** Whether the tool offers nothing similar, so that nothing is predicted for it. */
  readonly isControl?: boolean;
  /** Whether an attacker who does the same to their gallery is measured too. */
  readonly isOnGallery?: boolean;
  apply(scene: Scene, random: () => number): Attacked | Promise<Attacked>;
}

type Style = RedactionStyle['id'];

const POLICY: RedactionPolicy = { keep: [], allowFaceInKeep: true };

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
  isControl: true,
  id: `${style}-alone`,
  label: `${style}, as the tool covers, and all around it grey`,
  apply: ({ image, detections, face }, random) => {
    const { redactions } = planRedactions(detections, image, POLICY);
    const result = covered(image, redactions, style, random, face);
    const around = coverMask(image, redactions).map((pixel) => 1 - pixel);
    return { ...result, image: painted(result.image, around, () => 128) };
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

/** A kept region shows a part of the face, with --keep and --allow-face-in-keep. */
const part = (side: keyof typeof SIDES, share: number): Condition => ({
  id: `kept-${side}-${Math.round(share * 100)}`,
  label: `blur, the ${side} ${Math.round(share * 100)} % of the face kept`,
  isPart: true,
  apply: ({ image, detections, face }, random) => {
    const keep = [SIDES[side](face, share)];
    const { redactions } = planRedactions(detections, image, { ...POLICY, keep });
    return covered(image, redactions, 'blur', random, face);
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

const NOTHING: Condition = {
  id: 'unredacted',
  label: 'unredacted',
  apply: ({ image }) => ({ image, share: 1 }),
};

export const CONDITIONS: readonly Condition[] = [
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
];

function covered(
  image: PixelImage,
  redactions: readonly Redaction[],
  style: Style,
  random: () => number,
  face: Box,
): Attacked {
  return {
    image: redactFrame(image, redactions, STYLES[style], random),
    share: shareLeft(coverMask(image, redactions), image, face),
  };
}

function painted(image: PixelImage, mask: Uint8Array, value: (at: number) => number): PixelImage {
  const data = Uint8Array.from(image.data, (old, at) => (mask[Math.floor(at / 3)] === 1 ? value(at) : old));
  return { ...image, data };
}

/** The share of a face's box, inside the image, that a mask leaves. */
function shareLeft(mask: Uint8Array, { width, height }: PixelImage, face: Box): number {
  let [left, all] = [0, 0];
  const [right, bottom] = [face.x + face.width, face.y + face.height];
  for (let y = Math.max(0, Math.round(face.y)); y < Math.min(height, Math.round(bottom)); y++) {
    for (let x = Math.max(0, Math.round(face.x)); x < Math.min(width, Math.round(right)); x++) {
      all++;
      if (mask[y * width + x] !== 1) left++;
    }
  }
  return all === 0 ? 0 : left / all;
}
