import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Server from '../src/review/server/index.js';
import { folderWithSamples, ROOT } from './support/cli.js';
import { openPage, openPhoto } from './support/review-server.js';

let folder: string;
let label: Buffer;

beforeAll(async () => {
  folder = await folderWithSamples();
  label = readFileSync(join(folder, 'samples/name-label.jpg'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a photo in the page', () => {
  it('costs only itself when it kills the process that holds it', async () => {
    const own = await openPage(join(folder, 'state'));
    let last = 0;
    try {
      const view = await openPhoto(own, label);
      const [pid, ...others] = own.workers();
      expect(others).toEqual([]);
      const lost = own.call(`photos/${view.id}/check`, { method: 'POST' });
      process.kill(pid ?? 0, 'SIGKILL');
      const codeOf = async (answer: Promise<Response>) =>
        ((await (await answer).json()) as { code: string }).code;
      expect(await codeOf(lost)).toMatch(/^(crashed|gone)$/);
      expect(await codeOf(own.call(`photos/${view.id}/before/0`))).toBe('gone');
      // The next one is treated as ever, in another process.
      const again = await openPhoto(own, label);
      expect(again.autoShapes).toEqual(view.autoShapes);
      [last = 0] = own.workers();
      expect([last > 0, last === pid]).toEqual([true, false]);
    } finally {
      await own.end();
    }
    // Nothing of it outlives the page.
    expect(() => process.kill(last, 0)).toThrow(/ESRCH/);
  });

  it('is given up when it makes that process hang', async () => {
    let lost = 0;
    const { PhotoProcess } = (await import(
      pathToFileURL(join(ROOT, 'dist/review/server/index.js')).href
    )) as typeof Server;
    const desk = new PhotoProcess(() => lost++, 2);
    try {
      await desk.begin();
      const { pid = 0 } = desk;
      process.kill(pid, 'SIGSTOP');
      await expect(desk.call('open', label, {})).rejects.toMatchObject({ code: 'stopped' });
      await desk.call('drop', 'none');
      expect([lost, desk.pid === pid]).toEqual([1, false]);
    } finally {
      await desk.close();
    }
  });
});
