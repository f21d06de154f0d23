import { join } from 'node:path';
import sharp from 'sharp';
import type { Box, Point } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { squareAt } from './face-marks.ts';
import { skinPatchOf, type SkinPatch } from './skin-patch.ts';
import { readLabels } from './support/labels.ts';
import { rgbOf } from './support/rgb.ts';

/** Photos of heads at known angles, with masks. */
const POSES = 'face/poses';
/** Person, series, and how far the head is turned in degrees: below 0 to one side, above 0 to the other. */
const NAME = /personne(\d\d)([12])\d\dp0(p|-)(\d+)\.jpg$/;
/** The colours that the masks give to skin, an eye, the nose and the mouth, as 0xRRGGBB. */
const [SKIN, EYE, NOSE, MOUTH] = [0xffff00, 0x0000ff, 0x00ffff, 0x00ff00] as const;
/** The distance between the eyes of a face seen from the front, and the width of its box, in distances from eyes to mouth. */
const [EYES, FACE_WIDTH] = [0.95, 1.98] as const;
/** Where the middle of a cheek is, in distances between the eyes: beside the middle of the face, and behind the mouth. */
const [BESIDE, BEHIND] = [0.63, 0.55] as const;
/** Pixels along the side of what the attacker sees. */
const SIDE = 32;

/** A cheek in one photo. */
export interface Cheek {
  readonly name: string;
  readonly series: string;
  readonly pan: number;
  /** In pixels of the photo. */
  readonly width: number;
  readonly patch: SkinPatch;
  readonly image: PixelImage;
  readonly box: Box;
}

/** The cheek on one side in every photo that is turned so that it is seen; features and hair are left out of it. */
export async function cheeksOf(data: string, side: -1 | 1, width: number): Promise<Cheek[]> {
  const cheeks: Cheek[] = [];
  for (const { file } of readLabels(data, POSES).images) {
    const [, name, series, sign, degrees] = NAME.exec(file) ?? [];
    if (name === undefined || series === undefined || degrees === undefined) continue;
    const pan = Number(degrees) * (sign === '-' ? -1 : 1);
    if (pan * side < 0) continue;
    const image = await rgbOf(sharp(join(data, POSES, file)));
    const mask = coloursOf(await rgbOf(sharp(join(data, POSES, file.replace(/jpg$/, 'mask.png')))));
    const [eye, mouth] = [middleOf(mask, image, [EYE]), middleOf(mask, image, [MOUTH])];
    if (!eye || !mouth) continue;
    const tall = Math.abs(mouth[1] - eye[1]);
    const turn = (Math.abs(pan) * Math.PI) / 180;
    const beside = EYES * tall * (BESIDE * Math.cos(turn) + BEHIND * Math.sin(turn));
    const front = middleOf(mask, image, [NOSE, MOUTH]) ?? mouth;
    const box = squareAt(
      [front[0] + SEEN_ON * side * beside, (eye[1] + mouth[1]) / 2 + 0.05 * tall],
      width * FACE_WIDTH * tall,
    );
    cheeks.push({
      name,
      series,
      pan,
      width: FACE_WIDTH * tall,
      patch: onlySkin(skinPatchOf(image, box, [box], SIDE), box, mask, image),
      image,
      box,
    });
  }
  return cheeks;
}

/** On which side of the mouth the cheek of a head turned to the side above 0 is seen: −1 for left in the photo. */
const SEEN_ON = 1;

function coloursOf({ width, height, data }: PixelImage): Uint32Array {
  return Uint32Array.from(
    { length: width * height },
    (_, at) => (data[3 * at]! << 16) | (data[3 * at + 1]! << 8) | data[3 * at + 2]!,
  );
}

function middleOf(mask: Uint32Array, { width }: PixelImage, colours: readonly number[]): Point | undefined {
  let [x, y, all] = [0, 0, 0];
  for (const [at, value] of mask.entries()) {
    if (!colours.includes(value)) continue;
    x += at % width;
    y += Math.floor(at / width);
    all++;
  }
  return all === 0 ? undefined : [x / all, y / all];
}

function onlySkin(patch: SkinPatch, box: Box, mask: Uint32Array, { width }: PixelImage): SkinPatch {
  const seen = patch.seen.map((value, at) => {
    const x = Math.floor(box.x + (((at % SIDE) + 0.5) / SIDE) * box.width);
    const y = Math.floor(box.y + ((Math.floor(at / SIDE) + 0.5) / SIDE) * box.height);
    return value === 1 && mask[y * width + x] === SKIN ? 1 : 0;
  });
  return { ...patch, seen };
}
