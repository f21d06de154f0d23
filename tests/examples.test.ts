import { describe, expect, it } from 'vitest';
import { helpEn } from '../src/words/help-en.js';
import { cli } from './support/cli.js';
import { commandsOf, documents } from './support/documents.js';

/** Options that a folder goes on with, whatever it began with. */
const FREE = ['--retry-refused', '--repair', '--dry-run', '--log', '--jobs'];
/** Commands that write into a folder. */
const WRITING = /^image-deid (run|watch|enqueue) /;

/** What decides about photos in an example, by its folder. */
function settingsByFolder(examples: readonly string[]): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const example of examples.filter((each) => WRITING.test(each))) {
    const [, out = ''] = /--out (\S+)/.exec(example) ?? [];
    const settings = example
      .split(/ (?=--)/)
      .slice(1)
      .filter((option) => !option.startsWith('--out') && !FREE.includes(option.split(' ')[0] ?? ''));
    all.set(out, (all.get(out) ?? new Set()).add(settings.sort().join(' ')));
  }
  return all;
}

const onlyOnce = (examples: readonly string[]) =>
  [...settingsByFolder(examples)].filter(([, settings]) => settings.size > 1);

describe('examples work one after the other: a folder is begun with one set of options', () => {
  it('in the README', () => {
    const readme = documents().filter(({ path }) => path === 'README.md');
    // "run --sign …" in a sentence stands for any run.
    const examples = readme.flatMap(commandsOf).map(({ words }) => words.join(' '));
    expect(examples.filter((example) => WRITING.test(example)).length).toBeGreaterThan(15);
    expect(onlyOnce(examples.filter((example) => example.includes('--out')))).toEqual([]);
  });

  it('in --help', async () => {
    const helps = await Promise.all(Object.keys(helpEn.commands).map((name) => cli([name, '--help'])));
    const examples = helps.flatMap(({ stdout }) =>
      [...stdout.matchAll(/^ +(image-deid .*?)(?= {2}|$)/gm)].map(([, example = '']) => example),
    );
    expect(examples.length).toBeGreaterThan(10);
    expect(onlyOnce(examples.filter((example) => example.includes('--out')))).toEqual([]);
  });
});
