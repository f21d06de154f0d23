import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { checkBeforeSigning, Output, ReviewedOutput, verifyOutput } from './index.js';
import { lineHash } from './ledger-chain.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
let folder: string;
let out: string;
const at = (name: string) => join(out, name);
const entry = (name: string) => entryIn(join(folder, 'in'), name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-signing-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** As `run --sign` does it: existing records are proven before anything is appended. */
async function signedRun(
  names: readonly string[],
  { adopt = false, key = privateKey, isKilled = false } = {},
) {
  const output = await Output.open(out, [entry('a')], 'settings');
  try {
    const signing = await checkBeforeSigning(out, key, adopt);
    for (const name of names) {
      const photo = await stagePng(output.staging, await greyPng(120));
      await output.publish(entry(name), name, draftOf(name === 'look' ? 'review' : 'cleared'), photo);
    }
    if (!isKilled) await output.finish(false, signing);
  } finally {
    await output.close();
  }
}

async function unsignedRun(names: readonly string[]) {
  const output = await Output.open(out, [entry('a')], 'settings');
  for (const name of names) await output.publish(entry(name), name, draftOf('refused'));
  await output.finish(false);
  await output.close();
}

const verdict = () => verifyOutput(out, { publicKey });

/** Changes the first record and makes the chain, and the summary, fit it. */
function forge() {
  const [first = '', ...rest] = readFileSync(at('ledger.jsonl'), 'utf8').trim().split('\n');
  const lines = [first.replace('"style":"blur"', '"style":"solid"')];
  for (const line of rest)
    lines.push(line.replace(/"prev":"[^"]*"/, `"prev":"${lineHash(lines.at(-1) ?? '')}"`));
  writeFileSync(at('ledger.jsonl'), `${lines.join('\n')}\n`);
  const summary = JSON.parse(readFileSync(at('summary.json'), 'utf8')) as { ledger: object };
  const ledger = { ...summary.ledger, head: lineHash(lines.at(-1) ?? '') };
  writeFileSync(at('summary.json'), `${JSON.stringify({ ...summary, ledger }, null, 2)}\n`);
}

describe('a run that is signed', () => {
  it('goes on where its own signature covers all that is there, and counts its summaries', async () => {
    await signedRun(['a']);
    await signedRun(['b']);
    expect(await verdict()).toMatchObject({ problems: [], records: 2, run: 2, unsignedUpTo: 0 });
  });

  it('does not go on from a ledger that was forged, with the signature left beside it', async () => {
    await signedRun(['a', 'b']);
    const before = [readFileSync(at('summary.json')), readFileSync(at('summary.json.sig'))];
    forge();
    for (const adopt of [false, true]) {
      await expect(signedRun(['c'], { adopt })).rejects.toMatchObject({ code: 'signature-broken' });
    }
    // Only the ledger stays forged; the summary and its signature are put back.
    ['summary.json', 'summary.json.sig'].forEach((name, i) => writeFileSync(at(name), before[i]!));
    await expect(signedRun(['c'], { adopt: true })).rejects.toMatchObject({ code: 'signature-broken' });
    expect((await verifyOutput(out)).records).toBe(2);
    expect(readFileSync(at('summary.json.sig')).equals(before[1]!)).toBe(true);
  });

  it('does not go on from a ledger that was cut short', async () => {
    await signedRun(['a', 'b']);
    const [first] = readFileSync(at('ledger.jsonl'), 'utf8').split('\n');
    writeFileSync(at('ledger.jsonl'), `${first}\n`);
    await expect(signedRun(['c'], { adopt: true })).rejects.toMatchObject({ code: 'signature-broken' });
  });

  it('does not go on from what another key signed', async () => {
    await signedRun(['a'], { key: generateKeyPairSync('ed25519').privateKey });
    await expect(signedRun(['b'], { adopt: true })).rejects.toMatchObject({ code: 'signature-broken' });
  });

  it('takes over an unsigned run only when asked to, and says so from then on', async () => {
    await unsignedRun(['a', 'b']);
    await expect(signedRun(['c'])).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(at('summary.json.sig'))).toBe(false);
    expect((await verifyOutput(out)).records).toBe(2);
    await signedRun(['c'], { adopt: true });
    expect(await verdict()).toMatchObject({ problems: [], records: 3, unsignedUpTo: 2 });
    await signedRun(['d']);
    expect(await verdict()).toMatchObject({ problems: [], records: 4, unsignedUpTo: 2 });
  });

  it('takes over what a killed run left behind its last signature only when asked to', async () => {
    await signedRun(['a']);
    await signedRun(['b'], { isKilled: true });
    await expect(signedRun(['c'])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/^1 rec/) as string,
    });
    await signedRun(['c'], { adopt: true });
    expect(await verdict()).toMatchObject({ problems: [], records: 3, unsignedUpTo: 2 });
  });

  it('takes over decisions of review only when asked to', async () => {
    await signedRun(['look']);
    const reviewed = await ReviewedOutput.open(out);
    const [photo] = await reviewed.list();
    await reviewed.decide(photo!, { outcome: 'refused', reviewer: 'AB' });
    await expect(signedRun([])).rejects.toMatchObject({ code: 'usage' });
    await signedRun([], { adopt: true });
    expect(await verdict()).toMatchObject({ problems: [], run: 3, unsignedUpTo: 2 });
  });

  it('shows anybody who noted the number of records when an earlier signed state was put back', async () => {
    await signedRun(['a']);
    const earlier = ['ledger.jsonl', 'summary.json', 'summary.json.sig', 'report.html', 'summary.csv'].map(
      (name) => [name, readFileSync(at(name))] as const,
    );
    const photo = (await verdict()).files;
    await signedRun(['b']);
    const { records } = await verdict();
    for (const file of (await verdict()).files) if (!photo.includes(file)) rmSync(at(file));
    for (const [name, bytes] of earlier) writeFileSync(at(name), bytes);
    expect((await verdict()).problems).toEqual([]);
    const { problems } = await verifyOutput(out, { publicKey, expectRecords: records });
    expect(problems.map(({ file }) => file)).toEqual(['ledger.jsonl']);
  });
});
