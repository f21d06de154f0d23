import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { LedgerRecord } from '../../src/publish/contract.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist/cli/main.js');

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whoever runs the tests may speak French. @default 'C' */
  readonly locale?: string;
}

/** Runs a script with this Node and waits for its end; a script that was killed throws. */
export function runNode(
  script: string,
  args: readonly string[],
  { locale = 'C', ...options }: RunOptions = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [script, ...args],
      { cwd: ROOT, maxBuffer: 2 ** 26, ...options, env: { ...(options.env ?? process.env), LC_ALL: locale } },
      (error, stdout, stderr) => {
        if (child.exitCode === null) {
          reject(
            new Error(`The command was ended by ${child.signalCode ?? 'an error'}: ${stderr}`, {
              cause: error,
            }),
          );
        } else resolve({ code: child.exitCode, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

/** Runs the built command `image-deid`. */
export function cli(args: readonly string[], options: RunOptions = {}) {
  if (!existsSync(MAIN)) throw new Error('These tests need dist/: npm run build');
  return runNode(MAIN, args, options);
}

/** A new folder of its own under the system's temporary folder. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'image-deid-test-'));
}

/** The same, with the sample photos in its folder `samples`. */
export async function folderWithSamples(): Promise<string> {
  const folder = await temporaryFolder();
  const { code } = await runNode(join(ROOT, 'samples/make-samples.mjs'), [join(folder, 'samples')]);
  expect(code).toBe(0);
  return folder;
}

export async function readLedger(folder: string): Promise<LedgerRecord[]> {
  const text = await readFile(join(folder, 'ledger.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LedgerRecord);
}

/** SHA-256 of every record's source, or the code of the error that kept it from being read: only the private state has it. */
export async function readSources(folder: string): Promise<Map<number, string>> {
  const lines = (await readFile(join(folder, '.state/names.jsonl'), 'utf8')).split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const { seq, source } = JSON.parse(line) as { seq: number; source: string };
      return [seq, source];
    }),
  );
}

/** Paths of all files of a finished run that may be shared: everything but the state folder. */
export async function sharedFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(folder, '.state')))
    .sort();
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
