import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ImageDeidError } from '../core/errors.js';
import { loadModel, type LoadedModel } from './model-store.js';
import type { GreyStrip, PrintReader, ReadWord } from './tesseract-contract.js';
import { readsCorrectly } from './tesseract-proof.js';

/** In models/manifest.json, as are the names of its files. */
export const PRINT_MODEL = 'tesseract';
const CORE = 'tesseract-core-simd-lstm';
const LANGUAGE = 'eng';
const NAME = 'tesseract.js-core 7.0.0';

/** The parts of Emscripten's module and of Tesseract's interface that are used. */
interface Core {
  readonly FS: { writeFile(path: string, content: Uint8Array): void; unlink(path: string): void };
  readonly TessBaseAPI: new () => TesseractApi;
}
interface TesseractApi {
  Init(folder: null, language: string, engine: number): number;
  SetVariable(name: string, value: string): boolean;
  SetImageFile(orientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
  Clear(): void;
}
type StartCore = (settings: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<Core>;

/** LSTM alone; the older engine adapts to what it has read, and its answers would depend on earlier photos. */
const LSTM = 1;
const SETTINGS = {
  /** One line of text. */
  tessedit_pageseg_mode: '7',
  /** What a strip's height stands for; a guess of its own would depend on the strip. */
  user_defined_dpi: '300',
  /** Strips come with dark strokes; what is hardly read would be read once more as its negative. */
  tessedit_do_invert: '0',
  /** Nothing is written to the terminal. */
  debug_file: '/dev/null',
} as const;

let opened: Promise<PrintReader> | undefined;

/** Starts the engine once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openPrintReader(): Promise<PrintReader> {
  return (opened ??= startReader());
}

async function startReader(): Promise<PrintReader> {
  const loaded = await loadModel(PRINT_MODEL);
  const { core, api } = await startEngine(loaded).catch((cause: unknown) => {
    throw unavailable(cause);
  });
  const reader: PrintReader = {
    identity: { id: PRINT_MODEL, sha256: loaded.sha256, engine: NAME },
    read: (strip) => {
      try {
        return readLine(core, api, strip);
      } catch (cause) {
        // WebAssembly that was aborted answers nothing more.
        opened = undefined;
        throw new ImageDeidError({ id: 'error/detector-failed/print-reader', values: {} }, 'detect', {
          cause,
        });
      }
    },
  };
  if (!readsCorrectly(reader)) throw unavailable();
  return reader;
}

function unavailable(cause?: unknown): ImageDeidError {
  return new ImageDeidError({ id: 'error/engine-unavailable/print-reader', values: {} }, 'models', { cause });
}

async function startEngine({ files }: LoadedModel): Promise<{ core: Core; api: TesseractApi }> {
  const [wasmBinary, code, language] = [`${CORE}.wasm`, `${CORE}.cjs`, `${LANGUAGE}.traineddata.gz`].map(
    (path) => files.get(path) ?? new Uint8Array(),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const silent = () => undefined;
  const core = await startOf(code)({ wasmBinary, print: silent, printErr: silent });
  // Emscripten's file system lies in memory.
  core.FS.writeFile(`${LANGUAGE}.traineddata`, await promisify(gunzip)(language));
  const api = new core.TessBaseAPI();
  if (api.Init(null, LANGUAGE, LSTM) !== 0) throw new Error('Expected the language to load but it did not');
  core.FS.unlink(`${LANGUAGE}.traineddata`);
  for (const [name, value] of Object.entries(SETTINGS)) {
    if (!api.SetVariable(name, value)) throw new Error(`Expected a setting ${name} but there is none`);
  }
  return { core, api };
}

/**
 * Runs the very bytes that were compared with the manifest. They get no file system and no network: all that they ask
 * for is a source of random numbers, which Emscripten opens for every program.
 */
function startOf(code: Uint8Array): StartCore {
  const module: { exports: unknown } = { exports: {} };
  const names = ['module', 'exports', 'require', '__filename', '__dirname', 'fetch', 'XMLHttpRequest'];
  const require = createRequire(import.meta.url);
  const given = (name: string): unknown => (name === 'crypto' ? require('node:crypto') : {});
  const run = compileFunction(new TextDecoder().decode(code), names) as (...given: unknown[]) => void;
  run(module, module.exports, given, `${CORE}.cjs`, '');
  return module.exports as StartCore;
}

const INPUT = '/input';

function readLine(core: Core, api: TesseractApi, { width, height, data }: GreyStrip): ReadWord[] {
  const header = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  core.FS.writeFile(INPUT, file);
  try {
    if (api.SetImageFile(1, 0) !== 0)
      throw new Error('Expected the strip to be a picture but it was not read');
    if (api.Recognize(null) !== 0) throw new Error('Expected an answer but there is none');
    return wordsOf(api.GetTSVText(0));
  } finally {
    api.Clear();
    core.FS.unlink(INPUT);
  }
}

/** Of a table with one thing in each line: level, four numbers of order, four of place, confidence, text. */
function wordsOf(table: string): ReadWord[] {
  return table.split('\n').flatMap((line) => {
    const [level, , , , , , , , , , confidence, text = ''] = line.split('\t');
    return level === '5' && text.trim() !== '' ? [{ text, confidence: Number(confidence) / 100 }] : [];
  });
}
