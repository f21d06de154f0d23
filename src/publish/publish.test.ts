import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf, greyPng, stagePng } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import type { LedgerDraft } from './contract.js';
import {
  checkBeforeSigning,
  Output,
  readPublicKey,
  readSigningKey,
  verifyOutput,
  writeKeyPair,
} from './index.js';
import { outputError } from './output-errors.js';
import { CHAIN_START, lineHash, readChain } from './ledger-chain.js';

let folder: string;
let out: string;
let photo: Uint8Array;
const entry = (name: string) => entryIn(join(folder, 'in'), name);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-publish-'));
  mkdirSync(join(folder, 'in'));
  out = join(folder, 'out');
  photo = await greyPng(120);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const staged = (output: Output, bytes: Uint8Array) => stagePng(output.staging, bytes);

async function publish(output: Output, name: string, outcome: LedgerDraft['outcome'] = 'cleared') {
  const file = outcome === 'refused' ? undefined : await staged(output, photo);
  return output.publish(entry(name), name, draftOf(outcome), file);
}

const open = (settings = 'settings', options = {}) => Output.open(out, [entry('a')], settings, options);

async function finishedRun(key?: KeyObject) {
  const output = await open();
  await publish(output, 'a');
  await publish(output, 'b', 'review');
  await publish(output, 'c', 'refused');
  const signing = key && (await checkBeforeSigning(out, key, true));
  await output.finish(false, signing);
  await output.close();
}

