import type { Detection, Redaction } from '../dist/core/detection.js';
import { boxPolygon, type Box } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { redactFrame } from '../dist/redact/apply-redactions.js';
import type { RedactionPolicy, RedactionStyle } from '../dist/redact/contract.js';
import { coverMask } from '../dist/redact/cover-mask.js';
import { planRedactions } from '../dist/redact/plan.js';
import { STYLES } from '../dist/redact/styles/index.js';
import type { SkinPatch } from './skin-patch.ts';

export interface Attacked {
  readonly image: PixelImage;
  /** The share of the face's box that stays as it was, 0–1. */
  readonly share: number;
  /** Where the attackers look instead of where the face was: its content is enlarged to the network's input. */
  readonly enlarge?: Box;
  /** Skin for the attacker who goes by moles, scars and pores. */
  readonly skin?: SkinPatch;
}

/** Kept regions win over faces, so that what is left of them is measured. */
export const POLICY: RedactionPolicy = { keep: [], allowFaceInKeep: true };

/** A photo with its redactions in one of the tool's styles. */
export function covered(
  image: PixelImage,
  redactions: readonly Redaction[],
  style: RedactionStyle['id'],
  random: () => number,
  face: Box,
): Attacked {
  return {
    image: redactFrame(image, redactions, STYLES[style], random),
    share: shareLeft(coverMask(image, redactions), image, face),
  };
}

/** The same photo, grey but for what the tool covers of heads. */
export function withoutSurroundings(image: PixelImage, detections: readonly Detection[]): PixelImage {
  const heads = coverMask(image, planRedactions(detections, image, POLICY).redactions);
  return painted(
    image,
    heads.map((pixel) => 1 - pixel),
    () => 128,
  );
}

/** The same photo with another value in every channel of every masked pixel. */
export function painted(image: PixelImage, mask: Uint8Array, value: (at: number) => number): PixelImage {
  const data = Uint8Array.from(image.data);
  for (const [pixel, isMasked] of mask.entries()) {
    if (isMasked === 1) for (let at = 3 * pixel; at < 3 * pixel + 3; at++) data[at] = value(at);
  }
  return { ...image, data };
}

/** The share of a face's box, inside the image, that a mask leaves. */
export function shareLeft(mask: Uint8Array, { width, height }: PixelImage, face: Box): number {
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

/** One byte per pixel: 1 inside any of the boxes. */
export function masked(image: PixelImage, boxes: readonly Box[]): Uint8Array {
  return coverMask(
    image,
    boxes.map((box) => ({ kinds: [], box, polygon: boxPolygon(box) })),
  );
}
