/**
 * `node scripts/measure-covered.mjs [--names 400]`: what covered regions still tell. How well the place and width of a
 * covered line tell the name under it, and how many bits the colours of a region give away. Needs the built package; the
 * figures are in docs/covered-regions.md.
 */
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { FIRST_NAMES } from '../dist/caption/name-lists.js';
import { composeToolbox } from '../dist/compose.js';
import { boundingBox, boxPolygon } from '../dist/core/geometry.js';
import { inspectImage } from '../dist/pipeline/inspect-image.js';
import { DEFAULT_SETTINGS } from '../dist/pipeline/settings.js';
import { reduceToCells } from '../dist/redact/colour-cells.js';
import { rasterise } from '../dist/imaging/rasterise.js';

const { values } = parseArgs({ options: { names: { type: 'string', default: '400' } } });
const count = Number(values.names);
/** Of the label, and where its text begins. */
const [WIDTH, HEIGHT, LEFT, TOP] = [480, 120, 40, 40];
const MARGIN = 2;
/** For each name, and for each prior colour. */
const DRAWS = 4000;
const COLOURS = 1500;

const first = [...FIRST_NAMES];
const names = Array.from(
  { length: count },
  (_, i) => `${first[i % first.length]} ${first[(i * 7 + 211) % first.length]}`,
);

async function labelOf(name) {
  const text = await sharp({ text: { text: name, font: 'sans 24', dpi: 72, rgba: true } })
    .png()
    .toBuffer();
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#f4f0ea' } })
    .composite([{ input: text, left: LEFT, top: TOP }])
    .png()
    .toBuffer();
}

/** From the left end of the leftmost polygon to the right end of the rightmost, in whole pixels. */
function extentOf(polygons, margin) {
  const boxes = polygons.map((polygon) => boundingBox(polygon));
  const start = Math.floor(Math.min(...boxes.map(({ x }) => x)) - margin);
  return [start, Math.ceil(Math.max(...boxes.map(({ x, width }) => x + width)) + margin)];
}

/** What an attacker makes of extents who has seen the same list of names covered in the same way. */
function told(extents) {
  const keyed = extents.map((extent, i) => ({ key: extent.join(), extent, letters: names[i].length }));
  const classes = Map.groupBy
    ? Map.groupBy(keyed, ({ key }) => key)
    : keyed.reduce((map, item) => map.set(item.key, [...(map.get(item.key) ?? []), item]), new Map());
  const bits = [...classes.values()].reduce(
    (sum, { length }) => sum - (length / count) * Math.log2(length / count),
    0,
  );
  // The length of a name by those of the others that look most like it.
  const errors = keyed.map((item, i) => {
    const distance = ({ extent }) =>
      Math.abs(extent[0] - item.extent[0]) + Math.abs(extent[1] - item.extent[1]);
    const others = keyed.filter((_, j) => j !== i);
    const least = Math.min(...others.map(distance));
    const near = others.filter((other) => distance(other) === least).map(({ letters }) => letters);
    return Math.abs(item.letters - near.sort((a, b) => a - b)[Math.floor(near.length / 2)]);
  });
  const share = (most) => errors.filter((error) => error <= most).length / count;
  return {
    'different extents': classes.size,
    'bits of the name': Number(bits.toFixed(2)),
    'name guessed': percent(classes.size / count),
    'letters counted exactly': percent(share(0)),
    'or off by one': percent(share(1)),
  };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

const toolbox = await composeToolbox();
const [before, after, covered] = [[], [], []];
let missed = 0;
const labels = [];
for (const name of names) {
  const label = await labelOf(name);
  labels.push(label);
  const { detections, redactions } = await inspectImage(label, DEFAULT_SETTINGS, toolbox);
  const lines = detections.filter(({ kind }) => kind === 'text').map(({ polygon }) => polygon);
  if (lines.length === 0) missed++;
  before.push(lines.length === 0 ? [0, 0] : extentOf(lines, MARGIN));
  after.push(
    lines.length === 0
      ? [0, 0]
      : extentOf(
          redactions.map(({ polygon }) => polygon),
          0,
        ),
  );
  const width = ([start, end]) => end - start;
  if (lines.length > 0) covered.push(width(after.at(-1)) / width(before.at(-1)));
}
console.log(`${count} names, ${missed} not found`);
console.table({ 'as wide as the line': told(before), 'to full steps': told(after) });
console.log(`covered ${(covered.reduce((a, b) => a + b, 0) / covered.length).toFixed(2)} times as wide`);

/** Information about what is under a region in the colours of one of its cells, in bits, and how often a level is right. */
function colourBits(kind, level, priors) {
  const side = 16;
  const box = { x: 0, y: 0, width: side, height: side };
  const redaction = { kinds: [kind], box, polygon: boxPolygon(box) };
  const mask = rasterise(redaction.polygon, { width: side, height: side });
  const all = new Map();
  let [conditional, right] = [0, 0];
  for (const colour of priors) {
    const data = new Uint8Array(side * side * 3).map((_, i) => colour[i % 3]);
    const image = { width: side, height: side, channels: 3, data };
    const means = new Map();
    for (let draw = 0; draw < DRAWS; draw++) {
      const { colours } = reduceToCells(image, redaction, mask, Math.random);
      colours.forEach((value, c) => {
        if (Math.floor(value / level) === Math.floor(colour[c] / level)) right++;
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

const between = (low, high) => low + Math.random() * (high - low);
const anyColour = () => [0, 1, 2].map(() => Math.floor(between(0, 256)));
const skin = () => {
  const red = between(60, 240);
  return [red, red * between(0.65, 0.85), red * between(0.5, 0.8)].map(Math.floor);
};
const table = {};
for (const [kind, cells, level] of [
  ['face', 4, 64],
  ['text', 9, 64],
  ['code', 9, 64],
  ['tattoo', 36, 32],
]) {
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
