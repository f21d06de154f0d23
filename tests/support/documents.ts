import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { ROOT } from '../../scripts/support/root.ts';

export interface Document {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
  /** `text` without blocks and spans of code. */
  readonly prose: string;
  /** What stands in blocks and spans of code, one piece each. */
  readonly code: readonly string[];
}

const BLOCK = /^```[^\n]*\n(.*?)^```$/gms;
const SPAN = /`([^`\n]+)`/g;

/** Folders that are made, not written. */
export const MADE = [
  ...['.git', 'node_modules', 'dist', 'dist-dev', 'docs/api', 'demo-out', 'eval-out', 'samples/photos'],
  '**/__pycache__',
];

/** Files of the project that match one of the patterns, from its folder. */
export function filesLike(patterns: readonly string[]): string[] {
  const ignore = MADE.map((folder) => `${folder}/**`);
  return globSync([...patterns], { cwd: ROOT, dot: true, ignore, expandDirectories: false }).sort();
}

export function documents(): Document[] {
  return filesLike(['**/*.md']).map((path) => documentOf(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function documentOf(path: string, text: string): Document {
  const withoutBlocks = text.replace(BLOCK, '');
  return {
    path,
    text,
    prose: withoutBlocks.replace(SPAN, ''),
    code: [...text.matchAll(BLOCK), ...withoutBlocks.matchAll(SPAN)].map(([, code]) => code ?? ''),
  };
}

/** The names under which a document's headings can be linked to, as GitHub and others make them. */
export function anchorsOf({ text }: Document): string[] {
  return [...text.replace(BLOCK, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** One command of a document: the words before the first one that a shell understands otherwise. */
export interface Command {
  readonly document: string;
  readonly words: readonly string[];
}

/** Commands that a document cites: what a shell would run, without comments, in the order of the document. */
export function commandsOf({ path, code }: Document): Command[] {
  return code.flatMap((piece) =>
    piece
      .replace(/\\\n\s*/g, ' ')
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*$/, ''))
      .flatMap((line) => line.split(/\s*(?:&&|\|\||;|\|)\s*/))
      .map((part) => part.trim().replace(/^\(|(?<=^[^(]*)\)$/g, ''))
      .filter(Boolean)
      .map((part) => ({ document: path, words: part.split(/\s+/) })),
  );
}
