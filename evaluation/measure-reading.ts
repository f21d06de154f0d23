/** Part of `npm run eval`: which of two readers reads words better, for the decision in docs/decisions. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';
import { boxPolygon } from '../dist/core/geometry.js';
import { openTextReader } from '../dist/ocr/index.js';
import { textStrips } from '../dist/ocr/strip.js';
import { readLabels, type HeldOut } from './support/labels.ts';
import { rgbInput, rgbOf } from './support/rgb.ts';

const SETS = ['text/incidental', 'text/burned-in'];

/** Words count as the same when their letters and digits are the same, in either case. */
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Reads every labelled held-out word with the tool's reader and with tesseract.js, both on the same flattened strip.
 * @returns lines for docs/EVALUATION.md
 */
export async function measureReading(data: string, heldOut: HeldOut): Promise<string[]> {
  const reader = await openTextReader();
  const languages = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  const tesseract = await createWorker('eng', 1, {
    langPath: join(languages, '4.0.0_best_int'),
    cacheMethod: 'none',
  });
  await tesseract.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE, user_defined_dpi: '300' });
  const lines: string[] = [];
  for (const set of SETS) {
    const right = { own: 0, tesseract: 0 };
    const spent = { own: 0, tesseract: 0 };
    let words = 0;
    for (const { file, objects } of heldOut(set, readLabels(data, set).images)) {
      const image = await rgbOf(sharp(join(data, set, file)));
      for (const { ignore, text, polygon, box } of objects) {
        if (ignore || !text || plain(text) === '') continue;
        words++;
        const [x, y, width, height] = box;
        const outline = polygon ?? boxPolygon({ x, y, width, height });
        let start = performance.now();
        if (plain((await reader.read(image, outline)).text) === plain(text)) right.own++;
        spent.own += performance.now() - start;
        start = performance.now();
        const [strip] = textStrips(image, outline);
        if (!strip) throw new Error('Expected a strip for every outline but there is none');
        const png = await sharp(strip.data, rgbInput(strip)).png().toBuffer();
        if (plain((await tesseract.recognize(png)).data.text) === plain(text)) right.tesseract++;
        spent.tesseract += performance.now() - start;
      }
    }
    const figures = (name: 'own' | 'tesseract') =>
      `${right[name]}/${words} = ${(right[name] / words).toFixed(3)}, ${(spent[name] / words).toFixed(0)} ms per word`;
    lines.push(`${set}: words read right by the tool's reader ${figures('own')}`);
    lines.push(`${set}: by tesseract.js ${figures('tesseract')}`);
  }
  await tesseract.terminate();
  return lines;
}
