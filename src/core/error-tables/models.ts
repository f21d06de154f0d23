import * as z from 'zod/mini';
import { inner, plainly, says, text, type ToldTable } from './table.js';

const model = z.strictObject({ model: text });

/** Models, engines and detectors. */
export const MODEL_ERRORS = {
  'error/detector-failed/map-size': says(
    model,
    ({ model }) => `The model ${model} gave a map of an unexpected size`,
  ),
  'error/detector-failed/answer-size': says(
    model,
    ({ model }) => `The model ${model} gave an answer of an unexpected size`,
  ),
  'error/detector-failed/face-answer': plainly('The face model gave an unexpected answer'),
  'error/detector-failed/code-reader': plainly('The code reader failed'),
  'error/detector-failed/print-reader': plainly('The second reader of text failed'),
  'error/detector-failed/surroundings': plainly('The surroundings could not be looked at'),
  'error/detector-failed/onnx': plainly('onnxruntime-node failed to run a model'),
  'error/detector-failed/onnx-type': plainly('Expected float32 from a model but received another type'),
  'error/detector-failed/region': plainly('Expected a region in finite pixels but received none'),
  'error/engine-unavailable/code-reader': plainly('The code reader does not start on this machine'),
  'error/engine-unavailable/print-reader': plainly(
    'The second reader of text does not start on this machine',
  ),
  'error/engine-unavailable/onnx': says(
    z.strictObject({ platform: text, why: inner }),
    ({ platform, why }, to) =>
      `onnxruntime-node cannot be used on ${platform}: ${to.say(why)}. It ships binaries for Linux (glibc) and Windows on x64 and arm64 and for macOS; install image-deid again on such a machine`,
  ),
  'error/model-missing/list': plainly('The list of bundled models cannot be read; install image-deid again'),
  'error/model-mismatch/list': plainly(
    'The list of bundled models is not the one that this build was tested with (SHA-256 differs); install image-deid again',
  ),
  'error/model-missing/package': says(
    z.strictObject({ model: text, package: text }),
    ({ model, package: name }) =>
      `The model ${model} comes with the package ${name}, which is not installed; install image-deid again`,
  ),
  'error/model-mismatch/package': says(
    z.strictObject({ model: text, package: text, expected: text, found: text }),
    ({ model, package: name, expected, found }) =>
      `Expected ${name} ${expected} for the model ${model} but found ${found}`,
  ),
  'error/model-missing/unknown': says(model, ({ model }) => `There is no bundled model "${model}"`),
  'error/model-missing/incomplete': says(
    model,
    ({ model }) => `The model ${model} is not complete; install image-deid again`,
  ),
  'error/model-mismatch/other': says(
    model,
    ({ model }) =>
      `The model ${model} is not the one that was tested (SHA-256 differs); install image-deid again`,
  ),
  'error/model-missing/empty': says(
    model,
    ({ model }) => `The model ${model} is empty; install image-deid again`,
  ),
  'error/model-missing/characters': says(
    model,
    ({ model }) => `The model ${model} has no list of characters; install image-deid again`,
  ),
  'error/model-mismatch/onnx': plainly('onnxruntime-node does not accept the model'),
  'error/model-mismatch/layout': says(
    model,
    ({ model }) => `The model ${model} is not in the expected layout`,
  ),
  'error/model-mismatch/layer': says(
    z.strictObject({ layer: text }),
    ({ layer }) => `Expected another layer than ${layer} in the model`,
  ),
} as const satisfies ToldTable;

/** Why an engine cannot be used. */
export const ENGINE_WORDS = {
  'engine/library': plainly('its native library does not load'),
  'engine/no-computing': plainly('it cannot compute on this machine'),
  'engine/wrong': plainly('it computes wrong numbers on this machine'),
} as const satisfies ToldTable;
