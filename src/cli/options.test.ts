import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsHash } from '../pipeline/index.js';
import { settingsFrom } from './options.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-options-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function config(content: unknown): string {
  const path = join(folder, 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('settingsFrom', () => {
  it('gives the defaults without options', async () => {
    expect(await settingsFrom({})).toEqual(DEFAULT_SETTINGS);
  });

  it('reads a config file, and lets the command line win', async () => {
    const path = config({
      destination: 'professional',
      style: 'solid',
      keep: [[1, 2, 3, 4]],
      attest: ['no-tattoo'],
    });
    expect(await settingsFrom({ config: path, style: 'pixelate' })).toMatchObject({
      destination: 'professional',
      style: 'pixelate',
      keep: [{ x: 1, y: 2, width: 3, height: 4 }],
      attestNone: ['tattoo'],
    });
  });

  it('takes the extent, and hashes the usual one as it did before there was a choice', async () => {
    const wide = await settingsFrom({ config: config({ extent: 'wide' }) });
    expect(wide.extent).toBe('wide');
    expect(settingsHash(wide)).not.toBe(settingsHash(DEFAULT_SETTINGS));
    expect(await settingsFrom({ config: config({ extent: 'wide' }), extent: 'usual' })).toEqual(
      DEFAULT_SETTINGS,
    );
    await expect(settingsFrom({ extent: 'narrow' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('takes a limit of risk that is stricter than the destination, and no other', async () => {
    expect(await settingsFrom({ 'max-risk': 0.05 })).toMatchObject({ maxRisk: 0.05 });
    for (const maxRisk of [0.1, 0, 2, NaN]) {
      await expect(settingsFrom({ 'max-risk': maxRisk })).rejects.toMatchObject({ code: 'usage' });
    }
  });

  it('checks a caption, and refuses one that is not text', async () => {
    const path = join(folder, 'caption.txt');
    writeFileSync(path, 'Mrs Planted, rash for 3 weeks');
    expect((await settingsFrom({ caption: path })).caption).toEqual([{ class: 'name', line: 1 }]);
    writeFileSync(path, Buffer.from([0, 1, 2]));
    await expect(settingsFrom({ caption: path })).rejects.toMatchObject({ code: 'usage' });
    await expect(settingsFrom({ caption: join(folder, 'none') })).rejects.toMatchObject({ code: 'usage' });
  });

  it.each([['{'], [{ destination: 'moon' }], [{ fast: true }], [{ keep: [[1, 2, 3]] }]])(
    'refuses the config %j',
    async (content) => {
      await expect(settingsFrom({ config: config(content) })).rejects.toMatchObject({ code: 'usage' });
    },
  );
});

describe('settingsFrom with text that may stay', () => {
  it('takes patterns and the ruler from the command line and the config', async () => {
    const path = config({ 'allow-text': ['\\d+ mm'] });
    expect(await settingsFrom({ config: path, 'keep-ruler': true })).toMatchObject({
      allowText: ['\\d+ mm'],
      keepRuler: true,
    });
  });

  it('refuses a pattern that is no regular expression', async () => {
    await expect(settingsFrom({ 'allow-text': ['('] })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('--keep', () => {
  it.each(['1,2,3', '1,2,3,0', '-1,2,3,4', '1,2,3,x', '1,,3,4', '1,2,3,4,5', ''])(
    'refuses "%s"',
    async (text) => {
      await expect(settingsFrom({ keep: [text] })).rejects.toThrow(
        `Expected --keep to be regions x,y,width,height in pixels of the upright photo, x and y from 0, width and height above 0 but received "${text}"`,
      );
    },
  );
});
