import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * The arguments of a tool. Its usage is the comment at the head of its file: `--help` prints that comment and ends the
 * process before anything is read or measured; so do arguments that the tool does not know, with exit code 2.
 * @param url of the tool: `import.meta.url`
 * @param config as `parseArgs` of node:util takes it
 */
export function toolArguments<const T extends ParseArgsConfig>(
  url: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(`${usageOf(readFileSync(fileURLToPath(url), 'utf8'))}\n`);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return failUsage(url, error instanceof Error ? error.message : String(error));
  }
}

/** Prints the problem and the usage, and ends the process with exit code 2. */
export function failUsage(url: string, problem: string): never {
  process.stderr.write(`${problem}\n\n${usageOf(readFileSync(fileURLToPath(url), 'utf8'))}\n`);
  process.exit(2);
}

/** The text of the comment at the head of a file. @throws {Error} when the file does not begin with a comment */
export function usageOf(source: string): string {
  const comment = /^\/\*\*(.+?)\*\//s.exec(source)?.[1];
  if (comment === undefined) throw new Error('Expected a comment at the head of the tool but found none');
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, '').trimEnd());
  return lines.join('\n').trim();
}
