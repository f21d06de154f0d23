import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatById } from '../src/formats/index.js';
import {
  checkViewSchema,
  photoViewSchema,
  reasonViewSchema,
  type Edit,
  type PhotoView,
  type Shape,
} from '../src/review/api.js';
import { walkContainer } from '../src/verify/index.js';
import { RunKey } from '../src/publish/run-key.js';
import { folderWithSamples, ROOT, sha256 } from './support/cli.js';
import { ask, editOf, openPage, openPhoto, put, type Page } from './support/review-server.js';

/** Three thorough looks at one large photo take long on a busy machine. */
const PATIENT = { timeout: 600_000 };

let folder: string;
let page: Page;
let label: Buffer;

beforeAll(async () => {
  folder = await folderWithSamples();
  label = readFileSync(join(folder, 'samples/name-label.jpg'));
  page = await openPage(join(folder, 'state'));
});
afterAll(async () => {
  await page.end();
  await rm(folder, { recursive: true, force: true });
});

const opened = (bytes: Buffer, of = page) => openPhoto(of, bytes);

describe('the page’s server', () => {
  it('lets the page load nothing from outside, and nothing be kept', async () => {
    for (const path of ['/', '/api/session', '/absent']) {
      const { headers } = await ask(`${page.origin}${path}`);
      expect(headers.get('cache-control')).toBe('no-store');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
    }
  });

  it('is bound to the loopback address only', async () => {
    const { port } = new URL(page.origin);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) await expect(ask(`http://${address}:${port}/`)).rejects.toThrow();
    expect(new URL(page.origin).hostname).toBe('127.0.0.1');
  });

  it('refuses what is not a photo, and bodies that are not as they should be', async () => {
    const codeOf = async (path: string, init: Parameters<Page['call']>[1]) => {
      const answer = await page.call(path, init);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await codeOf('photos', { method: 'POST', body: 'no photo' })).toEqual([422, 'not-an-image']);
    expect(await codeOf('photos', { method: 'POST', body: '' })).toEqual([422, 'empty-file']);
    const { id } = await opened(label);
    expect(await codeOf(`photos/${id}/edit`, { method: 'PUT', body: '{' })).toEqual([400, 'bad-request']);
    expect(await codeOf(`photos/${id}/edit`, put('PUT', { shapes: 'all' }))).toEqual([400, 'bad-request']);
    expect((await page.call(`photos/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await codeOf(`photos/${id}/check`, { method: 'POST' })).toEqual([404, 'gone']);
  });
});

describe('opening the browser', () => {
  it('does not show the token to anybody who lists processes, and removes what it wrote', async () => {
    const bin = join(folder, 'bin');
    const told = join(folder, 'told');
    await mkdir(bin);
    // What the system would start: it notes its words, and what the file says.
    const script = `#!/bin/sh\necho "$1" > ${told}.tmp\ncat "\${1#file://}" >> ${told}.tmp\nmv ${told}.tmp ${told}\n`;
    await writeFile(join(bin, 'xdg-open'), script, { mode: 0o755 });
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'review'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, TMPDIR: folder },
    });
    const [address] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    await expect.poll(() => existsSync(told), { timeout: 10_000 }).toBe(true);
    const [words = '', ...page] = readFileSync(told, 'utf8').split('\n');
    expect(words).toMatch(/^file:\/\/.*open\.html$/);
    expect(page.join('')).toContain(address);
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
    expect(existsSync(words.slice('file://'.length))).toBe(false);
  });
});

