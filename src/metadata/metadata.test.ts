import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { ContainerPart } from '../core/metadata.js';
import { askWorker, KeptWorker } from './ask-worker.js';
import { meaningOfField } from './field-groups.js';
import { readMetadata } from './read-metadata.js';
import { groupFindings, hasIdentifying } from './report.js';
import { tileParts } from './tile-parts.js';
import { xmpNames } from './xmp-names.js';

const gap = (): { name: string; allowed: boolean } => ({ name: 'gap', allowed: false });
const pixel = { create: { width: 2, height: 2, channels: 3, background: '#123' } } as const;

describe('tileParts', () => {
  it('covers every byte once, and names the bytes that no claim covers', () => {
    const claims = [
      { name: 'b', offset: 4, length: 2, allowed: true },
      { name: 'a', offset: 0, length: 3, allowed: true },
    ];
    expect(tileParts(claims, 8, gap)).toEqual([
      { name: 'a', offset: 0, length: 3, allowed: true },
      { name: 'gap', offset: 3, length: 1, allowed: false },
      { name: 'b', offset: 4, length: 2, allowed: true },
      { name: 'gap', offset: 6, length: 2, allowed: false },
    ]);
  });

  it('never allows a claim that overlaps another or the end of the file', () => {
    const claims = [
      { name: 'a', offset: 0, length: 4, allowed: true },
      { name: 'b', offset: 2, length: 4, allowed: true },
      { name: 'c', offset: 6, length: 99, allowed: true },
    ];
    const parts = tileParts(claims, 8, gap);
    expect(parts.map((p) => [p.name, p.offset, p.length, p.allowed])).toEqual([
      ['a', 0, 4, true],
      ['b', 4, 2, false],
      ['c', 6, 2, false],
    ]);
  });
});

describe('meaningOfField', () => {
  it.each([
    ['GPSLatitude', 'place', true],
    ['DateTimeOriginal', 'time', true],
    ['OffsetTimeOriginal', 'time', true],
    ['ExposureTime', 'other', false],
    ['BodySerialNumber', 'device', true],
    ['LensModel', 'device', true],
    ['Artist', 'person', true],
    ['By-line', 'person', true],
    ['Iptc4xmpExt:PersonInImage', 'person', true],
    ['Software', 'software', true],
    ['ThumbnailOffset', 'preview', true],
    ['UserComment', 'comment', true],
    ['xmpMM:DocumentID', 'provenance', true],
    ['Orientation', 'other', false],
    ['SomethingNew', 'other', true],
    ['GDepth:Data', 'hidden-image', true],
    ['GImage:Mime', 'hidden-image', true],
  ])('%s is %s', (name, group, identifying) => {
    expect(meaningOfField(name)).toEqual({ group, identifying });
  });
});

describe('xmpNames', () => {
  it('gives names of elements and attributes, and expands nothing', () => {
    const packet = `<!DOCTYPE x [<!ENTITY a "&b;&b;">]><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
      <rdf:Description photoshop:City='Q' xmp:CreateDate = "now"><dc:creator>&a;</dc:creator></rdf:Description>`;
    expect(xmpNames(Buffer.from(packet))).toEqual(['photoshop:City', 'xmp:CreateDate', 'dc:creator']);
  });

  it('reads UTF-16', () => {
    expect(xmpNames(Buffer.from('<dc:title>x</dc:title>', 'utf16le'))).toEqual(['dc:title']);
  });
});

