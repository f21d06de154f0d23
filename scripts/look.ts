/**
 * `npm run look PHOTO [FOLDER]`: what every step sees of a photo, as PNGs with a page that shows them in order: the
 * networks' maps laid over what they were shown, what each detector found, what will be covered and what is left of it,
 * and what each check saw in the written photo. Of several frames, only the first is shown.
 *
 * The pictures show what really ran: the pipeline is the tool's own, and this script listens to onnxruntime. Needs
 * dist/. Without a FOLDER it makes a temporary one. The pictures show the photo as it is: they stay with you.
 */
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { composeToolbox } from '../dist/compose.js';
import type { Detection, Redaction } from '../dist/core/detection.js';
import type { Finding } from '../dist/core/finding.js';
import { boxPolygon } from '../dist/core/geometry.js';
import { clipToBox } from '../dist/imaging/convex.js';
import type { PixelImage } from '../dist/core/image.js';
import { loadHandModel } from '../dist/detect/context/hands.js';
import { loadObjectModel } from '../dist/detect/context/objects.js';
import { DEFAULT_SETTINGS, type ProcessedImage, processImage, type Toolbox } from '../dist/pipeline/index.js';
import { reduceToCells } from '../dist/redact/colour-cells.js';
import { rasterise } from '../dist/imaging/rasterise.js';
import type { CheckResult, VerifySubject } from '../dist/verify/contract.js';
import { speakerOf } from '../dist/words/index.js';
import { Album } from './look/album.ts';
import { drawCheck } from './look/checks.ts';
import { drawn, sheet, tilesOf, type Shape } from './look/draw.ts';
import { failUsage, toolArguments } from './support/arguments.ts';
import { traceNetworks, type NetworkRun, type Trace } from './look/trace.ts';

const COLOURS = { face: '#ff2d95', tattoo: '#9d6bff', text: '#2f9bff', code: '#2fd15a' } as const;
const PRIVATE = 0o700;
const speaker = speakerOf('en');
const say = (finding: Finding) => speaker.say(finding);
/** Longer side of a map, and of a line of text laid flat, in pixels. */
const [MAP, LINE] = [600, 240];

interface Steps {
  readonly looks: { readonly id: string; readonly image: PixelImage; readonly found: readonly Detection[] }[];
  readonly checks: { readonly result: CheckResult; readonly subject: VerifySubject }[];
}

/** The same tools, but they note what they were given and what they answered. */
function noting(toolbox: Toolbox, trace: Trace, { looks, checks }: Steps): Toolbox {
  return {
    ...toolbox,
    detectors: toolbox.detectors.map((detector) => ({
      ...detector,
      examine: async (image, mayStay) => {
        trace.step = `detect-${detector.id}`;
        const examination = await detector.examine(image, mayStay);
        looks.push({ id: detector.id, image, found: examination.detections });
        return examination;
      },
    })),
    checks: toolbox.checks.map((check) => ({
      ...check,
      run: async (subject) => {
        trace.step = `check-${check.id}`;
        const result = await check.run(subject);
        checks.push({ result, subject });
        return result;
      },
    })),
  };
}

function shapesOf(detections: readonly Detection[]): Shape[] {
  return detections.map(({ kind, feature, polygon, score, textClass, allowed }) => ({
    polygon,
    colour: COLOURS[kind],
    label: [feature ?? kind, score.toFixed(2), textClass, allowed && 'stays'].filter(Boolean).join(' '),
  }));
}

/** The cells of a region in their places and final colours, without the noise. */
function cellsOf(image: PixelImage, redaction: Redaction): Shape[] {
  const mask = rasterise(redaction.polygon, image);
  if (mask.data.length === 0) return [];
  const { columns, rows, colours } = reduceToCells(image, redaction.kinds, mask, () => 0.5);
  return Array.from({ length: columns * rows }, (_, cell): Shape => {
    const [width, height] = [mask.width / columns, mask.height / rows];
    const [x, y] = [mask.left + (cell % columns) * width, mask.top + Math.floor(cell / columns) * height];
    const fill = `rgb(${[...colours.subarray(cell * 3, cell * 3 + 3)].join(',')})`;
    return { polygon: clipToBox(redaction.polygon, { x, y, width, height }), colour: '#000', fill };
  }).filter(({ polygon }) => polygon.length > 0);
}

async function addMaps(album: Album, runs: readonly NetworkRun[]): Promise<void> {
  for (const model of new Set(runs.map((run) => run.model))) {
    const ofModel = runs.filter((run) => run.model === model);
    const [first] = ofModel;
    if (!first) continue;
    const words = [`${ofModel.length} × ${model}: what it was shown, and what it answered`];
    await album.add(
      `${first.step}-${model}`,
      await sheet(ofModel.flatMap(tilesOf), first.maps.length > 0 ? MAP : LINE),
      words,
    );
  }
}

