import { createHash } from 'node:crypto';
import { recognition } from '../dist/risk/face-recognition.js';
import { wilson } from './calibrate-figures.mjs';

/** Which half of the people a name is in; the curve is fitted on the half 0 and checked on the half 1. */
export function halfOf(name) {
  return createHash('sha256').update(name).digest()[0] % 2;
}

/** What each parameter may be, and how finely it is searched. */
const RANGES = {
  whole: [0.5, 1, 0.005],
  halfAt: [0, 0.9, 0.005],
  steepness: [1, 40, 0.25],
  blurLimit: [0.005, 0.3, 0.0025],
};

/**
 * The curve of the greatest likelihood, one parameter after the other until none gets better.
 * @param outcomes of { share, plainBlur, hit }
 */
export function fitCurve(outcomes) {
  let best = { whole: 0.9, halfAt: 0.35, steepness: 10, blurLimit: 0.08 };
  let loss = lossOf(best, outcomes);
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const [name, [least, most, step]] of Object.entries(RANGES)) {
      for (let value = least; value <= most + 1e-9; value += step) {
        const curve = { ...best, [name]: Number(value.toFixed(4)) };
        const its = lossOf(curve, outcomes);
        if (its < loss - 1e-9) [best, loss, isBetter] = [curve, its, true];
      }
    }
  }
  return best;
}

function lossOf(curve, outcomes) {
  return outcomes.reduce((sum, { hit, ...left }) => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, recognition(curve, left)));
    return sum - Math.log(hit ? p : 1 - p);
  }, 0);
}

/**
 * Predicted and achieved re-identification per tenth of the predicted probability.
 * @param outcomes of { predicted, hit }
 */
export function reliability(outcomes) {
  return Array.from({ length: 10 }, (_, tenth) => {
    const inside = outcomes.filter(({ predicted }) => Math.min(9, Math.floor(predicted * 10)) === tenth);
    const n = inside.length;
    const hits = inside.filter(({ hit }) => hit).length;
    const predicted = inside.reduce((sum, outcome) => sum + outcome.predicted, 0) / n;
    return { from: tenth / 10, n, predicted, achieved: hits / n, interval: wilson(hits, n) };
  }).filter(({ n }) => n > 0);
}
