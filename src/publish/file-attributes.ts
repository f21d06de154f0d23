import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_BYTES = 2 ** 28;

/**
 * Names of the extended attributes that people and programs set on files (Linux: "user.…"), which travel with a copy:
 * a browser writes there where a file came from. Node cannot read them, so `getfattr` of the package "attr" is asked.
 * @returns by path, relative to the folder; undefined when they cannot be told: on other systems, or without the program
 */
export async function fileAttributes(
  folder: string,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  if (process.platform !== 'linux') return undefined;
  // Physical: no link is followed. Of every other namespace than "user" the system is the author.
  const args = ['--recursive', '--physical', '--no-dereference', '--match=^user\\.', '--', '.'];
  const listed = await run('getfattr', args, {
    cwd: folder,
    maxBuffer: MOST_BYTES,
    encoding: 'latin1',
  }).catch(() => undefined);
  return listed && parse(listed.stdout);
}

/** Blocks of "# file: PATH" and one name a line; other than plain characters stand there as \ooo. */
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

/** Bytes, one a sign, as the text that they are. */
function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
