/** Part of `npm run eval`: which of two readers reads words better, for the decision in docs/decisions. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker } from 'tesseract.js';
import { openTextReader } from '../dist/ocr/index.js';
import { textStrips } from '../dist/ocr/strip.js';

const SETS = ['text/incidental', 'text/burned-in'];

/** Words are the same when their letters and digits are, whatever their case. */
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Reads every labelled held-out word with the tool's reader and with tesseract.js, both on the same flattened strip.
 * @param heldOut gives the held-out ones of a set's images
 */
export async function measureReading(data, heldOut) {
  const reader = await openTextReader();
  const languages = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  const tesseract = await createWorker('eng', 1, {
    langPath: join(languages, '4.0.0_best_int'),
    cacheMethod: 'none',
  });
  // One line.
  await tesseract.setParameters({ tessedit_pageseg_mode: '7', user_defined_dpi: '300' });
  const lines = [];
  for (const set of SETS) {
    const { images } = JSON.parse(readFileSync(join(data, set, 'labels.json'), 'utf8'));
    const right = { own: 0, tesseract: 0 };
    const spent = { own: 0, tesseract: 0 };
    let words = 0;
    for (const { file, objects } of heldOut(set, images)) {
      const { data: pixels, info } = await sharp(join(data, set, file))
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const image = { width: info.width, height: info.height, channels: 3, data: pixels };
      for (const { ignore, text, polygon, box } of objects) {
        if (ignore || !text || plain(text) === '') continue;
        words++;
        const [x, y, w, h] = box;
        const outline = polygon ?? [
          [x, y],
          [x + w, y],
          [x + w, y + h],
          [x, y + h],
        ];
        let start = performance.now();
        if (plain((await reader.read(image, outline)).text) === plain(text)) right.own++;
        spent.own += performance.now() - start;
        start = performance.now();
        const [strip] = textStrips(image, outline);
        const png = await sharp(strip.data, {
          raw: { width: strip.width, height: strip.height, channels: 3 },
        })
          .png()
          .toBuffer();
        if (plain((await tesseract.recognize(png)).data.text) === plain(text)) right.tesseract++;
        spent.tesseract += performance.now() - start;
      }
    }
    const figures = (name) =>
      `${right[name]}/${words} = ${(right[name] / words).toFixed(3)}, ${(spent[name] / words).toFixed(0)} ms per word`;
    lines.push(`${set}: words read right by the tool's reader ${figures('own')}`);
    lines.push(`${set}: by tesseract.js ${figures('tesseract')}`);
  }
  await tesseract.terminate();
  return lines;
}
