/**
 * `npm run tool bench/page.ts -- [--rounds 5]`: how long a person waits for the local page's server, warm, for a photo
 * of 12 megapixels and one of 800 × 600, in seconds of real time: from the photo's arrival to its shapes and the
 * picture under them, to the thorough look, to the score after a change, to the result of the full check. The browser's
 * own time is not included. Needs the built package and an idle machine.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { toolArguments } from '../scripts/support/arguments.ts';
import { z } from 'zod';
import { Channel } from '../dist/review/channel/open-channel.js';
import { MAIN } from '../scripts/support/root.ts';
import { median } from './support/measured-run.ts';
import { makePhotos } from './support/photos.ts';

const SIZES = { '12 megapixels': { width: 4032, height: 3024 }, '800 × 600': { width: 800, height: 600 } };
/** The parts of the server's answers that are read. */
const VIEW = z.looseObject({ id: z.string() });
const READY = z.looseObject({
  looks: z.number(),
  autoShapes: z.array(z.unknown()),
  opened: z.record(z.string(), z.unknown()),
});

const { values } = toolArguments(import.meta.url, { options: { rounds: { type: 'string', default: '5' } } });
const folder = mkdtempSync(join(tmpdir(), 'image-deid-page-'));
const server = spawn(process.execPath, [MAIN, 'review', '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [address] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  const { origin, hash } = new URL(address);
  const channel = await Channel.open(`${origin}/api`, hash.slice(1), globalThis.fetch);
  const call = async (method: string, path: string, body?: Buffer | string): Promise<unknown> => {
    const content =
      body === undefined ? {} : { body: new Uint8Array(typeof body === 'string' ? Buffer.from(body) : body) };
    const answer = await channel.call(`/photos${path}`, { method, ...content });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.headers.get('content-type')?.includes('json') ? await answer.json() : answer.arrayBuffer();
  };
  for (const [title, size] of Object.entries(SIZES)) {
    const photos = mkdtempSync(join(folder, 'photos-'));
    await makePhotos(photos, Number(values.rounds) + 1, size);
    const waited: Record<string, number[]> = {};
    for (const [round, name] of readdirSync(photos).entries()) {
      const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
        const start = performance.now();
        const result = await work();
        // The first photo warms the process up.
        if (round > 0) (waited[what] ??= []).push((performance.now() - start) / 1000);
        return result;
      };
      const bytes = readFileSync(join(photos, name));
      const { id } = await timed('shapes', async () => {
        const view = VIEW.parse(await call('POST', '', bytes));
        await call('GET', `/${view.id}/before/0`);
        return view;
      });
      const ready = await timed('thorough look', () => call('GET', `/${id}/ready`));
      const { looks, autoShapes: shapes, opened } = READY.parse(ready);
      if (looks !== 1) throw new Error('Expected one thorough look');
      const edit = { shapes, attestNone: [], caption: '', ...opened, style: 'solid' };
      await timed('score after a change', () => call('PUT', `/${id}/edit`, JSON.stringify(edit)));
      await timed('full check', () => call('POST', `/${id}/check`));
      await call('DELETE', `/${id}`);
    }
    console.log(title);
    console.table(
      Object.fromEntries(
        Object.entries(waited).map(([what, seconds]) => [
          what,
          { median: Number(median(seconds).toFixed(2)), longest: Number(Math.max(...seconds).toFixed(2)) },
        ]),
      ),
    );
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
