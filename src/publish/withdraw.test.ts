import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputPlace } from './output-place.js';
import { withdraw } from './withdraw.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-withdraw-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('withdraw', () => {
  it('does nothing when there is nothing to move', async () => {
    await withdraw(outputPlace(folder), 'a.png');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fails where it cannot look', async () => {
    writeFileSync(join(folder, 'cleared'), '');
    await expect(withdraw(outputPlace(folder), 'a.png')).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('fails where there is no place to move it to, and leaves it where it lies', async () => {
    mkdirSync(join(folder, 'cleared'));
    writeFileSync(join(folder, 'cleared/a.png'), '');
    await expect(withdraw(outputPlace(folder), 'a.png')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(join(folder, 'cleared'))).toEqual(['a.png']);
  });
});