describe('one photo', () => {
  it('is written with what a person covers, and nothing else of the source', async () => {
    const view = await opened(label);
    expect(view.autoShapes.every(({ kinds }) => kinds.includes('text'))).toBe(true);
    const added = {
      id: 'mine',
      kinds: ['other' as const],
      polygon: [
        [600, 400],
        [780, 400],
        [690, 590],
      ] as [number, number][],
    };
    const edit = editOf(view, { shapes: [...view.autoShapes, added] });
    const edited = await page.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', edit));
    expect(edited.risk.after).toBeLessThan(edited.risk.before);
    const before = await sharp(
      Buffer.from(await (await page.call(`photos/${view.id}/before/0`)).arrayBuffer()),
    )
      .raw()
      .toBuffer();
    const after = await sharp(Buffer.from(await (await page.call(`photos/${view.id}/after/0`)).arrayBuffer()))
      .raw()
      .toBuffer();
    expect(after).toHaveLength(before.length);
    const check = await page.view(`photos/${view.id}/check`, checkViewSchema, { method: 'POST' });
    expect([check.outcome, check.reasons]).toEqual(['cleared', []]);
    const saved = await page.call(`photos/${view.id}/save`, put('POST', { hasLooked: false }));
    expect(saved.status).toBe(200);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{16}\.jpg"$/);
    const bytes = Buffer.from(await saved.arrayBuffer());
    expect(walkContainer(bytes, formatById('jpeg')).status).toBe('not-found');
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([view.width, view.height]);
    // Solid grey, but for what JPEG makes of it: at the middle of the added triangle.
    const middle = [...data.subarray((450 * info.width + 690) * 3, (450 * info.width + 690) * 3 + 3)];
    for (const value of middle) expect(Math.abs(value - 128)).toBeLessThanOrEqual(2);
  });

  it('is held back when something found is uncovered; an override needs a reason and is recorded, without a name', async () => {
    const view = await opened(label);
    const shown = await page.view(
      `photos/${view.id}/edit`,
      photoViewSchema,
      put('PUT', editOf(view, { shapes: [] })),
    );
    expect(shown.risk.reasonsAfter.map(({ id }) => id)).toContain('shown-text');
    const save = (value: object) => page.call(`photos/${view.id}/save`, put('POST', value));
    expect((await save({ hasLooked: true })).status).toBe(409);
    expect((await save({ hasLooked: true, overrideReason: 'short' })).status).toBe(400);
    // What names somebody is not recorded unless that is confirmed; nothing of it is in the answer.
    const naming = 'Mrs Martha Example agreed on 14 March 2024, 06 12 34 56 78';
    const refused = await save({ hasLooked: true, overrideReason: naming });
    const told = await refused.text();
    expect([refused.status, JSON.parse(told)]).toMatchObject([409, { code: 'reason-identifies' }]);
    expect(told).not.toMatch(/Martha|Example|14 March|06 12/);
    expect(existsSync(join(folder, 'state/image-deid/overrides.jsonl'))).toBe(false);
    expect((await save({ hasLooked: true, overrideReason: naming, reasonConfirmed: false })).status).toBe(
      400,
    );
    const { found } = await page.view('reason', reasonViewSchema, put('POST', { reason: naming }));
    expect(found.map((each) => each.class)).toEqual(['name', 'date', 'contact']);
    expect(
      await page.view('reason', reasonViewSchema, put('POST', { reason: 'Invented for a course' })),
    ).toEqual({
      found: [],
    });
    const reason = 'The label is invented for a course';
    expect((await save({ hasLooked: true, overrideReason: reason })).status).toBe(200);
    const [record] = readFileSync(join(folder, 'state/image-deid/overrides.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const key = new RunKey(readFileSync(join(folder, 'state/image-deid/ledger.key'), 'utf8'));
    expect(JSON.parse(record ?? '')).toMatchObject({
      seq: 1,
      overrideReason: reason,
      source: { hmac: key.of('source', sha256(label)) },
    });
    expect(record).not.toContain('name-label');
    expect(record).not.toContain(sha256(label));
  });

  it('has a price for each thing that a person uncovers: what the risk would be with it covered', async () => {
    const view = await opened(label);
    const change = (changes: Partial<Edit>) =>
      page.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', editOf(view, changes)));
    const covered = await change({});
    const middle = ({ polygon }: Shape) => polygon.reduce((sum, [, y]) => sum + y, 0) / polygon.length;
    const upper = view.autoShapes.filter((shape) => middle(shape) < 120);
    const lower = view.autoShapes.filter((shape) => middle(shape) >= 120);
    const one = await change({ shapes: lower, leftOpen: [upper] });
    expect(one.risk.after).toBeGreaterThan(covered.risk.after);
    expect(one.prices).toEqual([covered.risk.after]);
    const both = await change({ shapes: [], leftOpen: [upper, lower] });
    expect(both.prices[1]).toBe(one.risk.after);
    expect(Math.min(...both.prices)).toBeGreaterThan(covered.risk.after);
  });

  it('counts a person’s statement that nothing else shows, and records it', async () => {
    const view = await opened(label);
    const stating = (attestNone: Edit['attestNone']) =>
      page.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', editOf(view, { attestNone })));
    const silent = await stating([]);
    const stated = await stating(['face', 'tattoo', 'text', 'code']);
    const kinds = (of: PhotoView) =>
      of.risk.reasonsAfter.map(({ id }) => id).filter((id) => /^(missed|looked)-/.test(id));
    expect(kinds(silent).every((id) => id.startsWith('missed-'))).toBe(true);
    expect(kinds(stated).sort()).toEqual(['looked-code', 'looked-face', 'looked-tattoo', 'looked-text']);
    expect(stated.risk.after).toBeLessThan(silent.risk.after);
    const { risk } = await page.view(`photos/${view.id}/check`, checkViewSchema, { method: 'POST' });
    expect(risk.reasonsAfter.map(({ id }) => id)).toContain('looked-text');
    const records = join(folder, 'state/image-deid/overrides.jsonl');
    const lines = () => (existsSync(records) ? readFileSync(records, 'utf8').trim().split('\n') : []);
    const before = lines().length;
    expect((await page.call(`photos/${view.id}/save`, put('POST', { hasLooked: true }))).status).toBe(200);
    expect(lines()).toHaveLength(before + 1);
    const record: unknown = JSON.parse(lines().at(-1) ?? '');
    expect(record).toMatchObject({
      outcome: 'cleared',
      settings: { attestNone: ['code', 'face', 'tattoo', 'text'] },
    });
    expect(record).not.toHaveProperty('overrideReason');
  });

  it('begins with who saw the one before, in a later session too', async () => {
    const remember = async (what: object) => (await page.call('remembered', put('PUT', what))).status;
    expect((await opened(label)).opened.destination).toBe('public');
    expect(await remember({ destination: 'everybody' })).toBe(400);
    expect(await remember({ destination: 'clinical', caption: 'Martha' })).toBe(400);
    expect(await remember({ destination: 'clinical' })).toBe(204);
    const kept = join(folder, 'state/image-deid/page.json');
    expect(readFileSync(kept, 'utf8')).toBe('{"destination":"clinical"}');
    expect(statSync(kept).mode & 0o77).toBe(0);
    const later = await openPage(join(folder, 'state'));
    try {
      expect((await opened(label, later)).opened.destination).toBe('clinical');
      // What somebody else wrote there is not believed.
      await writeFile(kept, '{"destination":"everybody"}');
      expect((await opened(label, later)).opened.destination).toBe('public');
    } finally {
      await later.end();
    }
  });

  it('is covered further when a person chooses so, and the file shows it', async () => {
    const view = await opened(label);
    const wide = await page.view(
      `photos/${view.id}/edit`,
      photoViewSchema,
      put('PUT', editOf(view, { extent: 'wide' })),
    );
    expect(wide.autoShapes.length).toBeGreaterThan(0);
    const heightOf = ({ polygon }: { polygon: readonly (readonly [number, number])[] }) =>
      Math.max(...polygon.map(([, y]) => y)) - Math.min(...polygon.map(([, y]) => y));
    const tallest = (of: PhotoView) => Math.max(...of.autoShapes.map(heightOf));
    expect(tallest(wide)).toBeGreaterThan(tallest(view) * 1.3);
    await page.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', editOf(wide, { extent: 'wide' })));
    const check = await page.view(`photos/${view.id}/check`, checkViewSchema, { method: 'POST' });
    expect(check.outcome).toBe('cleared');
    const { data, info } = await sharp(
      Buffer.from(await (await page.call(`photos/${view.id}/written/0`)).arrayBuffer()),
    )
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([view.width, view.height]);
    for (const { polygon } of wide.autoShapes) {
      const [x, y] = [0, 1].map((axis) =>
        Math.round(polygon.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / polygon.length),
      );
      const value = data[((y ?? 0) * info.width + (x ?? 0)) * 3] ?? 0;
      expect(Math.abs(value - 128)).toBeLessThanOrEqual(3);
    }
  });

  it('is cropped to the lesion, and what is cut off does not count', async () => {
    const view = await opened(label);
    const keep = [{ x: 300, y: 500, width: 60, height: 40 }];
    const shown = await page.view(
      `photos/${view.id}/edit`,
      photoViewSchema,
      put('PUT', editOf(view, { shapes: [], keep })),
    );
    expect(shown.crop).toBeUndefined();
    const cut = await page.view(
      `photos/${view.id}/edit`,
      photoViewSchema,
      put('PUT', editOf(view, { shapes: [], keep, cropToKeep: true })),
    );
    expect(cut.crop).toEqual({ x: 284, y: 484, width: 92, height: 72 });
    const shows = (of: PhotoView) => of.risk.reasonsAfter.some(({ id }) => id === 'shown-text');
    expect([shows(shown), shows(cut)]).toEqual([true, false]);
    const check = await page.view(`photos/${view.id}/check`, checkViewSchema, { method: 'POST' });
    expect([check.width, check.height]).toEqual([92, 72]);
    expect(check.risk.reasonsAfter.map(({ id }) => id)).not.toContain('shown-text');
  });

  it(
    'is looked at again when it will be published at a larger size than it was looked at',
    PATIENT,
    async () => {
      // Looked at twice as large as it is published: for the public at 4096 pixels.
      const large = await sharp(label).resize(4400, 1400, { fit: 'fill' }).jpeg().toBuffer();
      const view = await opened(large);
      expect([view.state, view.looks]).toEqual(['ready', 1]);
      const edit = (destination: Edit['destination']) =>
        page.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', editOf(view, { destination })));
      expect(await edit('public')).toMatchObject({ state: 'ready', looks: 1 });
      expect(await edit('professional')).toMatchObject({ state: 'quick', looks: 1 });
      expect(await page.view(`photos/${view.id}/ready`, photoViewSchema)).toMatchObject({
        state: 'ready',
        looks: 2,
      });
      // What was looked at in full is not looked at again.
      for (const destination of ['clinical', 'public'] as const) {
        expect(await edit(destination)).toMatchObject({ state: 'ready', looks: 2 });
      }
    },
  );

  it('has its caption checked, and says what the file reveals', async () => {
    const forearm = readFileSync(join(folder, 'samples/Martha_Beispiel_1961-02-03.jpg'));
    const view = await opened(forearm);
    expect(view.metadata.place?.latitude).toBeCloseTo(23.436, 2);
    expect(view.metadata.device).toBeDefined();
    const caption = 'Mrs Martha Example, seen on 14 March 2024';
    const { risk } = await page.view(
      `photos/${view.id}/edit`,
      photoViewSchema,
      put('PUT', editOf(view, { caption })),
    );
    expect(risk.caption.map((found) => found.class)).toEqual(expect.arrayContaining(['name', 'date']));
  });
});
