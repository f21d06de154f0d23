import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOf } from '../../tests/support/staged-photo.js';
import { entryIn } from '../../tests/support/source-entry.js';
import { LEDGER_SCHEMA, type StoredRecord } from './contract.js';
import { CHAIN_START, lineHash, readChain } from './ledger-chain.js';
import { parseRecord } from './ledger-record.js';
import { Output } from './output.js';

/** What version 0.1.0 wrote of four photos: two were cleared, one waits for a person, one was refused. */
const LINES = readFileSync(
  fileURLToPath(new URL('../../tests/fixtures/ledger-0.1.0.jsonl', import.meta.url)),
  'utf8',
)
  .split('\n')
  .filter(Boolean);
const HASH = 'b'.repeat(64);

let folder: string;
let ledger: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-deid-versions-'));
  ledger = join(folder, 'out/ledger.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Json = Record<string, unknown>;
const parsed = (line: string) => JSON.parse(line) as Json;

/** The same records as the version before wrote them, in a chain of their own. */
function asFirstVersion(lines: readonly string[]): string[] {
  let prev = CHAIN_START;
  return lines.map((line) => {
    const { source: _s, settings, fence: _f, ...rest } = parsed(line);
    const { hmac: _h, ...set } = settings as Json;
    const record = {
      ...rest,
      schema: 'image-deid/ledger@1',
      prev,
      source: { sha256: 'a'.repeat(64), bytes: 3 },
      settings: { ...set, sha256: HASH },
      caption: [{ class: 'name', line: 1, column: 4 }],
      timings: { decode: 5 },
    };
    const written = JSON.stringify(record);
    prev = lineHash(written);
    return written;
  });
}

const entry = (name: string) => entryIn(join(folder, 'in'), name);

/** A folder as that version left it, as far as going on needs it. */
function begun(lines: readonly string[]): void {
  mkdirSync(join(folder, 'out/.state/staging'), { recursive: true });
  writeFileSync(ledger, `${lines.join('\n')}\n`);
  const state = { schema: 'image-deid/state@2', settings: HASH, key: 'c'.repeat(64) };
  writeFileSync(join(folder, 'out/.state/settings.json'), JSON.stringify(state));
  const names = lines.map((line, i) => {
    const { seq, output } = parsed(line);
    const { name } = (output ?? {}) as Json;
    return JSON.stringify({ seq, path: entry(`${i}`).path.toString('base64'), source: `${i}`, name });
  });
  writeFileSync(join(folder, 'out/.state/names.jsonl'), `${names.join('\n')}\n`);
}

async function recordsOf(): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  await readChain(ledger, (link) => {
    records.push(parseRecord(link));
  });
  return records;
}

describe.each([
  ['image-deid/ledger@2', LINES],
  ['image-deid/ledger@1', asFirstVersion(LINES)],
])('a ledger of %s', (schema, lines) => {
  it('is read whole', async () => {
    begun(lines);
    const records = await recordsOf();
    expect(records.map(({ outcome }) => outcome)).toEqual(lines.map((line) => parsed(line)['outcome']));
    expect(new Set(records.map((record) => record.schema))).toEqual(new Set([schema]));
    for (const [i, record] of records.entries()) {
      const { output, settings, utility, found } = parsed(lines[i]!);
      expect(record).toMatchObject({
        settings: settings as Json,
        ...(output !== undefined && { output, utility, found }),
      });
    }
  });

  it('is continued, and what is already there stays the same byte for byte', async () => {
    begun(lines);
    const before = readFileSync(ledger);
    const output = await Output.open(join(folder, 'out'), [entry('0')], HASH);
    expect(lines.map((_, i) => output.knownOf(entry(`${i}`)))).toEqual(lines.map((_, i) => [`${i}`]));
    expect(output.knownOf(entry('new'))).toEqual([]);
    await output.publish(entry('new'), 'new', draftOf('refused'));
    await output.close();
    expect(readFileSync(ledger).subarray(0, before.length).equals(before)).toBe(true);
    const records = await recordsOf();
    expect(records.at(-1)).toMatchObject({ schema: LEDGER_SCHEMA, seq: lines.length + 1 });
  });

  it('is not continued with other settings', async () => {
    begun(lines);
    await expect(Output.open(join(folder, 'out'), [entry('0')], 'other')).rejects.toMatchObject({
      code: 'usage',
      message:
        'The output folder holds a run with other settings; give the same options again, or choose another --out',
    });
  });
});

