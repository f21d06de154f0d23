/**
 * Figures of `npm run eval -- --only field`: small inputs that the tool once treated wrongly, each an example of a kind,
 * whose README says what is right. Each is treated alone with the built command; whoever mends the tool reads here what
 * is still wrong.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { DETECTION_KINDS } from '../dist/core/detection.js';
import type { Point } from '../dist/core/geometry.js';
import { isInside } from '../dist/imaging/convex.js';
import { ciede2000, srgbToLab } from '../dist/utility/colour-difference.js';
import { MAIN, ROOT } from '../scripts/support/root.ts';
import { adobeRgbToSrgb } from './support/adobe-rgb.ts';
import { answersOf, isSeen, parseLines } from './support/answers.ts';

const RECORD = z.looseObject({
  outcome: z.enum(['cleared', 'review', 'refused']),
  reasons: z.array(z.looseObject({ id: z.string() })),
  error: z.looseObject({ code: z.string() }).optional(),
  found: z.looseObject({ detections: z.partialRecord(z.enum(DETECTION_KINDS), z.number()) }).optional(),
  output: z.looseObject({ name: z.string() }).optional(),
});
const SUMMARY = z.looseObject({ photos: z.number(), beside: z.number().default(0) });

/** What became of one input. */
interface Treated extends z.infer<typeof RECORD> {
  /** Where the written photo lies. */
  readonly path: string | undefined;
}
/** Whether what became of an input is right, and what it was. */
type Verdict = readonly [isRight: boolean, what: string];

/** Nothing but colours is compared there: no noise, no resampling, the full size. */
const FOR_COLOURS = ['--destination', 'clinical'];
/** The middle of the name's first and last letter on `05-fainter-watermark.jpg`. */
const NAME: readonly [Point, Point] = [
  [130, 590],
  [935, 150],
];
const SHARE_OF_NAME = 0.9;
/** Colours of at least this difference are not those that the numbers had before. */
const OTHER_COLOURS = 5;
/** A photo whose brightest tenth is darker than this, of 255, shows nothing. */
const BLACK = 40;

/**
 * @param data the folder of evaluation data
 * @returns lines for docs/EVALUATION.md
 */
