/**
 * What `npm run eval -- --only lesions` says of clinical photos without a part of a face: how often text or a tattoo is seen
 * where there is none, and how much of the photo that covers. Needs dist/.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { tattooDetector } from '../dist/detect/tattoo/index.js';
import { textDetector } from '../dist/detect/text/index.js';
import { planRedactions } from '../dist/redact/plan.js';
import { coverage, withInterval } from './measure-faces.mjs';

const SETS = ['face/dermnet', 'negative/dermnet'];
/** The watermark, which is text, stands in what is below; share of the height. */
const ABOVE = 0.6;
/** Of that part, from which on false text hurts. */
const LARGE_FALSE = [0.02, 0.05];

/**
 * @param heldOut (set, images) => those that no model was trained on
 * @returns lines for docs/EVALUATION.md
 */
export async function measureLesions(data, heldOut) {
  const [text, tattoo] = [textDetector(), tattooDetector()];
  const all = [];
  for (const set of SETS) {
    const { images } = JSON.parse(readFileSync(join(data, set, 'labels.json'), 'utf8'));
    for (const { file } of heldOut(set, images).filter((image) => image.class === 'none')) {
      const pixels = sharp(join(data, set, file)).autoOrient().removeAlpha().toColourspace('srgb').raw();
      const { data: bytes, info } = await pixels.toBuffer({ resolveWithObject: true });
      const { width, height } = info;
      const frame = { width, height, channels: 3, data: bytes };
      const share = async (detector, [w, h]) => {
        const { detections } = await detector.examine(frame);
        const plan = planRedactions(detections, frame, { keep: [], allowFaceInKeep: false });
        return coverage(
          [0, 0, w, h],
          plan.redactions.map(({ polygon }) => polygon),
        );
      };
      all.push({
        file,
        text: await share(text, [width, ABOVE * height]),
        tattoo: await share(tattoo, [width, height]),
      });
    }
  }
  const told = (name, isFalse) => {
    const photos = all.filter(isFalse).map(({ file }) => `\`${file}\``);
    return `${name}: ${withInterval(all.map(isFalse))}${photos.length > 0 ? `: ${photos.join(', ')}` : ''}`;
  };
  return [
    `${all.length} held-out photos of ${SETS.join(' and ')} without any part of a face`,
    ...LARGE_FALSE.map((most) =>
      told(`text over more than ${most * 100} % above the lower two fifths`, ({ text }) => text > most),
    ),
    told('a tattoo', ({ tattoo }) => tattoo > 0),
  ];
}
