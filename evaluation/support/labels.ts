import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Folders of labelled photos. */
export const FACE_SETS = ['face/wider', 'face/masks', 'face/clinical'] as const;
export const TATTOO_SETS = ['tattoo/bivtatt', 'tattoo/wild', 'tattoo/studio'] as const;
export const NEGATIVE_SETS = [
  'negative/dermnet',
  'negative/dermoscopy',
  'negative/skin',
  'negative/hands',
] as const;
export const TEXT_SETS = ['text/incidental', 'text/oriented', 'text/burned-in'] as const;
/** Those in which a person labelled every face, every single feature, and that there is none. */
export const CLINICAL_SETS = ['face/dermnet', 'negative/dermnet'] as const;

/** Heads in all poses, each with a mask of its parts. */
export const MASKED_SET = 'face/poses';

/** [x, y, width, height] in pixels. */
const BOX = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type LabelledBox = z.infer<typeof BOX>;

const OBJECT = z.object({
  kind: z.string(),
  box: BOX,
  polygon: z.array(z.tuple([z.number(), z.number()])).optional(),
  /** It does not count whether this one is found. */
  ignore: z.boolean().optional(),
  text: z.string().optional(),
});
export type LabelledObject = z.infer<typeof OBJECT>;

const PHOTO = z.looseObject({
  file: z.string(),
  width: z.number(),
  height: z.number(),
  objects: z.array(OBJECT).default([]),
  class: z.string().optional(),
  /** The file of a mask. */
  mask: z.string().optional(),
  /** The person that it shows. */
  identity: z.string().optional(),
});
export type LabelledPhoto = z.infer<typeof PHOTO>;

const LABELS = z.looseObject({ images: z.array(PHOTO) });
export type Labels = z.infer<typeof LABELS>;

/** The content of `labels.json` of a set of photos. @throws {Error} when it is missing or says something else */
export function readLabels(data: string, set: string): Labels {
  return LABELS.parse(JSON.parse(readFileSync(join(data, set, 'labels.json'), 'utf8')));
}

/** Chooses the photos of a set that no model was trained on. */
export type HeldOut = (set: string, images: readonly LabelledPhoto[]) => LabelledPhoto[];