export async function measureField(data: string): Promise<string[]> {
  const folder = join(data, 'field');
  if (!existsSync(folder)) return [`not measured: there is no ${folder.slice(data.length + 1)} in the data`];
  const work = mkdtempSync(join(tmpdir(), 'image-deid-field-'));
  try {
    const at = (name: string) => join(folder, name);
    const lines = measureFaint(at('01-faint-face.py'), work);
    const told = (name: string, [isRight, what]: Verdict) => {
      lines.push(`${name}: ${isRight ? 'right' : '**wrong**'}: ${what}`);
    };
    told('a grey lesion that looks like a face', noFace(treat(work, at('03-gray-lesion-as-face.jpg'))));
    told(
      'a name at a few percent of opacity',
      nameCovered(treat(work, at('05-fainter-watermark.jpg')), at('05-fainter-watermark.jpg')),
    );
    told('a scan header with Se = 0', decoded(treat(work, at('06-samsung-bad-sos.jpg'))));
    told(
      'the same file, cut off in the middle',
      refused(treat(work, cutOff(at('06-samsung-bad-sos.jpg'), work))),
    );
    told(
      'Adobe RGB told by EXIF alone',
      await convertedFromAdobe(
        treat(work, at('07-adobergb-by-exif.jpg'), FOR_COLOURS),
        at('07-adobergb-by-exif.jpg'),
      ),
    );
    told(
      'BT.2020 PQ told by cICP',
      await notAsItIs(treat(work, at('08-cicp-pq.png'), FOR_COLOURS), at('08-cicp-pq.png')),
    );
    told('12 bits in a TIFF of 16', await notBlack(treat(work, at('13-12bit-in-16.tif'), FOR_COLOURS)));
    told('a folder from Takeout', onePhoto(at('09-takeout'), work));
    return [...lines, 'a folder that is watched: not measured here, but tested (tests/watch.test.ts)'];
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The faint and dark faces, which a script draws; needs PIL and numpy. */
function measureFaint(script: string, work: string): string[] {
  const samples = join(work, 'samples');
  spawnSync(process.execPath, [join(ROOT, 'samples/make-samples.mjs'), samples]);
  const drawn = join(work, 'faint');
  const { status } = spawnSync('python3', [script, join(samples, 'face-in-one-frame.gif'), drawn]);
  if (status !== 0)
    return ['faint and dark faces: not measured: their script needs python3 with PIL and numpy'];
  return readdirSync(drawn)
    .sort()
    .map((name) => {
      const { outcome, found } = treat(work, join(drawn, name));
      const isCovered = (found?.detections.face ?? 0) > 0;
      const isRight = outcome !== 'cleared' || isCovered;
      return `a face, ${nameOfFaint(name)}: ${isRight ? 'right' : '**wrong**'}: ${outcome}, the face ${isCovered ? '' : 'not '}covered`;
    });
}

function nameOfFaint(name: string): string {
  const [, how, share] = /^(fog|dark)([\d.]+)\.\w+$/.exec(name) ?? [];
  const percent = `${Math.round(Number(share) * 100)} %`;
  return how === 'fog' ? `fogged to ${percent} of its contrast` : `at ${percent} of its brightness`;
}

/** Runs the command over one file. */
function treat(work: string, file: string, options: readonly string[] = []): Treated {
  const out = mkdtempSync(join(work, 'out-'));
  run(file, out, options);
  const record = RECORD.parse(parseLines(readFileSync(join(out, 'ledger.jsonl'), 'utf8'))[0]);
  return { ...record, path: record.output && join(out, record.outcome, record.output.name) };
}

function run(input: string, out: string, options: readonly string[]): void {
  spawnSync(process.execPath, [MAIN, 'run', input, '--out', out, '--log', 'json', ...options], {
    stdio: 'ignore',
  });
}

function said({ outcome, reasons, error }: Treated): string {
  const why = error ? [error.code] : reasons.map(({ id }) => id);
  return why.length > 0 ? `${outcome} (${why.join(', ')})` : outcome;
}

function noFace(photo: Treated): Verdict {
  const faces = photo.found?.detections.face ?? 0;
  return [
    photo.outcome !== 'refused' && (faces === 0 || photo.outcome === 'review'),
    `${said(photo)}, faces covered: ${faces}`,
  ];
}

/** Points along the name must lie in what is covered as text. */
function nameCovered(photo: Treated, file: string): Verdict {
  const [answer] = answersOf(process.execPath, [MAIN, 'inspect', '--json', file]);
  if (!answer || !isSeen(answer)) return [false, said(photo)];
  const [[x, y], [toX, toY]] = NAME;
  const points = Array.from({ length: 41 }, (_, i): Point => [
    x + ((toX - x) * i) / 40,
    y + ((toY - y) * i) / 40,
  ]);
  const covered = points.filter((point) => answer.redactions.some(({ polygon }) => isInside(polygon, point)));
  const share = covered.length / points.length;
  return [share >= SHARE_OF_NAME, `${said(photo)}, ${Math.round(share * 100)} % of its length covered`];
}

function decoded(photo: Treated): Verdict {
  return [photo.outcome !== 'refused', said(photo)];
}

function refused(photo: Treated): Verdict {
  return [photo.outcome === 'refused', said(photo)];
}

function cutOff(file: string, work: string): string {
  const bytes = readFileSync(file);
  const path = join(work, 'cut-off.jpg');
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
  return path;
}

/** Compared with the photo's numbers, read as Adobe RGB (1998), in means of squares that no region covers by half. */
async function convertedFromAdobe(photo: Treated, file: string): Promise<Verdict> {
  if (photo.path === undefined) return [false, said(photo)];
  const right = (await squaresOf(file)).map(adobeRgbToSrgb);
  const difference = median(differences(await squaresOf(photo.path), right));
  return [difference <= 1, `${said(photo)}, ΔE2000 ${difference.toFixed(2)} in the median`];
}

async function notAsItIs(photo: Treated, file: string): Promise<Verdict> {
  if (photo.path === undefined) return [photo.error !== undefined, said(photo)];
  const difference = median(differences(await squaresOf(photo.path), await squaresOf(file)));
  return [
    difference >= OTHER_COLOURS,
    `${said(photo)}, ΔE2000 ${difference.toFixed(2)} in the median from the numbers as they are`,
  ];
}

async function notBlack(photo: Treated): Promise<Verdict> {
  if (photo.path === undefined) return [photo.error !== undefined, said(photo)];
  const bright = (await squaresOf(photo.path)).map((square) => Math.max(...square)).sort((a, b) => a - b);
  const level = bright[Math.floor(bright.length * 0.9)] ?? 0;
  return [level >= BLACK, `${said(photo)}, its brightest tenth from ${Math.round(level)} of 255 on`];
}

function onePhoto(folder: string, work: string): Verdict {
  const out = join(work, 'out-takeout');
  mkdirSync(out);
  run(folder, out, []);
  const { photos, beside } = SUMMARY.parse(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')));
  return [
    photos === 1 && beside === readdirSync(folder).length - 1,
    `${photos} photo, ${beside} files beside it`,
  ];
}

type Colour = readonly [r: number, g: number, b: number];
const ACROSS = 24;

/** Mean numbers of 24 × 24 squares, without any conversion of colours. */
async function squaresOf(file: string): Promise<Colour[]> {
  const { data, info } = await sharp(file, { ignoreIcc: true })
    .removeAlpha()
    .toColourspace('srgb')
    .resize(ACROSS, ACROSS, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Array.from({ length: ACROSS * ACROSS }, (_, i): Colour => {
    const channel = (c: number) => data[i * info.channels + Math.min(c, info.channels - 1)] ?? 0;
    return [channel(0), channel(1), channel(2)];
  });
}

function differences(squares: readonly Colour[], others: readonly Colour[]): number[] {
  return squares.map((square, i) => ciede2000(srgbToLab(...square), srgbToLab(...(others[i] ?? square))));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
