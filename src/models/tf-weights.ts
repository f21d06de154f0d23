import type * as Tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import type { LoadedModel } from './model-store.js';

const groupsSchema = z
  .array(
    z.object({ paths: z.array(z.string()).length(1), weights: z.array(z.looseObject({ name: z.string() })) }),
  )
  .length(1);
const graphSchema = z.object({ modelTopology: z.looseObject({}), weightsManifest: groupsSchema });

/**
 * Turns the files of a bundled TensorFlow.js graph model into what `TfEngine.loadGraphModel` takes.
 * @throws {ImageDeidError} model-mismatch when they are not such a model
 */
export function graphArtifacts(model: LoadedModel): Tf.io.ModelArtifacts {
  const { json, binary } = split(model);
  const { modelTopology, weightsManifest } = parse(graphSchema, json, model);
  return { modelTopology, weightSpecs: specsOf(weightsManifest), weightData: binary };
}

/** The model's two files: a description in JSON and a file of numbers. */
function split(model: LoadedModel): { json: unknown; binary: ArrayBuffer } {
  const entries = [...model.files];
  const json = entries.find(([path]) => path.endsWith('.json'))?.[1];
  const binary = entries.find(([path]) => path.endsWith('.bin'))?.[1];
  if (entries.length !== 2 || !json || !binary) throw mismatch(model);
  return { json: JSON.parse(Buffer.from(json).toString('utf8')), binary: Uint8Array.from(binary).buffer };
}

function parse<T>(schema: z.ZodType<T>, json: unknown, model: LoadedModel): T {
  const result = schema.safeParse(json);
  if (!result.success) throw mismatch(model, result.error);
  return result.data;
}

function specsOf(groups: z.infer<typeof groupsSchema>): Tf.io.WeightsManifestEntry[] {
  return groups.flatMap(({ weights }) => weights as unknown as Tf.io.WeightsManifestEntry[]);
}

function mismatch(model: LoadedModel, cause?: unknown): ImageDeidError {
  return new ImageDeidError(
    { id: 'error/model-mismatch/layout', values: { model: model.entry.id } },
    'models',
    {
      cause,
    },
  );
}
