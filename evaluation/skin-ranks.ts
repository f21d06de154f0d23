import type { Ranks } from './calibrate-figures.ts';
import { colourDistance, knownSkin, likenessOfTexture, seenSkin } from './skin-attacker.ts';
import type { SkinPatch } from './skin-patch.ts';

/** Somebody's patch of skin. */
export interface PatchOf {
  readonly name: string;
  readonly patch: SkinPatch;
}

/** What an attacker goes by. */
export const CLUES = ['texture', 'colour', 'both'] as const;
export type Clue = (typeof CLUES)[number];

/** How alike everybody who is looked for, by row, is to everybody in the gallery, by column. */
export type Scores = readonly (readonly number[])[];

/**
 * Likeness by each clue, in units of its spread over all the probes, because some skin is like everybody's; an attacker
 * has all of them too.
 */
export function scoresOfSkin(
  probes: readonly PatchOf[],
  gallery: readonly PatchOf[],
): Readonly<Record<Clue, Scores>> {
  const known = gallery.map(({ patch }) => knownSkin(patch));
  const spread = known[0]!.colour.map((_, i) => deviation(known.map(({ colour }) => colour[i]!)));
  const seen = probes.map(({ patch }) => seenSkin(patch));
  const texture = evenedOut(seen.map((probe) => known.map((other) => likenessOfTexture(other, probe))));
  const colour = evenedOut(
    seen.map((probe) => known.map((other) => -colourDistance(other.colour, probe.colour, spread))),
  );
  return { texture, colour, both: sumOf([texture, colour]) };
}

export function sumOf(scores: readonly Scores[]): Scores {
  return scores[0]!.map((row, i) => row.map((_, j) => scores.reduce((sum, each) => sum + each[i]![j]!, 0)));
}

/**
 * Whether the right person comes first, and among the first five, for every probe.
 * @param probes names by row
 * @param gallery names by column; holds every probe's name once
 */
export function ranksOfScores(
  scores: Scores,
  probes: readonly string[],
  gallery: readonly string[],
): readonly Ranks[] {
  return scores.map((row, i) => {
    const own = row[gallery.indexOf(probes[i]!)] ?? NaN;
    // Likeness to nobody, as of patches that show nothing, names nobody.
    const before = row.filter((value) => value >= own).length - 1;
    return { rank1: before < 1, rank5: before < 5 };
  });
}

/** The ranks by each clue. */
export function ranksOfSkin(
  probes: readonly PatchOf[],
  gallery: readonly PatchOf[],
): Readonly<Record<Clue, readonly Ranks[]>> {
  const { texture, colour, both } = scoresOfSkin(probes, gallery);
  const [rows, columns] = [probes.map(({ name }) => name), gallery.map(({ name }) => name)];
  const ranks = (scores: Scores) => ranksOfScores(scores, rows, columns);
  return { texture: ranks(texture), colour: ranks(colour), both: ranks(both) };
}

/** Each column, then each row, with mean 0 and spread 1. */
export function evenedOut(scores: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return transposed(transposed(scores).map(standard)).map(standard);
}

function transposed(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return (rows[0] ?? []).map((_, i) => rows.map((row) => row[i]!));
}

function standard(values: readonly number[]): readonly number[] {
  const [mean, spread] = [meanOf(values), deviation(values)];
  return values.map((value) => (spread === 0 ? 0 : (value - mean) / spread));
}

export function deviation(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
