import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadModel, parseManifest, readManifest } from './model-store.js';

describe('the model store', () => {
  it('gives every file of every model of the manifest, unchanged', async () => {
    for (const { id, files } of await readManifest()) {
      const model = await loadModel(id);
      for (const { path, sha256 } of files) {
        const bytes = model.files.get(path) ?? new Uint8Array();
        expect(createHash('sha256').update(bytes).digest('hex'), `${id}: ${path}`).toBe(sha256);
      }
    }
  });

  it('accepts only the list of models that it was built with', async () => {
    const manifest = await readFile(new URL('../../models/manifest.json', import.meta.url));
    expect(parseManifest(manifest)).toEqual(await readManifest());
    const swapped = manifest.toString().replace(/[0-9a-f]{64}/, '0'.repeat(64));
    for (const other of [swapped, `${manifest.toString()} `, '{', '']) {
      expect(() => parseManifest(Buffer.from(other))).toThrow(
        'is not the one that this build was tested with',
      );
    }
  });

  it('refuses a model that is not bundled', async () => {
    await expect(loadModel('no-such-model')).rejects.toMatchObject({
      code: 'model-missing',
      stage: 'models',
    });
  });
});
