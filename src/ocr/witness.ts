import type { Polygon } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { ModelIdentity } from '../models/model-store.js';
import type { GreyStrip, PrintReader, ReadWord } from '../models/tesseract-contract.js';
import { openPrintReader } from '../models/tesseract-engine.js';
import { flatStrip } from './flat-strip.js';
import { countCharacters } from './is-legible.js';
import { openRowFinder, type StrokeRow } from './row-finder.js';

/** Rows of which the finder is less sure than this are not read: skin has some. */
const READ_FROM = 0.3;
/** As sure as this, it is a line of writing even if nobody can read it: 1 % of clinical photos have one (fold 1). */
const SURE = 0.5;
/** At most so many rows of an image are read, the surest first; the others still count as strokes. */
const MOST_ROWS = 4;
/** What the reader's certainty of one word has to be, and how many letters or digits the word needs. */
const [LEGIBLE_FROM, LEAST_CHARACTERS] = [0.6, 3];

/** What the second witness saw: it keeps no text, only whether there was any. */
export interface Writing {
  readonly polygon: Polygon;
  /** Whether a word was read; otherwise there are strokes in a row that cannot be read. */
  readonly isRead: boolean;
}

/** Looks for writing with networks that share neither weights nor method with those of the text detector. */
export interface TextWitness {
  readonly identities: readonly ModelIdentity[];
  /**
   * Lines of writing in the whole image, however faint; an image is looked at once.
   * @param image three channels
   * @throws {ImageDeidError} detector-failed, and what opening the second reader anew throws
   */
  look(image: PixelImage): Promise<readonly Writing[]>;
}

let opened: Promise<TextWitness> | undefined;

/** Loads both networks once per process. @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable */
export function openTextWitness(): Promise<TextWitness> {
  return (opened ??= loadWitness());
}

async function loadWitness(): Promise<TextWitness> {
  const [finder, { identity }] = await Promise.all([openRowFinder(), openPrintReader()]);
  const seen = new WeakMap<PixelImage, Promise<Writing[]>>();
  const look = async (image: PixelImage) => {
    // Opened for every image: after a failure the engine is started anew.
    const reader = await openPrintReader();
    const rows = (await finder.find(image)).filter(({ score }) => score >= READ_FROM);
    return rows.flatMap((row, i) => writingOf(row, i < MOST_ROWS && isReadable(reader, image, row)));
  };
  return {
    identities: [finder.identity, identity],
    look: (image) => {
      const before = seen.get(image);
      if (before) return before;
      const now = look(image);
      seen.set(image, now);
      return now;
    },
  };
}

function writingOf({ polygon, score }: StrokeRow, isRead: boolean): Writing[] {
  return isRead || score >= SURE ? [{ polygon, isRead }] : [];
}

function isReadable(reader: PrintReader, image: PixelImage, { polygon }: StrokeRow): boolean {
  const strip = flatStrip(image, polygon);
  return strip !== undefined && (isLegible(reader.read(strip)) || isLegible(reader.read(turned(strip))));
}

function isLegible(words: readonly ReadWord[]): boolean {
  return words.some(
    ({ text, confidence }) => confidence >= LEGIBLE_FROM && countCharacters(text) >= LEAST_CHARACTERS,
  );
}

/** From the other end: which one is the left one cannot be known. */
function turned(strip: GreyStrip): GreyStrip {
  return { ...strip, data: Uint8Array.from(strip.data).reverse() };
}
