/** Part of `npm run eval`: what the second witness of the text checks adds, and how often it is wrong. */
import { join } from 'node:path';
import sharp from 'sharp';
import { boxPolygon, middleOf, type Point, type Polygon } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { textDetector } from '../dist/detect/text/index.js';
import { isInside } from '../dist/imaging/convex.js';
import { isLegible, openTextFinder, openTextReader, openTextWitness } from '../dist/ocr/index.js';
import { withInterval } from './measure-faces.ts';
import { readLabels, TEXT_SETS, type HeldOut } from './support/labels.ts';
import { rgbInput, rgbOf } from './support/rgb.ts';

const CLEAN_SETS = ['face/dermnet', 'negative/dermnet', 'negative/dermoscopy'];
/** What is drawn; each with another size and photo in turn. */
const WORDS = ['Jane Doe', '14.03.1967', 'Patient 4711', 'MILLER'];
const SIZES = [18, 23, 30];
const OPACITIES = [0.1, 0.12, 0.15, 0.2, 0.3];
const COLOURS = { white: '#ffffff', black: '#000000', red: '#e02020', blue: '#2040d0' } as const;
const DIRECTIONS = 8;
/** Where the watermarks of DermNet's photos stand: shares of the width and of the height that are cut off. */
const [LEFT, BELOW] = [0.34, 0.2];
/** The share of a word that has to be covered, as the scorer counts. */
const COVERED = 0.8;
/**
 * Strokes that differ from their ground by as many of its deviations may be legible to a person. A strict bound: of 48
 * pictures in which nobody saw the word, a person could read some from 1.3 on and none below.
 */
const LEGIBLE_FROM = 0.8;
/** As `uncovered-text` counts. */
const [READ_FROM, LEAST_CHARACTERS] = [0.8, 3];

