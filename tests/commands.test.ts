import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MAIN, ROOT } from '../scripts/support/root.ts';
import { commandsOf, documents, filesLike, type Command } from './support/documents.js';

const PACKAGE = z.object({ scripts: z.record(z.string(), z.string()) });
const { scripts } = PACKAGE.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
/** What starts a tool in TypeScript. */
const TOOL = scripts['tool'] ?? '';
const LOADER = TOOL.split(' ').slice(1);

/** Files that are tools: they answer `--help`. */
const tools = filesLike(['{bench,evaluation,scripts,training}/*.{ts,mjs,sh}']).filter((path) =>
  /toolArguments\(import\.meta\.url|'--help'|--help\)/.test(readFileSync(join(ROOT, path), 'utf8')),
);

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const answers = new Map<string, Promise<Answer>>();

/** What a program says to `--help`; each is asked once. */
function helpOf(program: readonly string[]): Promise<Answer> {
  const key = program.join(' ');
  const known = answers.get(key);
  if (known) return known;
  const [command = '', ...words] = program;
  const answer = new Promise<Answer>((resolve) => {
    const child = execFile(command, [...words, '--help'], { cwd: ROOT }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
  answers.set(key, answer);
  return answer;
}

function startOf(path: string): readonly string[] {
  if (path.endsWith('.sh')) return [join(ROOT, path)];
  return [process.execPath, ...(path.endsWith('.ts') ? LOADER : []), path];
}

/**
 * The program that a cited command starts; undefined for what is not of this project, and for programs of packages that
 * `npm test` starts itself (vitest, eslint, …).
 * @throws {Error} for a command of this project that there is not
 */
function programOf({ words }: Command): readonly string[] | undefined {
  const [command, ...rest] = words;
  if (command === 'image-deid') return imageDeid(rest);
  if (command === 'node' && rest[0] === 'dist/cli/main.js') return imageDeid(rest.slice(1));
  if (command === 'npm' && rest[0] === 'run') {
    const name = rest.slice(1).find((word) => !word.startsWith('-')) ?? '';
    if (name === 'tool') {
      const file = rest[rest.indexOf('tool') + 1] ?? '';
      // `npm run tool FILE` stands for any.
      return file === 'FILE' ? undefined : toolAt(file);
    }
    const script = scripts[name];
    if (script === undefined) throw new Error(`There is no script "${name}"`);
    if (script.startsWith(`${TOOL} `)) return toolAt(script.slice(TOOL.length + 1));
    return undefined;
  }
  const path = command === 'node' ? rest[0] : command;
  return path !== undefined &&
    /^(bench|evaluation|scripts|training)\/.*\.(ts|mjs|sh)$/.test(path) &&
    rest.length > 0
    ? toolAt(path)
    : undefined;
}

function imageDeid(words: readonly string[]): readonly string[] {
  const [sub] = words;
  return [process.execPath, MAIN, ...(sub !== undefined && /^[a-z]+$/.test(sub) ? [sub] : [])];
}

function toolAt(path: string): readonly string[] {
  if (!existsSync(join(ROOT, path)) || !tools.includes(path)) throw new Error(`"${path}" is no tool`);
  return startOf(path);
}

/** Options in a command, without brackets, values and punctuation. */
function optionsOf({ words }: Command): string[] {
  return words.flatMap((word) => /^\[?(--[a-z][a-z-]*)/.exec(word)?.[1] ?? []);
}

const cited = documents()
  .flatMap(commandsOf)
  .map((command) => [`${command.document}: ${command.words.join(' ')}`, command] as const)
  .filter(([, { words }]) =>
    /^(image-deid|node|npm|bench|evaluation|scripts|training)\b/.test(words[0] ?? ''),
  );

describe.concurrent('a tool', () => {
  it.each(tools)('%s says how it is used', async (path) => {
    const { code, stdout, stderr } = await helpOf(startOf(path));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.length).toBeGreaterThan(40);
  });
});

describe.concurrent('a command that a document cites', () => {
  it.each(cited)('%s', async (_title, command) => {
    const program = programOf(command);
    if (!program) return;
    const { code, stdout } = await helpOf(program);
    expect(code).toBe(0);
    // Whoever asks for help with a command that there is not is told of all.
    const sub = program[1] === MAIN ? program[2] : undefined;
    if (sub !== undefined) expect(stdout).toContain(`image-deid ${sub}`);
    expect(optionsOf(command).filter((option) => !stdout.includes(option))).toEqual([]);
  });

  it('is found', () => {
    expect(cited.length).toBeGreaterThan(50);
  });
});
