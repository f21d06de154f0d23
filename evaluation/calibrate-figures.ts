export type Interval = readonly [low: number, high: number];

/** A person's face as numbers. */
export interface Known {
  readonly name: string;
  readonly vector: Vector;
}

export type Vector = Float32Array | Float64Array;

/** Whether the right person comes first, and among the first five. */
export interface Ranks {
  readonly rank1: boolean;
  readonly rank5: boolean;
}

/** 95 % confidence interval of a share (Wilson 1927). */
export function wilson(hits: number, all: number): Interval {
  if (all === 0) return [0, 1];
  const z = 1.96;
  const p = hits / all;
  const middle = (p + z ** 2 / (2 * all)) / (1 + z ** 2 / all);
  const half = (z * Math.sqrt((p * (1 - p)) / all + z ** 2 / (4 * all ** 2))) / (1 + z ** 2 / all);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/**
 * Whether the right person comes first, and among the first five, for every probe. Each set is centred on its own mean
 * and compared by the cosine: both attackers do better that way, above all with redactions, which make all faces alike.
 * @param gallery holds every probe's name once
 */
export function ranksOf(probes: readonly Known[], gallery: readonly Known[]): Ranks[] {
  const known = centred(gallery);
  return centred(probes).map(({ name, vector }) => {
    const likeness = known.map((other) => dot(other.vector, vector));
    const own = likeness[known.findIndex((other) => other.name === name)] ?? NaN;
    const before = likeness.filter((value) => value > own).length;
    return { rank1: before < 1, rank5: before < 5 };
  });
}

/** The cosine that this share of comparisons between different people reaches, as the check measures it. */
export function impostorThreshold(
  vectors: readonly Vector[],
  share: number,
): { readonly threshold: number; readonly comparisons: number } {
  const values = vectors.flatMap((one, i) => vectors.slice(0, i).map((other) => dot(one, other)));
  values.sort((a, b) => b - a);
  return { threshold: values[Math.floor(share * values.length)] ?? NaN, comparisons: values.length };
}

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function unit(vector: Vector): Vector {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function centred(items: readonly Known[]): Known[] {
  const units = items.map(({ name, vector }) => ({ name, vector: unit(vector) }));
  const mean = new Float64Array(units[0]?.vector.length ?? 0);
  for (const { vector } of units) {
    for (let i = 0; i < mean.length; i++) mean[i]! += vector[i]! / units.length;
  }
  return units.map(({ name, vector }) => ({
    name,
    vector: unit(vector.map((value, i) => value - mean[i]!)),
  }));
}

/** How many people are named correctly, and out of how many. */
export interface Figure {
  readonly hits: number;
  readonly share: number;
  readonly interval: Interval;
}

export interface RankFigures {
  readonly rank1: Figure;
  readonly rank5: Figure;
}

/** Figures in four digits. */
export function figures(ranks: readonly Ranks[]): RankFigures {
  const figure = (rank: keyof Ranks): Figure => {
    const count = hits(ranks, rank);
    return {
      hits: count,
      share: round(count / ranks.length),
      interval: roundInterval(wilson(count, ranks.length)),
    };
  };
  return { rank1: figure('rank1'), rank5: figure('rank5') };
}

function hits(ranks: readonly Ranks[], rank: keyof Ranks): number {
  return ranks.filter((result) => result[rank]).length;
}

export function roundInterval([low, high]: Interval): Interval {
  return [round(low), round(high)];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function round(value: number): number {
  return Number(value.toFixed(4));
}
