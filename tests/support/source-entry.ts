import { join } from 'node:path';
import type { SourceEntry } from '../../src/source/index.js';

/** A file of an input folder, as `collectInputs` lists it. @param root absolute */
export function entryIn(root: string, name: string): SourceEntry {
  return { path: Buffer.from(join(root, name)), root: Buffer.from(root), display: name, named: false };
}
