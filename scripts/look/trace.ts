import { createHash } from 'node:crypto';
import type { InferenceSession } from 'onnxruntime-node';
import type { PixelImage } from '../../dist/core/image.js';
import { readManifest } from '../../dist/models/model-store.js';
import { onnxEngineVersion } from '../../dist/models/onnx-engine.js';
import type { ProbabilityMap } from '../../dist/imaging/probability-map.js';

/** One run of a network of onnxruntime, as it happened. */
export interface NetworkRun {
  /** The detector or check that ran it. */
  readonly step: string;
  /** Its id in models/manifest.json. */
  readonly model: string;
  /** What it was shown: a tile, a mirror image, a line laid flat. */
  readonly input: PixelImage;
  /** Its answer, by what each map shows; finer and coarser maps of the same thing side by side. */
  readonly maps: readonly (readonly [name: string, map: ProbabilityMap])[];
}

/** Every run since the trace began. */
export interface Trace {
  /** The step at work; the next runs count as its own. */
  step: string;
  readonly runs: readonly NetworkRun[];
}

/** Which outputs are maps of probabilities, and what each of their planes shows. */
const MAPS: Readonly<Record<string, readonly (readonly [output: RegExp, plane: number, name: string])[]>> = {
  'patient-photo-net': [[/^tattoo$/, 0, 'tattoo']],
  'patient-text-net': [[/^text$/, 0, 'text']],
  'patient-face-net': ['face', 'eye', 'nose', 'mouth', 'ear'].map((part, i) => [/^boxes$/, 5 * i, part]),
  centerface: [[/^score$/, 0, 'face']],
  retinaface: [
    [/^score/, 0, 'face'],
    [/^score/, 1, 'face'],
  ],
  'pp-ocrv4-det': [[/./, 0, 'text']],
};

/**
 * Listens to onnxruntime from now on: networks that were loaded before are not heard.
 * @throws {ImageDeidError} engine-unavailable, model-missing, model-mismatch
 */
export async function traceNetworks(): Promise<Trace> {
  const models = new Map<string, { readonly id: string; readonly input: string }>();
  for (const entry of await readManifest()) {
    for (const { sha256 } of entry.files) models.set(sha256, entry);
  }
  // Loads the library in the same way as the tool.
  await onnxEngineVersion();
  const { InferenceSession } = await import('onnxruntime-node');
  const runs: NetworkRun[] = [];
  const trace = { step: 'load', runs };
  const create = InferenceSession.create.bind(InferenceSession);
  const traced = async (bytes: Uint8Array, options: InferenceSession.SessionOptions) => {
    const session = await create(bytes, options);
    const model = models.get(createHash('sha256').update(bytes).digest('hex'));
    if (!model) return session;
    const run = session.run.bind(session);
    const heard = async (feeds: InferenceSession.OnnxValueMapType) => {
      const answers = await run(feeds);
      runs.push({
        step: trace.step,
        model: model.id,
        input: pictureOf(Object.values(feeds)[0], model.input),
        maps: mapsOf(model.id, answers),
      });
      return answers;
    };
    return Object.assign(session, { run: heard });
  };
  Object.assign(InferenceSession, { create: traced });
  return trace;
}

type Value = InferenceSession.OnnxValueMapType[string];

/** The pixels of an input, 1 × 3 × height × width, as the manifest describes it. */
function pictureOf(value: Value | undefined, description: string): PixelImage {
  const { data, dims } = floatsOf(value);
  const [height = 0, width = 0] = dims.slice(-2);
  const plane = width * height;
  const order = description.includes('BGR') ? [2, 1, 0] : [0, 1, 2];
  const toByte = description.includes('ImageNet')
    ? (value: number, c: number) =>
        (value * ([0.229, 0.224, 0.225][c] ?? 0) + ([0.485, 0.456, 0.406][c] ?? 0)) * 255
    : description.includes('−1…1')
      ? (value: number) => (value + 1) * 127.5
      : (value: number) => value;
  const pixels = new Uint8ClampedArray(plane * 3);
  for (const [to, c] of order.entries()) {
    for (let p = 0; p < plane; p++) pixels[p * 3 + to] = toByte(data[c * plane + p] ?? 0, c);
  }
  return { width, height, channels: 3, data: new Uint8Array(pixels.buffer) };
}

function mapsOf(model: string, answers: InferenceSession.OnnxValueMapType): NetworkRun['maps'] {
  return (MAPS[model] ?? []).flatMap(([output, plane, name]) =>
    Object.entries(answers)
      .filter(([key]) => output.test(key))
      .map(([, value]) => {
        const { data, dims } = floatsOf(value);
        const [height = 0, width = 0] = dims.slice(-2);
        const size = width * height;
        return [name, { width, height, data: data.slice(plane * size, (plane + 1) * size) }] as const;
      }),
  );
}

function floatsOf(value: Value | undefined) {
  if (value && 'data' in value && value.data instanceof Float32Array) {
    return { data: value.data, dims: value.dims };
  }
  throw new Error('Expected a tensor of float32 from a network but received something else');
}
