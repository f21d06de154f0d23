/**
 * `npm run tool evaluation/measure-covered.ts -- [--names 400]`: what covered regions still give away. How well the
 * place and width of a covered line tell the name under it, and how many bits the colours of a region give away. Needs
 * the built package; the figures are in docs/covered-regions.md.
 */
import sharp from 'sharp';
import { FIRST_NAMES } from '../dist/caption/name-lists.js';
import { composeToolbox } from '../dist/compose.js';
import type { DetectionKind } from '../dist/core/detection.js';
import { boundingBox, boxPolygon, type Polygon } from '../dist/core/geometry.js';
import type { PixelImage } from '../dist/core/image.js';
import { DEFAULT_SETTINGS, inspectImage } from '../dist/pipeline/index.js';
import { reduceToCells } from '../dist/redact/colour-cells.js';
import { rasterise } from '../dist/imaging/rasterise.js';
import { toolArguments } from '../scripts/support/arguments.ts';

const { values } = toolArguments(import.meta.url, { options: { names: { type: 'string', default: '400' } } });
const count = Number(values.names);
/** Size of the label, and where its text begins. */
const [WIDTH, HEIGHT, LEFT, TOP] = [480, 120, 40, 40] as const;
const MARGIN = 2;
/** Draws for each name, and for each prior colour. */
const DRAWS = 4000;
const COLOURS = 1500;

const first = [...FIRST_NAMES];
const names = Array.from(
  { length: count },
  (_, i) => `${first[i % first.length]} ${first[(i * 7 + 211) % first.length]}`,
);

async function labelOf(name: string): Promise<Buffer> {
  const text = await sharp({ text: { text: name, font: 'sans 24', dpi: 72, rgba: true } })
    .png()
    .toBuffer();
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#f4f0ea' } })
    .composite([{ input: text, left: LEFT, top: TOP }])
    .png()
    .toBuffer();
}

/** Start and end of the covered part, in whole pixels. */
type Extent = readonly [start: number, end: number];

/** From the left end of the leftmost polygon to the right end of the rightmost, in whole pixels. */
function extentOf(polygons: readonly Polygon[], margin: number): Extent {
  const boxes = polygons.map((polygon) => boundingBox(polygon));
  const start = Math.floor(Math.min(...boxes.map(({ x }) => x)) - margin);
  return [start, Math.ceil(Math.max(...boxes.map(({ x, width }) => x + width)) + margin)];
}

/** What extents tell an attacker who has seen the same list of names covered in the same way. */
function told(extents: readonly Extent[]) {
  const classes = new Map<string, number>();
  for (const extent of extents) classes.set(extent.join(), (classes.get(extent.join()) ?? 0) + 1);
  const bits = [...classes.values()].reduce((sum, n) => sum - (n / count) * Math.log2(n / count), 0);
  // Guesses the length of a name from the other names whose extents are most similar.
  const known = extents.map((extent, i) => ({ extent, letters: names[i]?.length ?? NaN }));
  const errors = known.map((own, i) => {
    const others = known
      .filter((_, j) => j !== i)
      .map(({ extent: [start, end], letters }) => ({
        letters,
        distance: Math.abs(start - own.extent[0]) + Math.abs(end - own.extent[1]),
      }));
    const least = Math.min(...others.map(({ distance }) => distance));
    const near = others.filter(({ distance }) => distance === least).map(({ letters }) => letters);
    return Math.abs(own.letters - (near.sort((a, b) => a - b)[Math.floor(near.length / 2)] ?? NaN));
  });
  const share = (most: number) => errors.filter((error) => error <= most).length / count;
  return {
    'different extents': classes.size,
    'bits of the name': Number(bits.toFixed(2)),
    'name guessed': percent(classes.size / count),
    'letters counted exactly': percent(share(0)),
    'or off by one': percent(share(1)),
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const toolbox = await composeToolbox();
const before: Extent[] = [];
const after: Extent[] = [];
/** The width of what is covered, divided by the width of the line. */
const covered: number[] = [];
let missed = 0;
for (const name of names) {
  const { detections, redactions } = await inspectImage(await labelOf(name), DEFAULT_SETTINGS, toolbox);
  const lines = detections.filter(({ kind }) => kind === 'text').map(({ polygon }) => polygon);
  const line = lines.length === 0 ? undefined : extentOf(lines, MARGIN);
  const region =
    line &&
    extentOf(
      redactions.map(({ polygon }) => polygon),
      0,
    );
  before.push(line ?? [0, 0]);
  after.push(region ?? [0, 0]);
  if (line && region) covered.push((region[1] - region[0]) / (line[1] - line[0]));
  else missed++;
}
console.log(`${count} names, ${missed} not found`);
console.table({ 'as wide as the line': told(before), 'to full steps': told(after) });
console.log(`covered ${(covered.reduce((a, b) => a + b, 0) / covered.length).toFixed(2)} times as wide`);

type Colour = readonly [red: number, green: number, blue: number];

/** How many bits one cell's colours give away about what is under a region, and how often a level is guessed. */
function colourBits(
  kind: DetectionKind,
  level: number,
  priors: readonly Colour[],
): { readonly bits: number; readonly right: number } {
  const side = 16;
  const box = { x: 0, y: 0, width: side, height: side };
  const redaction = { kinds: [kind], box, polygon: boxPolygon(box) };
  const mask = rasterise(redaction.polygon, { width: side, height: side });
  const all = new Map<string, number>();
  let [conditional, right] = [0, 0];
  for (const colour of priors) {
    const data = new Uint8Array(side * side * 3).map((_, i) => colour[i % 3] ?? 0);
    const image: PixelImage = { width: side, height: side, channels: 3, data };
    const means = new Map<string, number>();
    for (let draw = 0; draw < DRAWS; draw++) {
      const { colours } = reduceToCells(image, redaction.kinds, mask, Math.random);
      colours.forEach((value, c) => {
        if (Math.floor(value / level) === Math.floor((colour[c] ?? NaN) / level)) right++;
      });
      const key = colours.join();
      means.set(key, (means.get(key) ?? 0) + 1);
    }
    for (const [key, n] of means) {
      conditional -= (n / DRAWS) * Math.log2(n / DRAWS);
      all.set(key, (all.get(key) ?? 0) + n);
    }
  }
  const total = priors.length * DRAWS;
  const whole = [...all.values()].reduce((sum, n) => sum - (n / total) * Math.log2(n / total), 0);
  return { bits: whole - conditional / priors.length, right: right / (total * 3) };
}

const between = (low: number, high: number) => Math.floor(low + Math.random() * (high - low));
const anyColour = (): Colour => [between(0, 256), between(0, 256), between(0, 256)];
const skin = (): Colour => {
  const red = between(60, 240);
  return [red, between(0.65 * red, 0.85 * red), between(0.5 * red, 0.8 * red)];
};
const table: Record<string, Record<string, string | number>> = {};
for (const [kind, cells, level] of [
  ['face', 4, 64],
  ['text', 9, 64],
  ['code', 9, 64],
  ['tattoo', 36, 32],
] as const) {
  const uniform = colourBits(kind, level, Array.from({ length: COLOURS }, anyColour));
  const ofSkin = colourBits(kind, level, Array.from({ length: COLOURS }, skin));
  table[kind] = {
    'cells at most': cells,
    'bits written': cells * 3 * Math.log2(256 / level),
    'of them about any colours': Number((cells * uniform.bits).toFixed(1)),
    'about colours of skin': Number((cells * ofSkin.bits).toFixed(1)),
    'levels read back': percent(uniform.right),
  };
}
console.table(table);
