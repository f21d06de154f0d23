/**
 * Figures of `npm run eval -- --only faint-text`: faint words on held-out photos of skin, in four colours and eight
 * directions: how many are found in the photo as it is, and how many more in copies with local contrast stretched. The
 * tool does not look at such copies of photos that are not faint as a whole: see decision 22. Needs dist/.
 */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Detection } from '../dist/core/detection.js';
import type { Point } from '../dist/core/geometry.js';
import { textDetector } from '../dist/detect/text/index.js';
import { isInside } from '../dist/imaging/convex.js';
import { contrastNormalised, measureContrast } from '../dist/imaging/local-contrast.js';
import { withInterval } from './measure-faces.ts';
import { readLabels, type HeldOut } from './support/labels.ts';
import { rgbOf } from './support/rgb.ts';

const SET = 'negative/dermnet';
const INKS = ['#000000', '#ffffff', '#1e40b0', '#c02020'];
const DIRECTIONS = [0, 45, 90, 135, 180, 225, 270, 315];
const OPACITIES = [0.12, 0.2, 0.3];
const WORDS = ['MARTHA WEBER', 'Patient 4711', '12.03.1954', 'Jonas Klein'];
/** Height of letters, and side of a tile, in pixels. */
const [HEIGHT, TILE] = [26, 48];
/** Along a word, of which so many have to be covered. */
const [PLACES, FOUND] = [9, 7];

/** @returns lines for docs/EVALUATION.md */
export async function measureFaintText(data: string, heldOut: HeldOut): Promise<string[]> {
  const detector = textDetector();
  const photos = heldOut(
    SET,
    readLabels(data, SET).images.filter((photo) => photo.class === 'none'),
  );
  const lines: string[] = [];
  let turn = 0;
  let [wrong, seen] = [0, 0];
  for (const opacity of OPACITIES) {
    const [alone, both]: [boolean[], boolean[]] = [[], []];
    for (const ink of INKS) {
      for (const degrees of DIRECTIONS) {
        const photo = photos[turn % photos.length];
        const word = WORDS[turn++ % WORDS.length] ?? '';
        if (!photo) continue;
        const bare = sharp(join(data, SET, photo.file)).autoOrient();
        const { width, height } = photo;
        const middle: Point = [width / 2, height * 0.45];
        const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${middle[0]}" y="${middle[1]}" text-anchor="middle" dominant-baseline="central" font-family="sans-serif" font-size="${HEIGHT}" fill="${ink}" fill-opacity="${opacity}" transform="rotate(${degrees} ${middle[0]} ${middle[1]})">${word}</text></svg>`;
        const file = await bare
          .composite([{ input: Buffer.from(svg) }])
          .jpeg({ quality: 92 })
          .toBuffer();
        const image = await rgbOf(sharp(file));
        const length = word.length * HEIGHT * 0.5;
        const isFound = (found: readonly Detection[]) => isCovered(found, middle, length, degrees);
        const first = (await detector.examine(image)).detections;
        const copy = contrastNormalised(image, measureContrast(image, TILE));
        const second = (await detector.examine(copy)).detections;
        alone.push(isFound(first));
        both.push(isFound([...first, ...second]));
        seen++;
        if (second.length > first.length + (isFound(second) && !isFound(first) ? 1 : 0)) wrong++;
      }
    }
    lines.push(
      `opacity ${opacity * 100} %: found ${withInterval(alone)}, with a look at a copy with local contrast stretched ${withInterval(both)}`,
    );
  }
  return [...lines, `pictures in which that look sees more lines than the word: ${wrong}/${seen}`];
}

/** Whether most places along a word lie in detections. */
function isCovered(found: readonly Detection[], [x, y]: Point, length: number, degrees: number): boolean {
  const [across, down] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  let covered = 0;
  for (let i = 0; i < PLACES; i++) {
    const along = ((i + 0.5) / PLACES - 0.5) * length * 0.9;
    const place: Point = [x + along * across, y + along * down];
    if (found.some(({ polygon }) => isInside(polygon, place))) covered++;
  }
  return covered >= FOUND;
}
