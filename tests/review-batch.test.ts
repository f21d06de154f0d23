import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkViewSchema, photoViewSchema, queueViewSchema } from '../src/review/api.js';
import { cli, folderWithSamples, readLedger } from './support/cli.js';
import { editOf, openPage, openPhoto, put, type Page } from './support/review-server.js';

let folder: string;
beforeAll(async () => {
  folder = await folderWithSamples();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a finished batch', () => {
  let out: string;
  let batch: Page;
  beforeAll(async () => {
    out = join(folder, 'out');
    await mkdir(join(folder, 'in'));
    for (const name of ['inked-forearm.jpg', 'name-label.jpg']) {
      await writeFile(join(folder, 'in', name), readFileSync(join(folder, 'samples', name)));
      await writeFile(join(folder, 'in', `${name}.keep.json`), '{"keep": [[4, 250, 30, 20]]}');
    }
    // A face or tattoo that was found asks a person to look.
    await cli(['run', join(folder, 'in'), '--out', out, '--extent', 'wide', '--faces', 'features']);
    batch = await openPage(join(folder, 'state'), out);
  });
  afterAll(() => batch.end());
  const queue = () => batch.view('queue', queueViewSchema);
  const decide = (seq: number, value: object) => batch.call(`queue/${seq}/decision`, put('POST', value));
  const files = (name: string) => readdirSync(join(out, name)).filter((file) => file !== 'report.html');
  const verify = async () => (await cli(['verify', out, '--private'])).code;

  it('lets photos out and takes them back, each time with the ledger and the folders as they should be', async () => {
    const { entries, counts } = await queue();
    expect(entries.length).toBe(counts.review);
    const [entry] = entries;
    if (!entry) throw new Error('Expected a photo to review');
    expect(entry).toMatchObject({ state: 'review', canEdit: true });
    const picture = await batch.call(`queue/${entry.seq}/picture`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    const reviewed = files('review').length;
    const cleared = files('cleared').length;

    expect((await decide(entry.seq, { decision: 'reject', initials: 'AB' })).status).toBe(200);
    expect([files('review').length, files('cleared').length]).toEqual([reviewed - 1, cleared]);
    expect(await verify()).toBe(0);
    expect((await decide(entry.seq, { decision: 'accept', initials: 'CD' })).status).toBe(409);
    expect((await decide(entry.seq, { decision: 'undo', initials: 'AB' })).status).toBe(200);
    expect(files('review').length).toBe(reviewed);
    expect(await verify()).toBe(0);

    const naming = {
      decision: 'accept',
      initials: 'AB',
      overrideReason: 'Dr Jean Dupont, dupont@example.org',
    };
    const records = readFileSync(join(out, 'ledger.jsonl'), 'utf8');
    for (const value of [naming, { ...naming, edited: 'any' }]) {
      expect((await decide(entry.seq, value)).status).toBe(409);
    }
    expect(readFileSync(join(out, 'ledger.jsonl'), 'utf8')).toBe(records);

    const overrideReason = 'Looked at it with the patient';
    const accepted = await decide(entry.seq, { decision: 'accept', initials: 'AB', overrideReason });
    expect(await accepted.json()).toMatchObject({ state: 'accepted', reviewer: 'AB' });
    expect([files('review').length, files('cleared').length]).toEqual([reviewed - 1, cleared + 1]);
    expect(await verify()).toBe(0);
    expect((await queue()).counts).toMatchObject({ cleared: cleared + 1, review: reviewed - 1 });
    const decisions = (await readLedger(out)).filter(({ decisionOf }) => decisionOf === entry.seq);
    expect(decisions.map(({ outcome, reviewer }) => [outcome, reviewer])).toEqual([
      ['refused', 'AB'],
      ['review', 'AB'],
      ['cleared', 'AB'],
    ]);
    expect(decisions[2]?.overrideReason).toBe(overrideReason);
  });

  it('takes a photo that was covered differently, through the same checks', async () => {
    const { entries } = await queue();
    const [entry] = entries;
    if (!entry) throw new Error('Expected a photo to review');
    await decide(entry.seq, { decision: 'undo', initials: 'EF' });
    const view = await batch.view(`queue/${entry.seq}/open`, photoViewSchema, { method: 'POST' });
    // As the run was told to.
    const told = { style: 'blur', extent: 'wide', faces: 'features', destination: 'public' };
    expect(view.opened).toMatchObject({ ...told, cropToKeep: false });
    expect(view.opened.keep).toEqual([{ x: 4, y: 250, width: 30, height: 20 }]);
    await batch.view(`photos/${view.id}/ready`, photoViewSchema);
    const corner = {
      id: 'corner',
      kinds: ['other' as const],
      polygon: [
        [0, 0],
        [60, 0],
        [60, 40],
        [0, 40],
      ] as [number, number][],
    };
    const edit = editOf(view, { shapes: [...view.autoShapes, corner], destination: 'clinical' });
    await batch.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', edit));
    const before = new Set([...files('review'), ...files('cleared')]);
    // The run was for the public: the treating team is a laxer audience, whatever the full check says.
    const check = await batch.view(`photos/${view.id}/check`, checkViewSchema, { method: 'POST' });
    expect(check).toMatchObject({ outcome: 'review', asks: 'reason' });
    const accepting = { decision: 'accept', initials: 'EF', edited: view.id };
    const quietly = await decide(entry.seq, accepting);
    expect([quietly.status, await quietly.json()]).toMatchObject([409, { code: 'not-cleared' }]);
    const overrideReason = 'Looked at it with the patient';
    const answer = await decide(entry.seq, { ...accepting, overrideReason });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      state: 'accepted',
      destination: 'clinical',
      isLaxerThanRun: true,
    });
    const last = (await readLedger(out)).at(-1);
    expect(last).toMatchObject({
      decisionOf: entry.seq,
      overrideReason,
      settings: { destination: 'clinical' },
    });
    expect(last?.reasons).toContainEqual({
      id: 'gate/laxer-than-run',
      values: { destination: 'clinical', run: 'public', most: 0.09 },
    });
    expect(readdirSync(join(out, '.state/staging'))).toEqual([]);
    const added = files('cleared').filter((name) => !before.has(name));
    expect(added).toHaveLength(1);
    expect(await verify()).toBe(0);
    const { data } = await sharp(join(out, 'cleared', added[0] ?? ''))
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const value of data.subarray(0, 3)) expect(Math.abs(value - 128)).toBeLessThanOrEqual(2);
    // Taken back, it is still what was made for others.
    await decide(entry.seq, { decision: 'undo', initials: 'EF' });
    const [waiting] = (await queue()).entries;
    expect(waiting).toMatchObject({ state: 'review', asks: 'reason', isLaxerThanRun: true });
    expect((await decide(entry.seq, { decision: 'accept', initials: 'EF' })).status).toBe(409);
    expect(await verify()).toBe(0);
  });

  it('holds the limit of the run when one of its photos is edited', async () => {
    const strict = join(folder, 'strict');
    await cli(['run', join(folder, 'in'), '--out', strict, '--max-risk', '0.02']);
    const other = await openPage(join(folder, 'state'), strict);
    try {
      const [entry] = (await other.view('queue', queueViewSchema)).entries;
      const view = await other.view(`queue/${entry?.seq ?? 0}/open`, photoViewSchema, { method: 'POST' });
      expect(view.run).toEqual({ destination: 'public', most: 0.02, isExceeded: false });
      const edit = editOf(view, { destination: 'professional' });
      const edited = await other.view(`photos/${view.id}/edit`, photoViewSchema, put('PUT', edit));
      expect(edited.run).toEqual({ destination: 'public', most: 0.02, isExceeded: true });
      expect(edited.risk.most).toBe(0.02);
      const check = await other.view(`photos/${view.id}/check`, checkViewSchema, { method: 'POST' });
      expect(check.reasons.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['gate/risk', 'gate/laxer-than-run']),
      );
    } finally {
      await other.end();
    }
  });

  it('accepts no other photo in its place', async () => {
    const { entries } = await queue();
    const [entry] = entries;
    if (!entry) throw new Error('Expected a photo to review');
    await decide(entry.seq, { decision: 'undo', initials: 'EF' });
    const label = readFileSync(join(folder, 'samples/name-label.jpg'));
    const { id } = await openPhoto(batch, label);
    const overrideReason = 'Looked at it with the patient';
    const answer = await decide(entry.seq, {
      decision: 'accept',
      initials: 'EF',
      edited: id,
      overrideReason,
    });
    expect(answer.status).toBe(400);
    expect(readdirSync(join(out, '.state/staging'))).toEqual([]);
    expect(await verify()).toBe(0);
  });

  it('does not let two reviewers overwrite each other', async () => {
    const other = await openPage(join(folder, 'state'), out);
    try {
      const { entries } = await queue();
      const [entry] = entries;
      if (!entry) throw new Error('Expected a photo to review');
      await decide(entry.seq, { decision: 'undo', initials: 'AB' });
      const [a, b] = await Promise.all([
        decide(entry.seq, { decision: 'reject', initials: 'AB' }),
        other.call(`queue/${entry.seq}/decision`, put('POST', { decision: 'reject', initials: 'GH' })),
      ]);
      expect([a.status, b.status].sort()).toEqual([200, 409]);
      expect(await verify()).toBe(0);
    } finally {
      await other.end();
    }
  });
});
