/**
 * What the obvious implementation would cover, in the form of `image-deid inspect --json`: every word that tesseract.js
 * (English) finds in the whole photo.
 *
 *   npm run tool evaluation/tesseract-predictions.ts PHOTO...
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createWorker } from 'tesseract.js';
import { boxPolygon } from '../dist/core/geometry.js';
import { toolArguments } from '../scripts/support/arguments.ts';

const { positionals: photos } = toolArguments(import.meta.url, { allowPositionals: true });

const languages = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
const worker = await createWorker('eng', 1, {
  langPath: join(languages, '4.0.0_best_int'),
  cacheMethod: 'none',
});
for (const file of photos) {
  const start = performance.now();
  const { data: png, info } = await sharp(file).png().toBuffer({ resolveWithObject: true });
  const { data } = await worker.recognize(png, {}, { blocks: true });
  const lines = (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs).flatMap(({ lines }) => lines);
  const boxes = lines
    .flatMap(({ words }) => words)
    .map(({ bbox: { x0, y0, x1, y1 } }) => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 }));
  const answer = {
    file,
    width: info.width,
    height: info.height,
    detections: boxes.map((box) => ({ kind: 'text', box })),
    redactions: boxes.map((box) => ({ kinds: ['text'], box, polygon: boxPolygon(box) })),
    timings: { detect: performance.now() - start },
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await worker.terminate();