describe('what earlier versions said in English', () => {
  const told = (text: string) => ({ id: 'told', values: { text } });

  it.each(['image-deid/ledger@1', 'image-deid/ledger@2'])('is a finding, of %s', (schema) => {
    const [line = ''] = schema === 'image-deid/ledger@2' ? LINES : asFirstVersion(LINES);
    const why = 'uncovered-face: Faces can be seen (1), at the top';
    const factor = { id: 'skin', probability: 0.01, when: 'after', hipaa: [], wp216: [], dicom: [] };
    const record = parseRecord({
      ...(parsed(line) as Parameters<typeof parseRecord>[0]),
      reasons: [why],
      keptBack: [{ kind: 'face', shown: true, share: 0.5, reason: 'A part stays' }],
      notExamined: [{ kind: 'face', reason: 'Too narrow', attested: false }],
      checks: [{ check: 'uncovered-face', status: 'found', details: 'Faces can be seen' }],
      risk: { before: 1, after: 1, reasons: [{ ...factor, text: 'Skin' }] },
    });
    expect(record.reasons).toEqual([told(why)]);
    expect(record.keptBack?.[0]?.reason).toEqual(told('A part stays'));
    expect(record.notExamined?.[0]?.reason).toEqual(told('Too narrow'));
    expect(record.checks?.[0]?.details).toEqual(told('Faces can be seen'));
    expect(record.risk?.reasons).toEqual([{ ...factor, ...told('Skin') }]);
  });

  it('is no longer written; findings of other versions are accepted', () => {
    const now = (reason: unknown) => {
      const {
        reasons: _r,
        error: _e,
        keptBack: _k,
        notExamined: _n,
        checks: _c,
        risk: _s,
        ...rest
      } = parsed(LINES[0]!);
      return { ...rest, schema: LEDGER_SCHEMA, reasons: [reason] } as unknown as Parameters<
        typeof parseRecord
      >[0];
    };
    const finding = { id: 'of-another/version', values: { n: 1 } };
    expect(parseRecord(now(finding)).reasons).toEqual([finding]);
    expect(() => parseRecord(now('A sentence'))).toThrow('not one that this tool writes');
    expect(() => parseRecord(now({ ...finding, text: 'A sentence' }))).toThrow(
      'not one that this tool writes',
    );
  });
});

describe('a record', () => {
  const [first = ''] = LINES;
  const link = (more: Json) => ({ ...parsed(first), ...more }) as Parameters<typeof parseRecord>[0];

  it('of a later version is reported as such', () => {
    expect(() => parseRecord(link({ schema: 'image-deid/ledger@99' }))).toThrow(
      'Record 1 of the ledger is of a kind that this version does not know; nothing was done with it',
    );
  });

  it.each([
    ['outcome', 'fine'],
    ['reasons', 'none'],
    ['reasons', [1]],
    ['output', { name: '../../victim.jpg' }],
    ['found', 5],
    ['checks', [{ check: 'container-walk', status: 'maybe', details: '' }]],
    ['risk', { before: 'low', after: 0, reasons: [] }],
    ['utility', {}],
    ['settings', { destination: 'moon' }],
    ['error', { code: 'bad-luck', stage: 'read', message: '' }],
    ['source', {}],
    ['models', null],
    ['retryOf', 1],
    ['decisionOf', 7],
    ['fence', -1],
  ])('whose %s is %j is none', (field, value) => {
    expect(() => parseRecord(link({ [field]: value }))).toThrow(
      'Record 1 of the ledger is not one that this tool writes; nothing was done with it',
    );
  });

  it('may hold a number that is not one, as JSON writes it', () => {
    const risk = { before: 1, after: null, reasons: [] };
    expect(parseRecord(link({ risk })).risk).toEqual({ before: 1, after: NaN, reasons: [] });
  });
});
