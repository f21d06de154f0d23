import { createHash } from 'node:crypto';
import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runNode, temporaryFolder } from './support/cli.js';

const MODEL = 'models/patient-photo-net/patient-photo-net.onnx';
let folder: string;

/** What is installed, in a folder where it may be changed. */
beforeAll(async () => {
  folder = await temporaryFolder();
  for (const name of ['dist', 'models', 'package.json'])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const doctor = () => runNode(join(folder, 'dist/cli/main.js'), ['doctor']);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a swapped model', () => {
  // Its code, its network, and what finds the rows that it reads.
  it.each([
    'tesseract/tesseract-core-simd-lstm.cjs',
    'tesseract/tesseract-core-simd-lstm.wasm',
    'tesseract/eng.traineddata.gz',
    'stroke-rows-net/stroke-rows-net.onnx',
  ])('of the witness is not used: %s', async (path) => {
    const file = join(folder, 'models', path);
    const bytes = await readFile(file);
    const other = Buffer.from(bytes);
    other[other.length >> 1]! ^= 1;
    await writeFile(file, other);
    const swapped = await doctor();
    expect([swapped.code, swapped.stdout]).toEqual([
      1,
      expect.stringContaining('is not the one that was tested'),
    ]);
    await rm(file);
    const missing = await doctor();
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('is not complete')]);
    await writeFile(file, bytes);
  });

  it('is not used, even when the list of models was swapped with it', async () => {
    expect((await doctor()).code).toBe(0);
    const model = await readFile(join(folder, MODEL));
    const other = Buffer.from(model);
    other[other.length >> 1]! ^= 1;
    await writeFile(join(folder, MODEL), other);
    const alone = await doctor();
    expect([alone.code, alone.stdout]).toEqual([
      1,
      expect.stringContaining('is not the one that was tested'),
    ]);
    const manifest = join(folder, 'models/manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(sha256(model), sha256(other)));
    const both = await doctor();
    expect([both.code, both.stderr]).toEqual([1, expect.stringContaining('The list of bundled models')]);
  });
});