describe('readMetadata', () => {
  it('names the fields of a JPEG and never keeps a value', async () => {
    const exif = { IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitude: '1/1 2/1 3/1' } };
    const bytes = await sharp(pixel).withExif(exif).jpeg().toBuffer();
    const findings = await readMetadata(bytes, []);
    expect(findings).toContainEqual({ part: 'exif', field: 'Artist', group: 'person', identifying: true });
    expect(findings).toContainEqual({
      part: 'exif',
      field: 'GPSLatitude',
      group: 'place',
      identifying: true,
    });
    expect(JSON.stringify(findings)).not.toContain('Somebody');
  });

  it('finds nothing identifying in a bare JPEG', async () => {
    const bytes = await sharp(pixel).jpeg().toBuffer();
    expect(hasIdentifying(await readMetadata(bytes, []))).toBe(false);
  });

  it('says that a block could not be read', async () => {
    const finding = { part: 'exif', group: 'other', identifying: true } as const;
    const part: ContainerPart = { name: 'EXIF', offset: 0, length: 20, allowed: false, finding };
    expect(await readMetadata(new Uint8Array(20), [part])).toEqual([
      finding,
      { ...finding, field: 'unreadable' },
    ]);
  });

  it('says that an EXIF block points outside the file', async () => {
    // A TIFF whose first directory lies beyond its end.
    const bytes = Uint8Array.from([0x49, 0x49, 42, 0, 255, 255, 0, 0, 0, 0]);
    expect(await readMetadata(bytes, [])).toEqual([
      { part: 'exif', field: 'unreadable', group: 'other', identifying: true },
    ]);
  });
});

describe('askWorker', () => {
  it('stops a program that never ends', async () => {
    expect(await askWorker('for (;;) {}', {}, 0.2, 64)).toEqual({ kind: 'timeout' });
  });

  it('reports a program that throws, and one that does not answer', async () => {
    expect((await askWorker('throw new Error("x")', {}, 10, 64)).kind).toBe('died');
    expect((await askWorker('', {}, 10, 64)).kind).toBe('died');
  });

  it('gives the first message', async () => {
    const program = `const w = require('node:worker_threads'); w.parentPort.postMessage(w.workerData.a + 1);`;
    expect(await askWorker(program, { a: 1 }, 10, 64)).toEqual({ kind: 'answer', answer: 2 });
  });
});

describe('KeptWorker', () => {
  const program = `
    const { parentPort, threadId } = require('node:worker_threads');
    parentPort.on('message', (question) => {
      if (question === 'hang') for (;;) {}
      if (question === 'throw') throw new Error('x');
      if (question === 'end') process.exit(0);
      parentPort.postMessage(question + ' ' + threadId);
    });
  `;
  const answerOf = (outcome: unknown) => (outcome as { answer: string }).answer.split(' ');

  it('answers one question after the other in one thread', async () => {
    const worker = new KeptWorker<string, string>(program, {}, 64);
    const [first, second] = await Promise.all([worker.ask('a', 10), worker.ask('b', 10)]);
    const [[a, thread], [b, again]] = [answerOf(first), answerOf(second)] as [string[], string[]];
    expect([a, b, again]).toEqual(['a', 'b', thread]);
  });

  it('lets the process end while its thread waits for a question', () => {
    const script = `
      import { KeptWorker } from './src/metadata/ask-worker.ts';
      const program = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (q) => parentPort.postMessage(q + 1));";
      console.log((await new KeptWorker(program, {}, 64).ask(1, 10)).answer);
    `;
    const loader = ['--import', './scripts/typescript.mjs', '--input-type=module', '--eval', script];
    const { status, stdout } = spawnSync(process.execPath, loader, { encoding: 'utf8', timeout: 60_000 });
    expect([status, stdout]).toEqual([0, '2\n']);
  });

  for (const [question, seconds, kind] of [
    ['hang', 0.5, 'timeout'],
    ['throw', 10, 'died'],
    ['end', 10, 'died'],
  ] as const) {
    it(`gets a new thread after one was asked to ${question}`, async () => {
      const worker = new KeptWorker<string, string>(program, {}, 64);
      const [, before] = answerOf(await worker.ask('a', 10));
      expect((await worker.ask(question, seconds)).kind).toBe(kind);
      const [b, after] = answerOf(await worker.ask('b', 10));
      expect(b).toBe('b');
      expect(after).not.toBe(before);
    });
  }
});

describe('reporting', () => {
  it('counts findings by group, most first', () => {
    const of = (group: 'place' | 'time') => ({ part: 'exif', group, identifying: true });
    const counts = groupFindings([of('time'), of('place'), of('place')]);
    expect([...counts]).toEqual([
      ['place', 2],
      ['time', 1],
    ]);
  });
});
