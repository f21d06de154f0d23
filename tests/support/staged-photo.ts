import { createHash } from 'node:crypto';
import type { PixelImage } from '../../src/core/image.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { formatById } from '../../src/formats/index.js';
import type { LedgerDraft } from '../../src/publish/contract.js';
import { StagingPlace, type StagedPhoto } from '../../src/publish/index.js';

const SIDE = 8;

/** One grey. */
export const greyPixels = (value: number): PixelImage => ({
  width: SIDE,
  height: SIDE,
  channels: 3,
  data: new Uint8Array(SIDE * SIDE * 3).fill(value),
});

export async function greyPng(value: number): Promise<Uint8Array> {
  const image = { format: 'png', frames: [{ pixels: greyPixels(value) }] } as const;
  const encoded = await formatById('png').encode?.(image, { limits: DEFAULT_LIMITS });
  if (!encoded) throw new Error('PNG can be written');
  return encoded;
}

/** A record of what became of a photo, as far as an output folder cares. */
export const draftOf = (outcome: LedgerDraft['outcome']): LedgerDraft => ({
  source: { sha256: 'a'.repeat(64), bytes: 3 },
  outcome,
  reasons: [],
  settings: {
    sha256: 's',
    destination: 'public',
    style: 'blur',
    attestNone: [],
    keepRegions: 0,
    cropToKeep: false,
    allowFaceInKeep: false,
    allowText: 0,
    keepRuler: false,
  },
  models: [],
  timings: {},
});

/**
 * Stages a PNG as a worker does.
 * @param shade of its small view, by which it is told from others
 */
export async function stagePng(staging: string, bytes: Uint8Array, shade = 0): Promise<StagedPhoto> {
  const place = new StagingPlace(staging);
  const read = await place.stage(bytes, 'png');
  if (!Buffer.from(read).equals(bytes)) throw new Error('A fresh read gave something else');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const facts = { sha256, bytes: bytes.length, format: 'png', width: SIDE, height: SIDE, frames: 1 } as const;
  return place.finish(facts, greyPixels(shade), []);
}