/** @returns lines for docs/EVALUATION.md */
export async function measureWitness(data: string, heldOut: HeldOut, allHeldOut: HeldOut): Promise<string[]> {
  return [
    ...(await measureClean(data, allHeldOut)),
    ...(await measurePlanted(data, allHeldOut)),
    ...(await measureUncovered(data, heldOut)),
    `memory of this process at its most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  ];
}

/** How many photos without text it sends to review by itself, and the time it takes. */
async function measureClean(data: string, allHeldOut: HeldOut): Promise<string[]> {
  const witness = await openTextWitness();
  const lines: string[] = [];
  const all: boolean[] = [];
  let spent = 0;
  for (const set of CLEAN_SETS) {
    const named: string[] = [];
    const wrong: boolean[] = [];
    for (const { file } of allHeldOut(set, readLabels(data, set).images)) {
      const image = await cleanPart(data, set, file);
      const start = performance.now();
      const writing = await witness.look(image);
      spent += performance.now() - start;
      wrong.push(writing.length > 0);
      if (writing.length > 0) named.push(`${file}${writing.some(({ isRead }) => isRead) ? ' (read)' : ''}`);
    }
    all.push(...wrong);
    const names = named.length > 0 ? `: ${named.join(', ')}` : '';
    lines.push(`${set}, without its watermarks: writing seen in ${withInterval(wrong)}${names}`);
  }
  return [
    ...lines,
    `together: ${withInterval(all)}; ${Math.round(spent / all.length)} ms per photo on average`,
  ];
}

/** Faint words on photos of skin: what becomes of each, in the order in which the tool would find it. */
async function measurePlanted(data: string, allHeldOut: HeldOut): Promise<string[]> {
  const [witness, finder, reader] = [await openTextWitness(), await openTextFinder(), await openTextReader()];
  const detector = textDetector();
  await detector.load();
  const grounds = CLEAN_SETS.slice(1).flatMap((set) =>
    allHeldOut(set, readLabels(data, set).images).map(({ file }) => ({ set, file })),
  );
  const lines: string[] = [];
  let turn = 0;
  for (const opacity of OPACITIES) {
    const fates = { covered: 0, check: 0, read: 0, strokes: 0, cleared: 0 };
    const [legible, byWitness] = [{ all: 0, cleared: 0, witness: 0 }, { all: 0 }];
    for (const colour of Object.values(COLOURS)) {
      for (let direction = 0; direction < DIRECTIONS; direction++, turn++) {
        const ground = grounds[(turn * 7) % grounds.length]!;
        const word = await planted(
          await cleanPart(data, ground.set, ground.file),
          turn,
          direction,
          colour,
          opacity,
        );
        const { detections } = await detector.examine(word.image);
        const seen = (await witness.look(word.image)).filter(({ polygon }) => isNear(polygon, word.polygon));
        const isSeen = seen.length > 0;
        if (isSeen) byWitness.all++;
        const fate = await (async () => {
          if (
            isCovered(
              detections.map(({ polygon }) => polygon),
              word.polygon,
            )
          )
            return 'covered';
          for (const polygon of await finder.find(word.image)) {
            if (!isInside(word.polygon, middleOf(polygon))) continue;
            if (isLegible(await reader.read(word.image, polygon), READ_FROM, LEAST_CHARACTERS))
              return 'check';
          }
          if (!isSeen) return 'cleared';
          return seen.some(({ isRead }) => isRead) ? 'read' : 'strokes';
        })();
        fates[fate]++;
        if (word.contrast < LEGIBLE_FROM) continue;
        legible.all++;
        if (isSeen) legible.witness++;
        if (fate === 'cleared') legible.cleared++;
      }
    }
    const all = DIRECTIONS * Object.keys(COLOURS).length;
    lines.push(
      `words ${opacity * 100} % opaque (${all}: 4 colours, 8 directions): covered by detection ${fates.covered}, of the others read by the text networks ${fates.check}, by the witness ${fates.read}, seen by it as strokes ${fates.strokes}, by nobody ${fates.cleared}; the witness alone sees ${byWitness.all}; legible to a person ${legible.all}, of which the witness sees ${legible.witness} and nobody ${legible.cleared}`,
    );
  }
  return lines;
}

/** Labelled words that detection left open: who sees them in the written file. */
async function measureUncovered(data: string, heldOut: HeldOut): Promise<string[]> {
  const [witness, finder, reader] = [await openTextWitness(), await openTextFinder(), await openTextReader()];
  const detector = textDetector();
  await detector.load();
  const lines: string[] = [];
  for (const set of TEXT_SETS) {
    let [words, open, read, added, spent, photos] = [0, 0, 0, 0, 0, 0];
    for (const { file, objects } of heldOut(set, readLabels(data, set).images)) {
      const image = await rgbOf(sharp(join(data, set, file)));
      const covers = (await detector.examine(image)).detections.map(({ polygon }) => polygon);
      const start = performance.now();
      const writing = (await witness.look(image)).filter(({ polygon }) => !isCovered(covers, polygon));
      spent += performance.now() - start;
      photos++;
      const seen: Polygon[] = [];
      for (const polygon of await finder.find(image)) {
        if (isCovered(covers, polygon)) continue;
        if (isLegible(await reader.read(image, polygon), READ_FROM, LEAST_CHARACTERS)) seen.push(polygon);
      }
      for (const { ignore, box, polygon } of objects) {
        if (ignore) continue;
        words++;
        const [x, y, width, height] = box;
        const outline = polygon ?? boxPolygon({ x, y, width, height });
        if (isCovered(covers, outline)) continue;
        open++;
        if (seen.some((each) => isNear(each, outline))) read++;
        else if (writing.some((each) => isNear(each.polygon, outline))) added++;
      }
    }
    lines.push(
      `${set}: of ${words} words detection left ${open} open; the text networks read ${read} of these, the witness sees ${added} of the others; ${Math.round(spent / photos)} ms per photo`,
    );
  }
  return lines;
}

async function cleanPart(data: string, set: string, file: string): Promise<PixelImage> {
  const picture = sharp(join(data, set, file));
  if (!set.endsWith('dermnet')) return rgbOf(picture);
  const { width, height } = await picture.metadata();
  const left = Math.round(width * LEFT);
  return rgbOf(
    picture.extract({ left, top: 0, width: width - left, height: Math.round(height * (1 - BELOW)) }),
  );
}

interface PlantedWord {
  readonly image: PixelImage;
  readonly polygon: Polygon;
  /** Of the strokes to their ground, in deviations of the ground. */
  readonly contrast: number;
}

async function planted(
  ground: PixelImage,
  turn: number,
  direction: number,
  colour: string,
  opacity: number,
): Promise<PlantedWord> {
  const [text, size] = [WORDS[turn % WORDS.length]!, SIZES[turn % SIZES.length]!];
  const { width, height } = ground;
  const degrees = (direction * 360) / DIRECTIONS;
  const svg = (fill: string, share: number) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text transform="translate(${width / 2} ${height / 2}) rotate(${degrees})" text-anchor="middle" y="${size * 0.35}" font-family="DejaVu Sans, Arial, sans-serif" font-size="${size}" fill="${fill}" fill-opacity="${share}">${text}</text></svg>`,
    );
  const laid = await sharp(ground.data, rgbInput(ground))
    .composite([{ input: svg(colour, opacity) }])
    .removeAlpha()
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const image = await rgbOf(sharp(laid));
  const strokes = await sharp(svg('#ffffff', 1)).extractChannel(3).raw().toBuffer();
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const half = [text.length * size * 0.31, size * 0.5] as const;
  const corner = (u: number, v: number): Point => [
    width / 2 + u * half[0] * cos - v * half[1] * sin,
    height / 2 + u * half[0] * sin + v * half[1] * cos,
  ];
  const polygon = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  return { image, polygon, contrast: contrastOf(ground, image, strokes, polygon) };
}

