/**
 * Figures of `npm run eval -- --only lesions` for clinical photos without any part of a face: how often text or a
 * tattoo is seen where there is none, and how much of the photo that covers. Needs dist/.
 */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Detector } from '../dist/detect/contract.js';
import { tattooDetector } from '../dist/detect/tattoo/index.js';
import { textDetector } from '../dist/detect/text/index.js';
import { planRedactions } from '../dist/redact/plan.js';
import { coverage, withInterval } from './measure-faces.ts';
import { CLINICAL_SETS, readLabels, type HeldOut } from './support/labels.ts';
import { rgbOf } from './support/rgb.ts';

/** Share of the height that is judged: below it is the watermark, which is text. */
const ABOVE = 0.6;
/** Shares of that part from which false text hurts. */
const LARGE_FALSE = [0.02, 0.05];

/**
 * @param data the folder of labelled photos
 * @returns lines for docs/EVALUATION.md
 */
export async function measureLesions(data: string, heldOut: HeldOut): Promise<string[]> {
  const [text, tattoo] = [textDetector(), tattooDetector()];
  const all: { readonly file: string; readonly text: number; readonly tattoo: number }[] = [];
  for (const set of CLINICAL_SETS) {
    const photos = heldOut(set, readLabels(data, set).images);
    for (const { file } of photos.filter((photo) => photo.class === 'none')) {
      const frame = await rgbOf(sharp(join(data, set, file)).autoOrient());
      /** The share of the upper part of the photo that is covered for what a detector found. */
      const covered = async (detector: Detector, part: number) => {
        const { detections } = await detector.examine(frame);
        const { redactions } = planRedactions(detections, frame, { keep: [], allowFaceInKeep: false });
        return coverage(
          [0, 0, frame.width, part * frame.height],
          redactions.map(({ polygon }) => polygon),
        );
      };
      all.push({ file, text: await covered(text, ABOVE), tattoo: await covered(tattoo, 1) });
    }
  }
  const told = (name: string, isFalse: (photo: (typeof all)[number]) => boolean) => {
    const photos = all.filter(isFalse).map(({ file }) => `\`${file}\``);
    return `${name}: ${withInterval(all.map(isFalse))}${photos.length > 0 ? `: ${photos.join(', ')}` : ''}`;
  };
  return [
    `${all.length} held-out photos of ${CLINICAL_SETS.join(' and ')} without any part of a face`,
    ...LARGE_FALSE.map((most) =>
      told(`text over more than ${most * 100} % above the lower two fifths`, ({ text }) => text > most),
    ),
    told('a tattoo', ({ tattoo }) => tattoo > 0),
  ];
}
