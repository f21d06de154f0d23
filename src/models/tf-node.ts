import { createRequire } from 'node:module';
import type * as Tf from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { TfEngine } from './tf-contract.js';
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
 * @throws {Error} with the reason, and the remedy, as its message
 */
export async function openTfNode(
  node: string = process.versions.node,
  load: (name: string) => unknown = createRequire(import.meta.url),
): Promise<TfEngine> {
  if (Number.parseInt(node, 10) >= FIRST_NODE_WITHOUT) {
    throw new Error(
      `not tried: tfjs-node 4.22 calls util.isNullOrUndefined, which Node ${FIRST_NODE_WITHOUT} and later no longer have; use Node 20 or 22 for it`,
    );
  }
  // Otherwise TensorFlow announces the processor's features on stderr.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const tf = requirePackage(load);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('installed, but its backend does not start');
  if (!computesCorrectly(tf)) throw new Error('installed, but it computes wrong numbers on this machine');
  return {
    id: 'tfjs-node',
    name: `tfjs-node ${tf.version['tfjs-node']}`,
    detail: 'native, its own threads',
    tf,
    loadGraphModel: (artifacts) => tf.loadGraphModel(tf.io.fromMemory(artifacts)),
  };
}

function requirePackage(load: (name: string) => unknown): TfNode {
  try {
    return load(PACKAGE) as TfNode;
  } catch (cause) {
    if (isAbsent(cause)) throw new Error(`not installed; it is optional and faster: ${ADD}`, { cause });
    throw new Error(
      `installed, but its native library does not load (${codeOf(cause)}). Its install script downloads that library: run "npm rebuild ${PACKAGE}" where scripts and downloads are allowed, build it with scripts/build-tfjs-node.sh, or remove the package`,
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
