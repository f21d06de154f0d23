import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadModel, readManifest } from './model-store.js';

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

  it('refuses a model that is not bundled', async () => {
    await expect(loadModel('no-such-model')).rejects.toMatchObject({
      code: 'model-missing',
      stage: 'models',
    });
  });
});
