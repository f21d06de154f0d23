import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { LEDGER_SCHEMA, type LedgerDraft, type LedgerRecord } from './contract.js';
import { Output, ReviewedOutput, verifyOutput } from './index.js';
import { appendToLedger } from './ledger.js';
import { CHAIN_START } from './ledger-chain.js';
import { RunKey } from './run-key.js';
import { sealed } from './sealed.js';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-sealed-'));
  out = join(folder, 'out');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const entry = (name: string) => entryIn(join(folder, 'in'), name);
const stateOf = (path = out) =>
  JSON.parse(readFileSync(join(path, '.state/settings.json'), 'utf8')) as Record<string, string>;
const recordsIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerRecord);

/** A photo that is known except for the name on it. */
const photoOf = (label: string) => `a photo with the label ${label}`;
const LABELS = ['Bernard', 'Dubois', 'Durand', 'Lambert', 'Martin', 'Moreau', 'Petit', 'Robert'];
const draftFor = (label: string): LedgerDraft => {
  const draft = draftOf('refused');
  const pattern = `{"allowText":["${label}"]}`;
  return {
    ...draft,
    source: { sha256: sha256(photoOf(label)), bytes: 123_456 + label.length },
    settings: { ...draft.settings, sha256: sha256(pattern) },
    timings: { decode: 98_765 },
  };
};

/** The record's content for a photo with that label, under any given key. */
const guessed = (label: string, key: RunKey) => {
  const { source, settings } = sealed(draftFor(label), key);
  return [source.hmac, settings.hmac];
};

describe('a record', () => {
  it('does not confirm a guess of the photo or the settings to anybody without the state', async () => {
    const output = await Output.open(out, [entry('a')], 'settings');
    await output.publish(entry('a'), 'a', draftFor('Martin'));
    await output.finish(false);
    await output.close();
    const shared = ['ledger.jsonl', 'report.html', 'review/report.html', 'summary.json']
      .map((name) => readFileSync(join(out, name), 'utf8'))
      .join('\n');
    for (const label of LABELS) {
      const { source, settings, timings } = draftFor(label);
      for (const known of [source.sha256, source.bytes, settings.sha256, timings['decode']]) {
        expect(shared.includes(String(known))).toBe(false);
      }
      // A guess under the attacker's own key is as useless as one without a key.
      for (const value of guessed(label, new RunKey('0'.repeat(64)))) expect(shared).not.toContain(value);
    }
    const key = new RunKey(stateOf()['key']!);
    const right = LABELS.filter((label) => guessed(label, key).every((value) => shared.includes(value!)));
    expect(right).toEqual(['Martin']);
    expect(statSync(join(out, '.state/settings.json')).mode & 0o777).toBe(0o600);
  });

  it('of the same photo is the same throughout a run, even after it was stopped, and different in every other run', async () => {
    const hmacs: (string | null)[] = [];
    for (const place of [out, out, join(folder, 'other')]) {
      const output = await Output.open(place, [entry('a')], 'settings');
      hmacs.push((await output.publish(entry('a'), 'a', draftFor('Martin'))).source.hmac);
      await output.close();
    }
    expect(hmacs[1]).toBe(hmacs[0]);
    expect(hmacs[2]).not.toBe(hmacs[0]);
    expect(new Set(hmacs.map((hmac) => hmac?.length))).toEqual(new Set([64]));
  });

  it('gives the amount of trailing data roughly, not in bytes', () => {
    const found = { ...FOUND, trailingBytes: 1_234_567 };
    expect(sealed({ ...draftFor('Martin'), found }, new RunKey('')).found?.trailingBytes).toBe(2 ** 21);
    expect(sealed({ ...draftFor('Martin'), found: FOUND }, new RunKey('')).found?.trailingBytes).toBe(0);
  });

  it('of a single photo that was let out has its own key', async () => {
    const path = join(folder, 'overrides.jsonl');
    for (let i = 0; i < 2; i++) await appendToLedger(path, draftFor('Martin'), { overrideReason: 'why' });
    const [first, second] = recordsIn(path);
    expect(first).toMatchObject({ overrideReason: 'why' });
    expect(second!.source).toEqual(first!.source);
    expect(statSync(join(folder, 'ledger.key')).mode & 0o777).toBe(0o600);
    const key = new RunKey(readFileSync(join(folder, 'ledger.key'), 'utf8'));
    expect([first!.source.hmac, first!.settings.hmac]).toEqual(guessed('Martin', key));
  });
});

