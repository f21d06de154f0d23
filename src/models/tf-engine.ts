import { ImageDeidError } from '../core/errors.js';
import type { EngineFinding } from '../core/error-tables/index.js';
import { EngineError, type TfEngine, type TfEngineId } from './tf-contract.js';
import { openTfNode } from './tf-node.js';
import { openTfWasm } from './tf-wasm.js';

const NOT_STARTED: EngineFinding = { id: 'engine/not-started', values: {} };

/** What became of one engine, for `doctor`. */
export interface TfEngineAttempt {
  readonly id: TfEngineId;
  readonly chosen: boolean;
  readonly why: EngineFinding;
}

/** An engine and how to open it. `open` throws an `EngineError` with the reason. */
export interface TfEngineCandidate {
  readonly id: TfEngineId;
  readonly open: () => Promise<TfEngine>;
}

export interface TfEngineSelection {
  /** Absent when none works. */
  readonly engine: TfEngine | undefined;
  readonly attempts: readonly TfEngineAttempt[];
}

/** Most preferred first. */
const CANDIDATES: readonly TfEngineCandidate[] = [
  { id: 'tfjs-node', open: () => openTfNode() },
  { id: 'tfjs-wasm', open: () => openTfWasm() },
];

let selection: Promise<TfEngineSelection> | undefined;

/**
 * The engine of this process: the native one when it is installed and proves itself, else the embedded one. Opened
 * once. Every record names the chosen engine (`name`); `describeTfEngines` says why it was chosen.
 * @throws {ImageDeidError} engine-unavailable, with every attempt
 */
export async function openTfEngine(): Promise<TfEngine> {
  selection ??= selectTfEngine(CANDIDATES);
  const { engine, attempts } = await selection;
  if (!engine) throw unavailable(attempts);
  return engine;
}

/** Every engine, whether it is in use and why; does not throw when none works. */
export async function describeTfEngines(): Promise<readonly TfEngineAttempt[]> {
  selection ??= selectTfEngine(CANDIDATES);
  return (await selection).attempts;
}

/**
 * One particular engine, proven. For comparing engines, each in its own process: two would share tfjs-core's state.
 * @throws {ImageDeidError} engine-unavailable
 */
export async function openTfEngineById(id: TfEngineId): Promise<TfEngine> {
  selection ??= selectTfEngine(CANDIDATES.filter((candidate) => candidate.id === id));
  const { engine, attempts } = await selection;
  if (engine?.id === id) return engine;
  throw unavailable(attempts);
}

/** Opens candidates in order until one works; the ones after it are not opened. */
export async function selectTfEngine(candidates: readonly TfEngineCandidate[]): Promise<TfEngineSelection> {
  const attempts: TfEngineAttempt[] = [];
  let engine: TfEngine | undefined;
  for (const { id, open } of candidates) {
    if (engine) {
      attempts.push({ id, chosen: false, why: { id: 'engine/not-needed', values: { engine: engine.name } } });
      continue;
    }
    try {
      engine = await open();
      attempts.push({
        id,
        chosen: true,
        why: { id: 'engine/works', values: { engine: engine.name, detail: engine.detail } },
      });
    } catch (error) {
      attempts.push({ id, chosen: false, why: error instanceof EngineError ? error.why : NOT_STARTED });
    }
  }
  return { engine, attempts };
}

function unavailable(attempts: readonly TfEngineAttempt[]): ImageDeidError {
  return new ImageDeidError(
    {
      id: 'error/engine-unavailable/tensorflow',
      values: { attempts: attempts.map(({ id, why }) => ({ engine: id, why })) },
    },
    'models',
  );
}