async function addSurroundings(album: Album, image: PixelImage): Promise<void> {
  const [objects, hands] = [await loadObjectModel(), await loadHandModel()];
  const shapes = [
    ...(await objects.find(image)).map(({ label, box, score }) => ({ name: label, box, score })),
    ...(await hands.find(image)).map(({ pose, box, score }) => ({ name: `hand: ${pose}`, box, score })),
  ].map(({ name, box, score }): Shape => ({
    polygon: boxPolygon(box),
    colour: '#ff9f0a',
    label: `${name} ${score.toFixed(2)}`,
  }));
  await album.add('context', await drawn(image, shapes), ['Things and hands around the lesion']);
}

async function addPlan(album: Album, { examined, fitted, redacted }: ProcessedImage): Promise<void> {
  const [source, covered] = [fitted.image.frames[0]?.pixels, redacted.frames[0]?.pixels];
  if (!source || !covered) throw new Error('Expected a frame but received none');
  const redactions = fitted.redactions[0] ?? [];
  const outlines = redactions.map(({ kinds, polygon }): Shape => ({
    polygon,
    colour: COLOURS[kinds[0] ?? 'text'],
    label: kinds.join(' '),
  }));
  const kept = examined.keptBack.map(({ reason }) => say(reason));
  await album.add('plan', await drawn(source, outlines), ['What will be covered', ...kept]);
  const cells = redactions.flatMap((redaction) => cellsOf(source, redaction));
  await album.add('cells', await drawn(source, cells), ['All that is left of it: cells, before noise']);
  await album.add('redacted', await drawn(covered, []), ['What is written']);
}

async function addChecks(album: Album, runs: readonly NetworkRun[], { checks }: Steps): Promise<void> {
  for (const { result, subject } of checks) {
    const { check, status, details } = result;
    const words = [status, say(details)];
    await addMaps(
      album,
      runs.filter(({ step }) => step === `check-${check}`),
    );
    const picture = await drawCheck(check, subject);
    if (picture) await album.add(`check-${check}`, picture, words);
    else album.tell(`check-${check}`, words);
  }
}

async function look(photo: string, folder: string): Promise<string> {
  const trace = await traceNetworks();
  const steps: Steps = { looks: [], checks: [] };
  const toolbox = noting(await composeToolbox(), trace, steps);
  const staging = { stage: (bytes: Uint8Array) => Promise.resolve(Uint8Array.from(bytes)) };
  const done = await processImage(await readFile(photo), DEFAULT_SETTINGS, toolbox, staging);
  // Drawing runs some networks again.
  const runs = [...trace.runs];

  const album = new Album(folder);
  const [source] = done.examined.source.frames;
  if (!source) throw new Error('Expected a frame but received none');
  const { width, height } = source.pixels;
  await album.add('photo', await drawn(source.pixels, []), [`${width} × ${height}, as it was read`]);
  await addMaps(
    album,
    runs.filter(({ step }) => step.startsWith('detect-')),
  );
  const [first] = steps.looks;
  for (const { id, image, found } of steps.looks) {
    // Only the first frame is shown.
    if (image !== first?.image) break;
    await album.add(`detect-${id}`, await drawn(image, shapesOf(found)), [`${found.length} found`]);
  }
  await addPlan(album, done);
  await addChecks(album, runs, steps);
  const [written] = done.redacted.frames;
  if (written) await addSurroundings(album, written.pixels);
  const { decision, risk } = done;
  album.tell('decision', [decision.outcome, ...decision.reasons.map(say)]);
  for (const when of ['before', 'after'] as const) {
    const reasons = risk.reasons.filter((reason) => reason.when === when);
    const words = reasons.map((reason) => `${reason.probability.toFixed(3)} ${say(reason)}`);
    album.tell(`risk ${when}: ${risk[when].toFixed(3)}`, words);
  }
  return album.finish();
}

const { positionals } = toolArguments(import.meta.url, { allowPositionals: true });
const [photo, given] = positionals;
if (photo === undefined) failUsage(import.meta.url, 'PHOTO is missing');
// npm runs this in the project's folder, whatever folder it was called from.
const from = process.env['INIT_CWD'] ?? process.cwd();
const folder = given === undefined ? await mkdtemp(join(tmpdir(), 'image-deid-look-')) : resolve(from, given);
await mkdir(folder, { recursive: true, mode: PRIVATE });
process.stdout.write(`${await look(resolve(from, photo), folder)}\n`);
