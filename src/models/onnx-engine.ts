import type * as Onnx from 'onnxruntime-node';
import { ImageDeidError } from '../core/errors.js';
import { PROOF_ANSWER, PROOF_INPUT, proofModel } from './onnx-proof.js';
import { engineThreads } from './threads.js';

/** Numbers in row-major order; `data.length` is the product of `dims`. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** A loaded graph. Inputs and outputs go by the names that the graph gives them; all of them are float32. */
export interface OnnxModel {
  /** "onnxruntime-node 1.27.0" */
  readonly engine: string;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Every output by name. @throws {ImageDeidError} detector-failed */
  run(inputs: Readonly<Record<string, FloatTensor>>): Promise<Readonly<Record<string, FloatTensor>>>;
}

let proven: Promise<typeof Onnx> | undefined;

/**
 * Loads a graph for the CPU. The engine first has to compute a known answer, once per process.
 * @param bytes an ONNX file
 * @throws {ImageDeidError} engine-unavailable; model-mismatch when the engine does not accept the graph
 */
export async function openOnnxModel(bytes: Uint8Array): Promise<OnnxModel> {
  const onnx = await provenEngine();
  const session = await openSession(onnx, bytes).catch((cause: unknown) => {
    throw new ImageDeidError({ id: 'error/model-mismatch/onnx', values: {} }, 'models', {
      cause,
    });
  });
  return {
    engine: engineName(onnx),
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (inputs) => runSession(onnx, session, inputs),
  };
}

/** For example "onnxruntime-node 1.27.0". @throws {ImageDeidError} engine-unavailable */
export async function onnxEngineVersion(): Promise<string> {
  return engineName(await provenEngine());
}

function engineName({ env }: typeof Onnx): string {
  return `onnxruntime-node ${env.versions.node ?? env.versions.common}`;
}

function provenEngine(): Promise<typeof Onnx> {
  // The library reads this while it loads; its builds from 1.29 on send telemetry unless told not to.
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  proven ??= proveEngine(() => import('onnxruntime-node'));
  return proven;
}

/**
 * Loads the engine and checks that it squares a small matrix correctly.
 * @param load imports the engine; a parameter so that its failure can be tested
 * @throws {ImageDeidError} engine-unavailable
 */
export async function proveEngine(load: () => Promise<typeof Onnx>): Promise<typeof Onnx> {
  const onnx = await load().catch((cause: unknown) => {
    throw unavailable('engine/library', cause);
  });
  const answer = await openSession(onnx, proofModel())
    .then((session) =>
      runSession(onnx, session, { x: { data: Float32Array.from(PROOF_INPUT), dims: [2, 2] } }),
    )
    .catch((cause: unknown) => {
      throw unavailable('engine/no-computing', cause);
    });
  const y = answer['y']?.data;
  if (y?.length !== PROOF_ANSWER.length || !PROOF_ANSWER.every((value, i) => value === y[i])) {
    throw unavailable('engine/wrong');
  }
  return onnx;
}

function unavailable(
  id: 'engine/library' | 'engine/no-computing' | 'engine/wrong',
  cause?: unknown,
): ImageDeidError {
  const why = { id, values: {} };
  return new ImageDeidError(
    { id: 'error/engine-unavailable/onnx', values: { platform: `${process.platform}-${process.arch}`, why } },
    'models',
    { cause },
  );
}

function openSession(onnx: typeof Onnx, bytes: Uint8Array): Promise<Onnx.InferenceSession> {
  return onnx.InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: engineThreads(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // An arena would keep the largest photo's memory for good. A pattern keeps only the plan by which all maps of an
    // input of one size share one block, so that a run asks for memory once and not layer by layer.
    enableCpuMemArena: false,
    enableMemPattern: true,
    logSeverityLevel: 3,
  });
}

async function runSession(
  onnx: typeof Onnx,
  session: Onnx.InferenceSession,
  inputs: Readonly<Record<string, FloatTensor>>,
): Promise<Readonly<Record<string, FloatTensor>>> {
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, dims }]) => [name, new onnx.Tensor('float32', data, dims)]),
  );
  const results = await session.run(feeds).catch((cause: unknown) => {
    throw new ImageDeidError({ id: 'error/detector-failed/onnx', values: {} }, 'detect', {
      cause,
    });
  });
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => {
      if (!(data instanceof Float32Array)) {
        throw new ImageDeidError({ id: 'error/detector-failed/onnx-type', values: {} }, 'detect');
      }
      return [name, { data, dims }];
    }),
  );
}
