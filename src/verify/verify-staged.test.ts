import { describe, expect, it } from 'vitest';
import { ImageDeidError } from '../core/errors.js';
import type { DecodedImage, PixelImage } from '../core/image.js';
import { DEFAULT_LIMITS } from '../core/limits.js';
import type { ContainerPart, MetadataFinding } from '../core/metadata.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import { containerWalk } from './checks/container-walk/index.js';
import { dimensionsMatch } from './checks/dimensions-match/index.js';
import { metadataReread } from './checks/metadata-reread/index.js';
import type { Check, StagedFile, VerifySubject } from './contract.js';
import { verifyStaged } from './verify-staged.js';

const PIXELS: PixelImage = { width: 2, height: 1, channels: 3, data: new Uint8Array(6) };
const ONE: DecodedImage = { format: 'png', frames: [{ pixels: PIXELS }] };
const PART: ContainerPart = { name: 'IDAT', offset: 0, length: 4, allowed: true };

function format(change: Partial<ImageFormatPlugin> = {}): ImageFormatPlugin {
  return {
    id: 'png',
    title: 'PNG',
    extension: 'png',
    sniff: () => true,
    walk: () => [PART],
    decode: () => Promise.resolve(ONE),
    ...change,
  };
}

function staged(change: Partial<VerifySubject> = {}): VerifySubject {
  return {
    staged: new Uint8Array(4),
    format: format(),
    original: ONE,
    cropped: ONE,
    source: ONE,
    detections: [[]],
    redactions: [[]],
    limits: DEFAULT_LIMITS,
    output: ONE,
    ...change,
  };
}

const OK = { id: 'passing/ok', values: {} };
const passing: Check = {
  id: 'passing',
  run: () => Promise.resolve({ check: 'passing', status: 'not-found', details: OK }),
};

describe('verifyStaged', () => {
  const { output: _output, ...file } = staged();
  const run = async (check: Check, change: Partial<StagedFile> = {}) =>
    (await verifyStaged({ ...file, ...change }, [check], () => false)).checks.map(({ check, status }) => [
      check,
      status,
    ]);

  it('gives one result per check, in order', async () => {
    const { checks: results } = await verifyStaged(file, [passing, containerWalk], () => false);
    expect(results.map(({ check }) => check)).toEqual(['passing', 'container-walk']);
  });

  it('stops where a result settles the matter', async () => {
    const { checks: results } = await verifyStaged(
      file,
      [passing, containerWalk],
      ({ check }) => check === 'passing',
    );
    expect(results.map(({ check }) => check)).toEqual(['passing']);
  });

  it('turns what a check throws into could-not-tell, without its message', async () => {
    const throwing: Check = {
      id: 'throwing',
      run: () => {
        throw new Error('/secret/name.jpg');
      },
    };
    const { checks: results } = await verifyStaged(file, [throwing, passing], () => false);
    expect(results).toEqual([
      {
        check: 'throwing',
        status: 'could-not-tell',
        details: { id: 'check/failed', values: { check: 'throwing', stage: 'verify', code: 'internal' } },
      },
      { check: 'passing', status: 'not-found', details: OK },
    ]);
  });

  it('does not accept an answer under another id', async () => {
    expect(await run({ ...passing, id: 'other' })).toEqual([['other', 'could-not-tell']]);
  });

  it('gives could-not-tell when the written file cannot be decoded', async () => {
    const broken = format({
      decode: () => Promise.reject(new ImageDeidError('decode-failed', 'decode', 'broken')),
    });
    expect(await run(dimensionsMatch, { format: broken })).toEqual([['dimensions-match', 'could-not-tell']]);
  });

  it('throws when there is nothing to run', async () => {
    await expect(verifyStaged(file, [], () => false)).rejects.toMatchObject({
      code: 'internal',
      stage: 'verify',
    });
  });
});

describe('container-walk', () => {
  const status = async (walk: ContainerPart[], sniff = true) =>
    (await containerWalk.run(staged({ format: format({ walk: () => walk, sniff: () => sniff }) }))).status;

  it('passes only when all parts are allowed and hold every byte', async () => {
    expect(await status([PART])).toBe('not-found');
    expect(await status([{ ...PART, allowed: false }])).toBe('found');
    expect(await status([{ ...PART, length: 3 }])).toBe('could-not-tell');
    expect(await status([])).toBe('could-not-tell');
    expect(await status([PART], false)).toBe('could-not-tell');
  });

  it('names the parts', async () => {
    const walk = () => [{ ...PART, name: 'tEXt', allowed: false }];
    expect((await containerWalk.run(staged({ format: format({ walk }) }))).details).toEqual({
      id: 'container-walk/parts-left',
      values: { parts: 1, names: ['tEXt'] },
    });
  });
});

describe('metadata-reread', () => {
  const gps: MetadataFinding = { part: 'exif', field: 'GPSLatitude', group: 'place', identifying: true };

  it('finds what identifies and lets the rest pass', async () => {
    const status = async (...findings: MetadataFinding[]) =>
      (await metadataReread(() => Promise.resolve(findings)).run(staged())).status;
    expect(await status()).toBe('not-found');
    expect(await status({ ...gps, identifying: false })).toBe('not-found');
    expect(await status(gps)).toBe('found');
  });

  it('gives could-not-tell when the reader throws', async () => {
    const check = metadataReread(() => Promise.reject(new Error('x')));
    const { checks: results } = await verifyStaged(staged(), [check], () => false);
    expect(results[0]?.status).toBe('could-not-tell');
  });
});

describe('dimensions-match', () => {
  it('compares the number and size of frames', async () => {
    const status = async (output: DecodedImage) => (await dimensionsMatch.run(staged({ output }))).status;
    expect(await status(ONE)).toBe('not-found');
    expect(await status({ ...ONE, frames: [...ONE.frames, ...ONE.frames] })).toBe('found');
    expect(await status({ ...ONE, frames: [{ pixels: { ...PIXELS, width: 1, height: 2 } }] })).toBe('found');
  });
});
