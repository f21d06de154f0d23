import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECKS } from './index.js';

describe('CHECKS', () => {
  it('are the folders on disk, each once', () => {
    const folders = readdirSync(new URL('checks', import.meta.url));
    expect(CHECKS.map(({ id }) => id).sort()).toEqual(folders.sort());
  });
});
