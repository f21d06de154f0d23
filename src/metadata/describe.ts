import { createRequire } from 'node:module';
import { askWorker } from './ask-worker.js';

/** What a photo says about where, when and with what it was taken, for the person sharing it; never stored. */
export interface ShotDescription {
  /** Degrees, north and east positive. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
  /** As the camera wrote it, "2024-03-14T10:02:11", in an unknown zone. */
  readonly taken?: string;
  readonly device?: string;
}

const EXIFR = createRequire(import.meta.url).resolve('exifr');
const HEAP_MIB = 256;
const SECONDS = 3;
const MOST_WORDS = 60;

const WORKER_SOURCE = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const exifr = require(workerData.exifr);
const options = { tiff: true, exif: true, gps: true, xmp: false, icc: false, iptc: false, reviveValues: false };
exifr.parse(workerData.bytes, options).then(
  (found) => parentPort.postMessage(found ? {
    latitude: found.latitude, longitude: found.longitude,
    taken: found.DateTimeOriginal || found.CreateDate || found.ModifyDate, make: found.Make, model: found.Model,
  } : {}),
  () => parentPort.postMessage({}),
);
`;

type Found = Readonly<Record<'latitude' | 'longitude' | 'taken' | 'make' | 'model', unknown>>;

/** Reads the best-known fields with exifr in a thread of its own; empty when there are none or they cannot be read. */
export async function describeShot(bytes: Uint8Array): Promise<ShotDescription> {
  const outcome = await askWorker<Partial<Found>>(WORKER_SOURCE, { exifr: EXIFR, bytes }, SECONDS, HEAP_MIB);
  if (outcome.kind !== 'answer') return {};
  const { latitude, longitude, taken, make, model } = outcome.answer;
  const when = typeof taken === 'string' ? isoTime(taken) : undefined;
  const device = deviceName(make, model);
  return {
    ...(isDegrees(latitude, 90) && isDegrees(longitude, 180) && { place: { latitude, longitude } }),
    ...(when !== undefined && { taken: when }),
    ...(device !== undefined && { device }),
  };
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most;
}

/** EXIF writes "2024:03:14 10:02:11". */
function isoTime(text: string): string | undefined {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text);
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}` : undefined;
}

/** Make and model; the make is left out where the model's name already begins with it, as many cameras write it. */
function deviceName(make: unknown, model: unknown): string | undefined {
  const [maker = '', name = ''] = [make, model].map((word) => (typeof word === 'string' ? word.trim() : ''));
  const isRepeated = name.toLowerCase().startsWith(maker.toLowerCase());
  const words = isRepeated ? name : `${maker} ${name}`.trim();
  // eslint-disable-next-line no-control-regex -- whatever a file holds is shown as text of one line
  return words === '' ? undefined : words.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, MOST_WORDS);
}