const FOUND = {
  format: 'jpeg',
  metadata: {},
  removed: [],
  trailingBytes: 0,
  detections: {},
  textClasses: {},
  allowedText: 0,
  redactions: 0,
  redactedShare: 0,
} as const;

describe('a folder that an earlier version began', () => {
  /** As that version left it: one photo to review, under plain hashes and without a key. */
  async function begun() {
    const output = await Output.open(out, [entry('a')], 'settings');
    const photo = await stagePng(output.staging, await greyPng(120));
    const { output: file } = await output.publish(
      entry('a'),
      sha256('a'),
      { ...draftFor('Martin'), outcome: 'review' },
      photo,
    );
    await output.close();
    const {
      schema: _,
      seq,
      prev,
      source: _s,
      settings: _t,
      ...rest
    } = recordsIn(join(out, 'ledger.jsonl'))[0]!;
    const { source, settings, timings } = draftFor('Martin');
    const record = { schema: 'image-deid/ledger@1', seq, prev, ...rest, source, settings, timings };
    writeFileSync(join(out, 'ledger.jsonl'), `${JSON.stringify({ ...record, output: file })}\n`);
    const state = { schema: 'image-deid/state@1', settings: 'settings' };
    writeFileSync(join(out, '.state/settings.json'), JSON.stringify(state));
  }

  it('goes on with a key, holds in verify, and knows what it has treated', async () => {
    await begun();
    const output = await Output.open(out, [entry('a')], 'settings');
    expect(output.knownOf(entry('a'))).toEqual([sha256('a')]);
    await output.publish(entry('b'), 'b', draftFor('Petit'));
    await output.finish(false);
    await output.close();
    const [first, second] = recordsIn(join(out, 'ledger.jsonl'));
    expect([first!.schema, second!.schema]).toEqual(['image-deid/ledger@1', LEDGER_SCHEMA]);
    expect(first!.prev).toBe(CHAIN_START);
    const { schema, key } = stateOf();
    expect(schema).toBe('image-deid/state@2');
    expect([second!.source.hmac, second!.settings.hmac]).toEqual(guessed('Petit', new RunKey(key!)));
    expect(await verifyOutput(out)).toMatchObject({ records: 2, photos: 1, problems: [] });
    // The settings stay what they were.
    await expect(Output.open(out, [entry('a')], 'other')).rejects.toMatchObject({ code: 'usage' });
  });

  it('can be reviewed, and the decision repeats no plain hash', async () => {
    await begun();
    const output = await ReviewedOutput.open(out);
    const [photo] = await output.list();
    expect(output.isOriginal(photo!, sha256('a'))).toBe(true);
    await output.decide(photo!, { outcome: 'cleared', reviewer: 'AB' });
    const [, decision] = recordsIn(join(out, 'ledger.jsonl'));
    const key = new RunKey(stateOf()['key']!);
    expect([decision!.source.hmac, decision!.settings.hmac]).toEqual(guessed('Martin', key));
    expect(JSON.stringify(decision)).not.toContain(sha256(photoOf('Martin')));
    expect((await verifyOutput(out)).problems).toEqual([]);
  });

  it('does not go on without its state', async () => {
    await begun();
    writeFileSync(join(out, '.state/settings.json'), '{}');
    await expect(Output.open(out, [entry('a')], 'settings')).rejects.toMatchObject({
      code: 'output-not-empty',
    });
  });
});
