import { existsSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../scripts/support/root.ts';
import { anchorsOf, commandsOf, documentOf, documents, filesLike, MADE } from './support/documents.js';

const DOCUMENTS = documents();
const LINK = /\]\(([^)\s]+)\)/g;
/** A span of code that names a file or a folder from the project's own. */
const PATH = /^(?:src|tests|docs|models|scripts|bench|evaluation|training|samples)\/[\w./*{},<>-]*$/;
/** A span of code that is a file's name alone. */
const NAME = /^[\w.-]+\.(?:ts|tsx|mjs|cjs|py|sh)$/;
const NAMES = new Set(filesLike(['**/*']).map((path) => basename(path)));

describe.each(DOCUMENTS.map((document) => [document.path, document] as const))('%s', (path, document) => {
  it('links to what is there', () => {
    const broken = [...document.prose.matchAll(LINK)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? path : normalize(join(dirname(path), file));
        if (!existsSync(join(ROOT, linked))) return true;
        const other = DOCUMENTS.find((each) => each.path === linked);
        return anchor !== undefined && (!other || !anchorsOf(other).includes(anchor));
      });
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const named = document.code.filter((code) => PATH.test(code) || NAME.test(code));
    const missing = named.filter((code) => {
      if (NAME.test(code)) return !NAMES.has(code);
      // `models/<id>/` stands for any.
      const pattern = code.replace(/<\w+>/g, '*').replace(/\/$/, '');
      return (
        !MADE.includes(pattern) &&
        !existsSync(join(ROOT, pattern)) &&
        filesLike([pattern, `${pattern}/**`]).length === 0
      );
    });
    expect(missing).toEqual([]);
  });
});

describe('a document', () => {
  const text = [
    '# First part, `a.ts`',
    'See [there](../b.md#c) and `[no link](x)`; `npm run x -- --y # why`',
    '```sh',
    'cd a && b --c \\',
    '  d    # e',
    '(f | g)',
    '```',
  ].join('\n');
  const document = documentOf('a.md', text);

  it('is prose and code', () => {
    expect([...document.prose.matchAll(LINK)].map(([, target]) => target)).toEqual(['../b.md#c']);
    expect(document.code).toContain('a.ts');
    expect(anchorsOf(document)).toEqual(['first-part-ats']);
  });

  it('cites commands', () => {
    expect(commandsOf(document).map(({ words }) => words.join(' '))).toEqual([
      'cd a',
      'b --c d',
      'f',
      'g',
      'a.ts',
      '[no link](x)',
      'npm run x -- --y',
    ]);
  });
});
