import * as z from 'zod/mini';
import { listOf } from '../finding.js';
import { inner, number, plainly, says, text, type ToldTable } from './table.js';

const model = z.strictObject({ model: text });
const attempt = z.strictObject({ engine: text, why: inner });

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
  'error/engine-unavailable/tensorflow': says(
    z.strictObject({ attempts: listOf(attempt) }),
    ({ attempts }, to) =>
      `No engine for TensorFlow.js models works here (${attempts.map(({ engine, why }) => `${engine}: ${to.say(why)}`).join('; ')}); install image-deid again`,
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
  'error/model-mismatch/tensorflow': says(
    z.strictObject({ engine: text, model: text }),
    ({ engine, model }) => `${engine} does not accept the model ${model}`,
  ),
  'error/model-mismatch/layout': says(
    model,
    ({ model }) => `The model ${model} is not in the expected layout`,
  ),
  'error/model-mismatch/layer': says(
    z.strictObject({ layer: text }),
    ({ layer }) => `Expected another layer than ${layer} in the model`,
  ),
} as const satisfies ToldTable;

/** What became of an engine, and why. */
export const ENGINE_WORDS = {
  'engine/not-needed': says(z.strictObject({ engine: text }), ({ engine }) => `not needed, ${engine} works`),
  'engine/works': says(
    z.strictObject({ engine: text, detail: inner }),
    ({ engine, detail }, to) => `${engine}, ${to.say(detail)}, computes a known answer`,
  ),
  'engine/native': plainly('native, its own threads'),
  'engine/simd': plainly('one thread, SIMD'),
  'engine/no-simd': plainly('one thread, no SIMD'),
  'engine/not-tried': says(
    z.strictObject({ node: number }),
    ({ node }) =>
      `not tried: tfjs-node 4.22 calls util.isNullOrUndefined, which Node ${node} and later no longer have; use Node 20 or 22 for it`,
  ),
  'engine/absent': says(
    z.strictObject({ command: text }),
    ({ command }) => `not installed; it is optional and faster: ${command}`,
  ),
  'engine/not-loaded': says(
    z.strictObject({ code: text, package: text }),
    ({ code, package: name }) =>
      `installed, but its native library does not load (${code}). Its install script downloads that library: run "npm rebuild ${name}" where scripts and downloads are allowed, build it with scripts/build-tfjs-node.sh, or remove the package`,
  ),
  'engine/installed-not-started': plainly('installed, but its backend does not start'),
  'engine/installed-wrong': plainly('installed, but it computes wrong numbers on this machine'),
  'engine/wasm-not-started': plainly('its WebAssembly module does not start'),
  'engine/library': plainly('its native library does not load'),
  'engine/no-computing': plainly('it cannot compute on this machine'),
  'engine/wrong': plainly('it computes wrong numbers on this machine'),
  /** For a reason that nobody foresaw. */
  'engine/not-started': plainly('does not start'),
} as const satisfies ToldTable;
