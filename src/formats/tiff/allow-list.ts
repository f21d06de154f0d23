import type { TiffDirectory } from './read-tiff.js';

/** The value that a written file may hold for each tag; a tag without an entry here may not be in it. */
const ALLOW_LIST: Readonly<Record<number, (values: readonly number[]) => boolean>> = {
  254: ([kind]) => kind === 2,
  256: (v) => v.length === 1,
  257: (v) => v.length === 1,
  258: (v) => v.length <= 4 && v.every((bits) => bits === 8),
  259: ([compression]) => compression === 8,
  262: ([photometric]) => photometric === 2,
  273: (v) => v.length > 0,
  274: ([orientation]) => orientation === 1,
  277: ([samples]) => samples === 3 || samples === 4,
  278: (v) => v.length === 1,
  279: (v) => v.length > 0,
  282: (v) => v[0] === 72 && v[1] === 1,
  283: (v) => v[0] === 72 && v[1] === 1,
  284: ([planes]) => planes === 1,
  296: ([unit]) => unit === 2,
  297: (v) => v.length === 2,
  317: ([predictor]) => predictor === 2,
  338: (v) => v.length === 1 && v[0] === 2,
};

/** Whether a written file may hold a tag with these values. */
export function isAllowed(directory: TiffDirectory, tag: number, values: readonly number[]): boolean {
  return directory.kind === 'page' && (ALLOW_LIST[tag]?.(values) ?? false);
}