/** The largest over the channels; the ground's deviation is measured after what changes slowly was taken away. */
function contrastOf(ground: PixelImage, image: PixelImage, strokes: Uint8Array, polygon: Polygon): number {
  const around = 9;
  const { width, height, data } = ground;
  const contrasts = [0, 1, 2].map((c) => {
    let [change, ink, squares, count] = [0, 0, 0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!isInside(polygon, [x + 0.5, y + 0.5])) continue;
        const at = (y * width + x) * 3 + c;
        if (strokes[y * width + x]! > 178) {
          change += Math.abs(image.data[at]! - data[at]!);
          ink++;
        }
        let [sum, n] = [0, 0];
        for (let v = Math.max(0, y - around); v <= Math.min(height - 1, y + around); v += 3) {
          for (let u = Math.max(0, x - around); u <= Math.min(width - 1, x + around); u += 3, n++) {
            sum += data[(v * width + u) * 3 + c]!;
          }
        }
        squares += (data[at]! - sum / n) ** 2;
        count++;
      }
    }
    return change / Math.max(1, ink) / (Math.sqrt(squares / Math.max(1, count)) + 2);
  });
  return Math.max(...contrasts);
}

function isCovered(covers: readonly Polygon[], polygon: Polygon): boolean {
  const [middle, steps] = [middleOf(polygon), 8];
  let [hits, all] = [0, 0];
  // Points of an outline's smaller copies: the outline is convex.
  for (const [x, y] of polygon.flatMap((corner, i) =>
    between(corner, polygon[(i + 1) % polygon.length]!, steps),
  )) {
    for (let share = 0.15; share < 1; share += 0.2, all++) {
      const point: Point = [middle[0] + (x - middle[0]) * share, middle[1] + (y - middle[1]) * share];
      if (covers.some((cover) => isInside(cover, point))) hits++;
    }
  }
  return hits / all >= COVERED;
}

function between([ax, ay]: Point, [bx, by]: Point, steps: number): Point[] {
  return Array.from({ length: steps }, (_, i) => [
    ax + ((bx - ax) * i) / steps,
    ay + ((by - ay) * i) / steps,
  ]);
}

/** Whether the middle of one lies in the other. */
function isNear(found: Polygon, word: Polygon): boolean {
  return isInside(found, middleOf(word)) || isInside(word, middleOf(found));
}
