import { createHash } from 'node:crypto';
import { recognition, type FaceLeft, type RecognitionCurve } from '../dist/risk/face-recognition.js';
import { wilson, type Interval } from './calibrate-figures.ts';

/** One face that was attacked: what was left of it, and whether it was recognised. */
export interface Outcome extends FaceLeft {
  readonly name: string;
  readonly hit: boolean;
}

/** Which half of the people a name is in; the curve is fitted on half 0 and checked on half 1. */
export function halfOf(name: string): 0 | 1 {
  return createHash('sha256').update(name).digest().readUInt8(0) % 2 === 0 ? 0 : 1;
}

/** The range of each parameter, and how finely it is searched. */
const RANGES: Readonly<Record<keyof RecognitionCurve, readonly [least: number, most: number, step: number]>> =
  {
    nothing: [0, 0.1, 0.0025],
    alone: [0, 0.1, 0.0025],
    whole: [0.5, 1, 0.005],
    halfAt: [0, 0.9, 0.005],
    steepness: [1, 40, 0.25],
    blurLimit: [0.005, 0.3, 0.0025],
    skin: [0, 1, 0.005],
    skinShare: [0.01, 1, 0.01],
  };

/** The most likely curve: improves one parameter after the other until none gets any better. */
export function fitCurve(outcomes: readonly Outcome[]): RecognitionCurve {
  const groups = grouped(outcomes);
  let best: RecognitionCurve = {
    nothing: 0.02,
    alone: 0.01,
    whole: 0.9,
    halfAt: 0.35,
    steepness: 10,
    blurLimit: 0.08,
    skin: 0.2,
    skinShare: 0.1,
  };
  let loss = lossOf(best, groups);
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const [name, [least, most, step]] of Object.entries(RANGES)) {
      for (let value = least; value <= most + 1e-9; value += step) {
        const curve = { ...best, [name]: Number(value.toFixed(4)) };
        const its = lossOf(curve, groups);
        if (its < loss - 1e-9) [best, loss, isBetter] = [curve, its, true];
      }
    }
  }
  return best;
}

interface Group {
  readonly left: FaceLeft;
  readonly hits: number;
  readonly misses: number;
}

/** Outcomes with the same prediction, grouped; shares are rounded to a thousandth. */
function grouped(outcomes: readonly Outcome[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { name: _, hit, ...face } of outcomes) {
    const left = { ...face, share: Number(face.share.toFixed(3)) };
    const key = JSON.stringify(left);
    const group = groups.get(key) ?? { left, hits: 0, misses: 0 };
    groups.set(key, { ...group, hits: group.hits + Number(hit), misses: group.misses + Number(!hit) });
  }
  return [...groups.values()];
}

function lossOf(curve: RecognitionCurve, groups: readonly Group[]): number {
  return groups.reduce((sum, { left, hits, misses }) => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, recognition(curve, left)));
    return sum - hits * Math.log(p) - misses * Math.log(1 - p);
  }, 0);
}

/** Figures for predictions from `from` up to a tenth above it. */
export interface Tenth {
  readonly from: number;
  readonly n: number;
  readonly predicted: number;
  readonly achieved: number;
  readonly interval: Interval;
}

/** Predicted and achieved re-identification per tenth of the predicted probability. */
export function reliability(
  outcomes: readonly { readonly predicted: number; readonly hit: boolean }[],
): Tenth[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const inside = outcomes.filter(({ predicted }) => Math.min(9, Math.floor(predicted * 10)) === tenth);
    const n = inside.length;
    const hits = inside.filter(({ hit }) => hit).length;
    const predicted = inside.reduce((sum, outcome) => sum + outcome.predicted, 0) / n;
    return { from: tenth / 10, n, predicted, achieved: hits / n, interval: wilson(hits, n) };
  }).filter(({ n }) => n > 0);
}
