import { createRequire } from 'node:module';
import type * as Tf from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { EngineError, type TfEngine } from './tf-contract.js';
import { computesCorrectly } from './tf-proof.js';

/** The slice of the optional package that is used; it carries its own copy of tfjs-core. */
type TfNode = typeof Tf & {
  readonly version: Readonly<Record<'tfjs-node', string>>;
  loadGraphModel(handler: Tf.io.IOHandler): Promise<GraphModel>;
};

const PACKAGE = '@tensorflow/tfjs-node';
/** The first version of Node without util.isNullOrUndefined, which tfjs-node 4.22 calls on every write. */
const FIRST_NODE_WITHOUT = 23;
const ADD = `npm install ${PACKAGE}@4.22.0`;

/**
 * The native engine, when its optional package is installed beside this one.
 * @param node the running version, "20.19.0"
 * @param load requires the package; a parameter so that its failure can be tested
 * @throws {EngineError} with the reason, and the remedy
 */
export async function openTfNode(
  node: string = process.versions.node,
  load: (name: string) => unknown = createRequire(import.meta.url),
): Promise<TfEngine> {
  if (Number.parseInt(node, 10) >= FIRST_NODE_WITHOUT) {
    throw new EngineError({ id: 'engine/not-tried', values: { node: FIRST_NODE_WITHOUT } });
  }
  // Otherwise TensorFlow announces the processor's features on stderr.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const tf = requirePackage(load);
  if (!(await tf.setBackend('tensorflow')))
    throw new EngineError({ id: 'engine/installed-not-started', values: {} });
  if (!computesCorrectly(tf)) throw new EngineError({ id: 'engine/installed-wrong', values: {} });
  return {
    id: 'tfjs-node',
    name: `tfjs-node ${tf.version['tfjs-node']}`,
    detail: { id: 'engine/native', values: {} },
    tf,
    loadGraphModel: (artifacts) => tf.loadGraphModel(tf.io.fromMemory(artifacts)),
  };
}

function requirePackage(load: (name: string) => unknown): TfNode {
  try {
    return load(PACKAGE) as TfNode;
  } catch (cause) {
    if (isAbsent(cause)) throw new EngineError({ id: 'engine/absent', values: { command: ADD } }, { cause });
    throw new EngineError(
      { id: 'engine/not-loaded', values: { code: codeOf(cause), package: PACKAGE } },
      { cause },
    );
  }
}

/** Whether the package itself is missing, rather than something inside it. */
function isAbsent(error: unknown): boolean {
  return codeOf(error) === 'MODULE_NOT_FOUND' && String(error).includes(`'${PACKAGE}'`);
}

/** An error's code; unlike its message, it cannot name the user's folders. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
}
