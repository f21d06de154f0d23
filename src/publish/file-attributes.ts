import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_BYTES = 2 ** 28;

/**
 * Names of the extended attributes that people and programs set on files (Linux: "user.…"). They travel with a copy; a
 * browser notes there where a file came from. Node cannot read them, so `getfattr` of the package "attr" does.
 * @returns by path, relative to the folder; undefined where they cannot be read: on other systems, or without the
 * program
 */
export async function fileAttributes(
  folder: string,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  if (process.platform !== 'linux') return undefined;
  // "--physical" follows no link. Attributes in all namespaces but "user" are set by the system itself.
  const args = ['--recursive', '--physical', '--no-dereference', '--match=^user\\.', '--', '.'];
  const listed = await run('getfattr', args, {
    cwd: folder,
    maxBuffer: MOST_BYTES,
    encoding: 'latin1',
  }).catch(() => undefined);
  return listed && parse(listed.stdout);
}

/** Parses blocks of "# file: PATH" and one name a line, in which all but plain characters are written as \ooo. */
function parse(listed: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const block of listed.split('\n\n')) {
    const [head = '', ...names] = block.trim().split('\n');
    if (!head.startsWith('# file: ')) continue;
    const path = head
      .slice('# file: '.length)
      .replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
    found.set(utf8(path), names.map(utf8));
  }
  return found;
}

/** Decodes a string that holds one byte per character as the UTF-8 text that these bytes are. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
