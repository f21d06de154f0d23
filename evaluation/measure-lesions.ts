/**
 * Figures of `npm run eval -- --only lesions` for clinical photos: how often text or a tattoo is seen where there is
 * none, and how much of the photo that covers; how often something in the middle of a photo without a face is covered
 * without a word, and how often a person is asked about a face that is one. Needs dist/.
 */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Detection } from '../dist/core/detection.js';
import type { PixelImage } from '../dist/core/image.js';
import { codeDetector } from '../dist/detect/code/index.js';
import { faceDetector } from '../dist/detect/face/index.js';
import { tattooDetector } from '../dist/detect/tattoo/index.js';
import { textDetector } from '../dist/detect/text/index.js';
import { planRedactions } from '../dist/redact/plan.js';
import { doubtfulCovers } from '../dist/risk/index.js';
import { coverage, withInterval } from './measure-faces.ts';
import { CLINICAL_SETS, readLabels, type HeldOut, type LabelledPhoto } from './support/labels.ts';
import { rgbOf } from './support/rgb.ts';

/** Share of the height that is judged: below it is the watermark, which is text. */
const ABOVE = 0.6;
/** Shares of that part from which false text hurts. */
const LARGE_FALSE = [0.02, 0.05];
/** In dermoscopy there is nothing but a lesion. */
const WITHOUT_LABELS = 'negative/dermoscopy';
/** The inner half of a photo's width and height, and the share of it from which a lesion may be hidden. */
const [MIDDLE, HIDES] = [0.5, 0.01];

interface Measured {
  readonly file: string;
  readonly isDermoscopy: boolean;
  readonly hasFace: boolean;
  /** Shares of the upper part, and of the whole photo, that are covered as text and as tattoos. */
  readonly text: number;
  readonly tattoo: number;
  /** The share of the middle that is covered, for whatever. */
  readonly middle: number;
  /** Kinds in which the tool says that it may have covered the lesion. */
  readonly doubtful: readonly string[];
}

/**
 * @param data the folder of labelled photos
 * @returns lines for docs/EVALUATION.md
 */
export async function measureLesions(data: string, heldOut: HeldOut): Promise<string[]> {
  const detectors = [textDetector(), tattooDetector(), faceDetector(), codeDetector()];
  const measure = async (set: string, { file, class: of = 'none' }: LabelledPhoto): Promise<Measured> => {
    const frame = await rgbOf(sharp(join(data, set, file)).autoOrient());
    const detections: Detection[] = [];
    for (const detector of detectors) detections.push(...(await detector.examine(frame)).detections);
    const only = (kind: Detection['kind']) =>
      plan(
        detections.filter((seen) => seen.kind === kind),
        frame,
      );
    const all = plan(detections, frame);
    const { width, height } = frame;
    const edge = (1 - MIDDLE) / 2;
    return {
      file,
      isDermoscopy: set === WITHOUT_LABELS,
      hasFace: of !== 'none',
      text: coverage([0, 0, width, ABOVE * height], polygonsOf(only('text'))),
      tattoo: coverage([0, 0, width, height], polygonsOf(only('tattoo'))),
      middle: coverage([edge * width, edge * height, MIDDLE * width, MIDDLE * height], polygonsOf(all)),
      doubtful: doubtfulCovers(detections, all, frame),
    };
  };
  const measured: Measured[] = [];
  for (const set of [...CLINICAL_SETS, WITHOUT_LABELS]) {
    for (const photo of heldOut(set, readLabels(data, set).images)) measured.push(await measure(set, photo));
  }
  const without = measured.filter(({ hasFace }) => !hasFace);
  return [
    ...falseThings(without.filter(({ isDermoscopy }) => !isDermoscopy)),
    ...hiddenLesions(without, measured),
  ];
}

function plan(detections: readonly Detection[], frame: PixelImage) {
  return planRedactions(detections, frame, { keep: [], allowFaceInKeep: false }).redactions;
}

function polygonsOf(redactions: ReturnType<typeof plan>) {
  return redactions.map(({ polygon }) => polygon);
}

function falseThings(photos: readonly Measured[]): string[] {
  return [
    `${photos.length} held-out photos of ${CLINICAL_SETS.join(' and ')} without any part of a face`,
    ...LARGE_FALSE.map((most) =>
      told(
        photos,
        `text over more than ${most * 100} % above the lower two fifths`,
        ({ text }) => text > most,
      ),
    ),
    told(photos, 'a tattoo', ({ tattoo }) => tattoo > 0),
  ];
}

function hiddenLesions(without: readonly Measured[], all: readonly Measured[]): string[] {
  const covered = without.filter(({ middle }) => middle >= HIDES);
  const withFace = all.filter(({ hasFace }) => hasFace);
  return [
    told(
      without,
      `of ${without.length} with those of ${WITHOUT_LABELS}, at least ${HIDES * 100} % of the middle covered`,
      ({ middle }) => middle >= HIDES,
    ),
    told(covered, 'of these, covered without a word', ({ doubtful }) => doubtful.length === 0),
    `of photos with a face or a part of one, sent to a person for what is covered in doubt: ${withInterval(withFace.map(({ doubtful }) => doubtful.length > 0))}`,
  ];
}

function told(photos: readonly Measured[], name: string, isSo: (photo: Measured) => boolean): string {
  const files = photos.filter(isSo).map(({ file }) => `\`${file}\``);
  return `${name}: ${withInterval(photos.map(isSo))}${files.length > 0 ? `: ${files.join(', ')}` : ''}`;
}
