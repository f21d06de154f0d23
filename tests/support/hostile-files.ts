import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync, chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { ErrorCode } from '../../src/core/errors.js';

/** What a file must become: published clean, or refused with this code. */
export type Expected = 'clean' | ErrorCode;

/** Planted behind the end of a picture. */
export const SECRET = 'HOSTILE-SECRET-TRAILER';

/** A small photo-like picture; the seed makes every one different. */
function picture(seed: number) {
  const [width, height] = [96, 64];
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = 150 + 40 * Math.sin(i / (50 + seed)) + (seed % 20);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A PNG whose header claims a size that its few bytes of data do not have. */
function bombPng(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const out = Buffer.alloc(body.length + 12);
    out.writeUInt32BE(body.length, 0);
    out.write(type, 4, 'latin1');
    body.copy(out, 8);
    out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 2;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** 25,000 comment segments behind the start of a JPEG. */
function manyComments(jpeg: Buffer): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 3, 0x78]);
  const all = Array.from({ length: 25_000 }, () => comment);
  return Buffer.concat([jpeg.subarray(0, 2), ...all, jpeg.subarray(2)]);
}

/**
 * Writes hostile files into `folder`/in, and one outside of it that a link leads to.
 * @returns what each must become, in the order of the raw bytes of their paths
 */
export async function writeHostileFiles(folder: string): Promise<{ input: string; expected: Expected[] }> {
  const input = join(folder, 'in');
  mkdirSync(input);
  const found: { path: Buffer; expected: Expected }[] = [];
  const add = (name: string | Buffer, expected: Expected, bytes?: Uint8Array): void => {
    const path = Buffer.concat([Buffer.from(`${input}/`), Buffer.from(name)]);
    if (bytes) writeFileSync(path, bytes);
    found.push({ path, expected });
  };
  let seed = 0;
  const jpeg = () => picture(seed++).jpeg().toBuffer();
  const png = () => picture(seed++).png().toBuffer();

  const [cutJpeg, cutPng] = [await jpeg(), await png()];
  add('truncated.jpg', 'truncated', cutJpeg.subarray(0, cutJpeg.length * 0.6));
  add('truncated.png', 'truncated', cutPng.subarray(0, cutPng.length * 0.6));
  add('zero-byte.jpg', 'empty-file', Buffer.alloc(0));
  add('bomb.png', 'too-many-pixels', bombPng(60_000, 60_000));
  add('text.jpg', 'not-an-image', Buffer.from('This is a letter, not a photo.\n'));
  add('drawing.png', 'unsupported-format', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  add('many-comments.jpg', 'clean', manyComments(await jpeg()));
  add(
    'polyglot.jpg',
    'clean',
    Buffer.concat([await jpeg(), Buffer.from(`PK\u0003\u0004${SECRET}`, 'latin1')]),
  );
  add('wrong-extension.jpg', 'clean', await png());
  add('no-extension', 'clean', await jpeg());
  add('line\nbreak.jpg', 'clean', await jpeg());
  add('-rf.jpg', 'clean', await jpeg());
  add('photo\u202egpj.exe', 'clean', await jpeg());
  add('%2e%2e%2fup.jpg', 'clean', await jpeg());
  mkdirSync(join(input, 'folder.jpg'));
  add('folder.jpg/inside.jpg', 'clean', await jpeg());
  writeFileSync(join(folder, 'outside.jpg'), await jpeg());
  symlinkSync(join(folder, 'outside.jpg'), join(input, 'link-out.jpg'));
  add('link-out.jpg', 'outside-input');
  symlinkSync('nowhere.jpg', join(input, 'link-nowhere.jpg'));
  add('link-nowhere.jpg', 'unreadable');
  execFileSync('mkfifo', [join(input, 'pipe.jpg')]);
  add('pipe.jpg', 'not-a-regular-file');
  // The superuser reads everything; then this is a photo like any other.
  add('locked.jpg', process.getuid?.() === 0 ? 'clean' : 'unreadable', await jpeg());
  chmodSync(join(input, 'locked.jpg'), 0);
  // Only Linux keeps names that are no UTF-8.
  if (process.platform === 'linux') add(Buffer.from('name-\xff\xfe.jpg', 'latin1'), 'clean', await jpeg());

  found.sort((a, b) => Buffer.compare(a.path, b.path));
  return { input, expected: found.map(({ expected }) => expected) };
}