describe('Output', () => {
  it('publishes under a random name with a fixed time, and keeps the source’s name private', async () => {
    const output = await open();
    const { output: file } = await publish(output, 'Martha.png');
    await output.finish(false);
    await output.close();
    expect(file?.name).toMatch(/^[0-9a-f]{16}\.png$/);
    const path = join(out, 'cleared', file?.name ?? '');
    expect(readFileSync(path).equals(photo)).toBe(true);
    expect(statSync(path).mtime.toISOString()).toBe('2000-01-01T00:00:00.000Z');
    expect(statSync(join(out, '.state')).mode & 0o777).toBe(0o700);
    for (const name of ['ledger.jsonl', 'report.html', 'summary.json']) {
      expect(readFileSync(join(out, name), 'utf8')).not.toContain('Martha');
    }
    expect(readdirSync(join(out, '.state/staging'))).toEqual([]);
  });

  it('goes on where an earlier run stopped', async () => {
    const first = await open();
    await publish(first, 'a');
    await first.close();
    const second = await open();
    expect(second.knownOf(entry('a'))).toEqual(['a']);
    expect(second.knownOf(entry('b'))).toEqual([]);
    expect((await publish(second, 'b')).seq).toBe(2);
    await second.close();
  });

  it('removes a photo whose record was lost in a crash, and treats it again', async () => {
    const first = await open();
    await publish(first, 'a');
    const lost = await publish(first, 'b');
    await first.close();
    const ledger = readFileSync(join(out, 'ledger.jsonl'));
    const end = ledger.indexOf(10) + 1;
    writeFileSync(join(out, 'ledger.jsonl'), ledger.subarray(0, end + 25));
    writeFileSync(join(out, '.state/staging/photo.png'), 'half');
    const second = await open();
    expect(existsSync(join(out, 'cleared', lost.output?.name ?? ''))).toBe(false);
    expect(readdirSync(join(out, 'cleared'))).toHaveLength(1);
    expect(readdirSync(join(out, '.state/staging'))).toEqual([]);
    expect(second.wasTorn).toBe(true);
    expect(second.knownOf(entry('a'))).toEqual(['a']);
    expect(second.knownOf(entry('b'))).toEqual([]);
    await publish(second, 'b');
    await second.finish(false);
    await second.close();
    expect((await verifyOutput(out)).problems).toEqual([]);
  });

  it('removes only what has a name that it writes itself, whatever a name map says', async () => {
    const first = await open();
    await publish(first, 'a');
    await first.close();
    const victims = [join(out, 'victim.txt'), join(out, 'cleared/notes.txt'), join(folder, 'victim.txt')];
    for (const victim of victims) writeFileSync(victim, 'mine');
    const before = readdirSync(out, { recursive: true }).sort();
    const names = join(out, '.state/names.jsonl');
    const whole = readFileSync(names);
    for (const name of ['../victim.txt', 'notes.txt', '../../victim.txt', `${'f'.repeat(16)}.txt`, 7]) {
      writeFileSync(names, `${JSON.stringify({ seq: 2, path: 'YQ==', source: 'b', name })}\n`);
      await expect(open()).rejects.toMatchObject({ code: 'ledger-broken' });
      for (const victim of victims) expect(readFileSync(victim, 'utf8')).toBe('mine');
    }
    for (const line of [
      '{"seq":"../../1","path":"YQ==","source":"b"}',
      'no JSON',
      '{"seq":2,"path":"../a","source":"b"}',
    ]) {
      writeFileSync(names, `${line}\n`);
      await expect(open()).rejects.toMatchObject({ code: 'ledger-broken' });
    }
    writeFileSync(names, whole);
    await (await open()).close();
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(before);
  });

  it('refuses a folder with other settings, one that is locked and one that holds no run', async () => {
    const first = await open();
    // The parent of this process runs, and is not this process.
    const living = { host: hostname(), pid: process.ppid, token: 'another', fence: 7 };
    writeFileSync(join(out, '.state/lock'), JSON.stringify(living));
    await expect(open()).rejects.toMatchObject({ code: 'output-locked' });
    await first.close();
    expect(existsSync(join(out, '.state/lock'))).toBe(true);
    rmSync(join(out, '.state/lock'));
    await expect(open('other')).rejects.toMatchObject({ code: 'usage' });
    rmSync(out, { recursive: true });
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.doc'), 'mine');
    await expect(open()).rejects.toMatchObject({ code: 'output-not-empty' });
    expect(readdirSync(out)).toEqual(['thesis.doc']);
  });

  it('takes over the lock of a process that is gone, or of a machine that shows no sign of life', async () => {
    await (await open()).close();
    const lock = join(out, '.state/lock');
    writeFileSync(lock, JSON.stringify({ host: hostname(), pid: 4194304, token: 'dead', fence: 7 }));
    await (await open()).close();
    const elsewhere = JSON.stringify({ host: 'another machine', pid: process.pid, token: 'far', fence: 7 });
    writeFileSync(lock, elsewhere);
    await expect(open()).rejects.toMatchObject({ code: 'output-locked' });
    expect(readFileSync(lock, 'utf8')).toBe(elsewhere);
    utimesSync(lock, new Date(Date.now() - 61_000), new Date(Date.now() - 61_000));
    writeFileSync(join(out, '.state/lock.left'), '');
    await (await open()).close();
    expect(readdirSync(join(out, '.state')).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('treats refused photos again when asked, and counts them once', async () => {
    const first = await open();
    await publish(first, 'a', 'refused');
    await publish(first, 'b', 'refused');
    await publish(first, 'c');
    await first.close();
    const second = await open('settings', { retryRefused: true });
    expect(['a', 'b', 'c'].map((name) => second.knownOf(entry(name)))).toEqual([[], [], ['c']]);
    expect((await publish(second, 'a')).retryOf).toBe(1);
    expect((await publish(second, 'b', 'refused')).retryOf).toBe(2);
    expect(await second.finish(false)).toMatchObject({ photos: 3, cleared: 2, review: 0, refused: 1 });
    // Refused again in this run: that is enough.
    expect(second.knownOf(entry('b'))).toEqual(['b']);
    await second.close();
    const third = await open();
    expect(await third.finish(false)).toMatchObject({ photos: 3, cleared: 2, review: 0, refused: 1 });
    await third.close();
    expect((await verifyOutput(out)).problems).toEqual([]);
  });

  it('takes back the refusal of a photo that could not be read, once it can', async () => {
    const output = await open();
    await output.publish(entry('a'), 'unreadable', draftOf('refused'));
    const sha256 = 'b'.repeat(64);
    const read = await output.publish(entry('a'), sha256, draftOf('cleared'), await staged(output, photo));
    expect(read.retryOf).toBe(1);
    // Another photo at the same place is another photo.
    const other = await output.publish(entry('a'), 'c'.repeat(64), draftOf('refused'));
    expect(other.retryOf).toBeUndefined();
    expect(await output.finish(false)).toMatchObject({ photos: 2, cleared: 1, refused: 1 });
    await output.close();
  });

  it('knows earlier photos when a crash tore the name map', async () => {
    const first = await open();
    await publish(first, 'a');
    await first.close();
    appendFileSync(join(out, '.state/names.jsonl'), '{"seq":2,"pa');
    const second = await open();
    await publish(second, 'b');
    await second.close();
    const third = await open();
    expect([third.knownOf(entry('a')), third.knownOf(entry('b'))]).toEqual([['a'], ['b']]);
    await third.close();
  });

  it('keeps the chain in order when many are published at once, and never publishes a photo that changed', async () => {
    const output = await open();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const records = await Promise.all(names.map((name) => publish(output, name)));
    expect(records.map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4, 5]);
    const changed = await staged(output, photo);
    appendFileSync(join(output.staging, changed.photo), 'x');
    const publishing = output.publish(entry('f'), 'f', draftOf('cleared'), changed);
    await expect(publishing).rejects.toMatchObject({ code: 'output-unwritable' });
    await output.finish(false);
    await output.close();
    expect(await verifyOutput(out)).toMatchObject({ photos: 5, problems: [] });
  });

  it('refuses an output inside the input, and an input inside the output', async () => {
    const nested = Output.open(join(folder, 'in/out'), [entry('a')], 's');
    await expect(nested).rejects.toMatchObject({ code: 'output-inside-input' });
    const around = Output.open(folder, [entry('a')], 's');
    await expect(around).rejects.toMatchObject({ code: 'output-inside-input' });
    expect(readdirSync(folder)).toEqual(['in']);
    // A single photo that was named may have its output beside it.
    const beside = await Output.open(join(folder, 'in/out'), [{ ...entry('a'), named: true }], 's');
    await beside.close();
  });
});

describe('the ledger', () => {
  it('is a chain from zeros, each record holding the hash of the line before', async () => {
    await finishedRun();
    const lines = readFileSync(join(out, 'ledger.jsonl'), 'utf8').trim().split('\n');
    const records = lines.map((line) => JSON.parse(line) as { seq: number; prev: string });
    expect(records.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(records.map(({ prev }) => prev)).toEqual([CHAIN_START, lineHash(lines[0]!), lineHash(lines[1]!)]);
    const { head } = await readChain(join(out, 'ledger.jsonl'), () => undefined);
    expect(head).toBe(lineHash(lines[2]!));
  });

  it('breaks at a line that was changed, moved or taken out', async () => {
    await finishedRun();
    const lines = readFileSync(join(out, 'ledger.jsonl'), 'utf8').trim().split('\n');
    const read = (...changed: (string | undefined)[]) => {
      writeFileSync(join(out, 'ledger.jsonl'), `${changed.join('\n')}\n`);
      return readChain(join(out, 'ledger.jsonl'), () => undefined);
    };
    const [a, b, c] = lines;
    await expect(read(a?.replace('cleared', 'review'), b, c)).rejects.toThrow(/line 2/);
    await expect(read(b, a, c)).rejects.toThrow(/line 1/);
    await expect(read(a, c)).rejects.toThrow(/line 2/);
    await expect(read(a, '{', c)).rejects.toThrow(/line 2/);
  });

  it('is read whole when lines and pieces of the file end in different places', async () => {
    const output = await open();
    for (let i = 0; i < 3; i++) {
      await output.publish(entry(`${i}`), `${i}`, {
        ...draftOf('refused'),
        reasons: [{ id: 'told', values: { text: 'x'.repeat(700_000 + i) } }],
      });
    }
    await output.finish(false);
    await output.close();
    expect(await verifyOutput(out)).toMatchObject({ records: 3, problems: [] });
  });
});

describe('verifyOutput', () => {
  const problems = async () =>
    (await verifyOutput(out)).problems.map(({ file }) => file.replace(/[0-9a-f]{16}/, 'NAME'));

  it('passes a finished run, even without its state', async () => {
    await finishedRun();
    expect(await verifyOutput(out)).toMatchObject({
      photos: 2,
      records: 3,
      run: 1,
      isSigned: false,
      problems: [],
    });
    rmSync(join(out, '.state'), { recursive: true });
    expect(await problems()).toEqual([]);
  });

  it('names what was changed, added, taken away or moved', async () => {
    await finishedRun();
    const [name] = readdirSync(join(out, 'cleared'));
    const path = join(out, 'cleared', name!);
    appendFileSync(path, 'x');
    expect(await problems()).toEqual(['cleared/NAME.png']);
    rmSync(path);
    expect(await problems()).toEqual(['cleared/NAME.png']);
    writeFileSync(join(out, 'review', name!), photo);
    expect(await problems()).toEqual(['cleared/NAME.png', 'review/NAME.png']);
  });

  it('names a photo that holds more than pixels although its hash is right', async () => {
    const output = await open();
    const dirty = await sharp(photo)
      .withExif({ IFD0: { Artist: 'SOMEBODY' } })
      .png()
      .toBuffer();
    await output.publish(entry('a'), 'a', draftOf('cleared'), await staged(output, dirty));
    await output.finish(false);
    await output.close();
    expect(await problems()).toEqual(['cleared/NAME.png']);
  });

  it('notices records cut off the end, and a missing summary', async () => {
    await finishedRun();
    const lines = readFileSync(join(out, 'ledger.jsonl'), 'utf8').trim().split('\n');
    writeFileSync(join(out, 'ledger.jsonl'), `${lines.slice(0, 2).join('\n')}\n`);
    expect(await problems()).toEqual(['ledger.jsonl']);
    rmSync(join(out, 'summary.json'));
    // Nothing vouches for the table and the pictures any more.
    expect(await problems()).toEqual(['summary.json', 'report-pictures', 'summary.csv']);
  });

  it('names a folder of photos that cannot be read', async () => {
    const output = await open();
    await publish(output, 'a', 'refused');
    await output.finish(false);
    await output.close();
    rmSync(join(out, 'review'), { recursive: true });
    expect(await problems()).toEqual([]);
    writeFileSync(join(out, 'review'), 'no folder');
    expect(await problems()).toEqual(['review']);
  });

  it('wants a folder with a ledger', async () => {
    await expect(verifyOutput(folder)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('a signed run', () => {
  const secret = () => join(folder, 'clinic.key');
  const problems = async (publicKey: KeyObject) =>
    (await verifyOutput(out, { publicKey })).problems.map(({ file }) => file);

  it('is checked with the public key, here and by any program that knows Ed25519', async () => {
    const path = await writeKeyPair(secret());
    await finishedRun(await readSigningKey(secret()));
    expect(await problems(await readPublicKey(path))).toEqual([]);
    expect((await verifyOutput(out)).isSigned).toBe(true);
    const [summary, signature] = ['summary.json', 'summary.json.sig'].map((name) =>
      readFileSync(join(out, name)),
    );
    expect(signature).toHaveLength(64);
    expect(verify(null, summary!, createPublicKey(readFileSync(path)), signature!)).toBe(true);
  });

  it('shows when its summary was written anew after records were dropped', async () => {
    const publicKey = await readPublicKey(await writeKeyPair(secret()));
    await finishedRun(await readSigningKey(secret()));
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Record<string, unknown>;
    const lines = readFileSync(join(out, 'ledger.jsonl'), 'utf8').trim().split('\n').slice(0, 2);
    writeFileSync(join(out, 'ledger.jsonl'), `${lines.join('\n')}\n`);
    const ledger = { records: 2, head: lineHash(lines[1]!) };
    const forged = { ...summary, photos: 2, refused: 0, ledger };
    writeFileSync(join(out, 'summary.json'), `${JSON.stringify(forged, null, 2)}\n`);
    expect((await verifyOutput(out)).problems).toEqual([]);
    expect(await problems(publicKey)).toEqual(['summary.json.sig']);
  });

  it('shows when another key signed it, or none', async () => {
    const other = await readPublicKey(await writeKeyPair(join(folder, 'other.key')));
    await writeKeyPair(secret());
    await finishedRun(await readSigningKey(secret()));
    expect(await problems(other)).toEqual(['summary.json.sig']);
    const unsigned = await open();
    await unsigned.finish(false);
    await unsigned.close();
    expect(existsSync(join(out, 'summary.json.sig'))).toBe(false);
    expect(await problems(other)).toEqual(['summary.json.sig']);
  });

  it('says so when its signature cannot be read, also without a key', async () => {
    await finishedRun();
    mkdirSync(join(out, 'summary.json.sig'));
    expect((await verifyOutput(out)).problems.map(({ file }) => file)).toEqual(['summary.json.sig']);
  });

  it('lets only its owner read the secret key, and overwrites none', async () => {
    await writeKeyPair(secret());
    expect(statSync(secret()).mode & 0o777).toBe(0o600);
    const before = readFileSync(secret());
    await expect(writeKeyPair(secret())).rejects.toMatchObject({ code: 'usage' });
    expect(readFileSync(secret()).equals(before)).toBe(true);
    rmSync(secret());
    await expect(writeKeyPair(secret())).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(secret())).toBe(false);
  });

  it('accepts no other key', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(secret(), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(readSigningKey(secret())).rejects.toMatchObject({ code: 'usage' });
    writeFileSync(secret(), 'no key');
    await expect(readSigningKey(secret())).rejects.toMatchObject({ code: 'usage' });
    await expect(readPublicKey(join(folder, 'absent'))).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('outputError', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'output-unwritable'],
    ['EACCES', 'output-unwritable'],
  ])('makes %s into %s, without the path', (code, expected) => {
    const error = outputError(Object.assign(new Error('open /home/somebody/out'), { code }));
    expect(error.code).toBe(expected);
    expect(error.message).not.toContain('somebody');
  });
});
