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
