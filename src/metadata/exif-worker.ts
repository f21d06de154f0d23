import { createRequire } from 'node:module';
import { KeptWorker } from './ask-worker.js';

/** Names of fields by block ("ifd0", "gps", "iptc", …), or why they are not known. Values never leave the thread. */
export type FieldNames =
  | { readonly ok: true; readonly fields: readonly (readonly [block: string, name: string])[]; readonly damaged: boolean }
  | { readonly ok: false; readonly reason: 'unreadable' | 'timeout' }; // prettier-ignore

const EXIFR = createRequire(import.meta.url).resolve('exifr');
const HEAP_MIB = 256;

const WORKER_SOURCE = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => undefined;
const exifr = require(workerData.exifr);
const options = {
  tiff: true, ifd0: true, ifd1: true, exif: true, gps: true, interop: true, iptc: true, icc: true, jfif: true, ihdr: true,
  xmp: false, makerNote: true, userComment: true, multiSegment: true, mergeOutput: false, sanitize: false,
  translateKeys: true, translateValues: false, reviveValues: false,
};
parentPort.on('message', (bytes) => exifr.parse(bytes, options).then(
  (output) => {
    const fields = [];
    let damaged = false;
    for (const [block, content] of Object.entries(output ?? {})) {
      if (block === 'errors') damaged = true;
      else if (content && typeof content === 'object' && !ArrayBuffer.isView(content)) {
        for (const name of Object.keys(content)) fields.push([block, String(name).slice(0, 64)]);
      } else fields.push([block, block]);
    }
    parentPort.postMessage({ ok: true, fields, damaged });
  },
  () => parentPort.postMessage({ ok: false, reason: 'unreadable' }),
));
`;

const reader = new KeptWorker<Uint8Array, FieldNames>(WORKER_SOURCE, { exifr: EXIFR }, HEAP_MIB);

/**
 * Reads field names with exifr in a thread beside this one: exifr follows the file's counts and offsets without a bound,
 * so a hostile block is stopped after `seconds` or when it fills the heap. XMP is not read here.
 */
export async function readFieldNames(bytes: Uint8Array, seconds: number): Promise<FieldNames> {
  const outcome = await reader.ask(bytes, seconds);
  if (outcome.kind === 'answer') return outcome.answer;
  return { ok: false, reason: outcome.kind === 'timeout' ? 'timeout' : 'unreadable' };
}
