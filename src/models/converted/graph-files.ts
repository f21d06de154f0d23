import { z } from 'zod';
import { ImageDeidError } from '../../core/errors.js';
import type { LoadedModel } from '../model-store.js';
import { nodeSchema, type GraphNode } from './graph-nodes.js';

const graphSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string()).length(1), weights: z.array(z.unknown()) }))
    .length(1),
});

/** A TensorFlow.js graph model: its layers, what lies in the file of numbers, and that file. */
export interface GraphFiles {
  readonly nodes: readonly GraphNode[];
  readonly specs: readonly unknown[];
  readonly data: Uint8Array;
}

/**
 * Reads the two files of a bundled graph model: a description in JSON and a file of numbers.
 * @throws {ImageDeidError} model-mismatch when they are not such a model
 */
export function graphFiles({ entry, files }: LoadedModel): GraphFiles {
  const named = (end: string) => [...files].find(([path]) => path.endsWith(end))?.[1];
  const [json, data] = [named('.json'), named('.bin')];
  const graph = json && graphSchema.safeParse(JSON.parse(Buffer.from(json).toString('utf8')));
  if (files.size !== 2 || !data || !graph?.success) {
    throw new ImageDeidError({ id: 'error/model-mismatch/layout', values: { model: entry.id } }, 'models', {
      cause: graph?.error,
    });
  }
  const { modelTopology, weightsManifest } = graph.data;
  return { nodes: modelTopology.node, specs: weightsManifest.flatMap(({ weights }) => weights), data };
}
