import type { AttackerId } from './calibrate-attackers.ts';
import { ranksOf, type Known, type Ranks } from './calibrate-figures.ts';
import type { Embedded, Result, Role } from './calibrate-measure.ts';
import { patchId, WIDTHS, type Way } from './calibrate-patches.ts';
import { CONDITIONS } from './calibrate-sets.ts';
import { PLACES, type Place } from './face-marks.ts';
import { ranksOfScores, scoresOfSkin, sumOf, type PatchOf, type Scores } from './skin-ranks.ts';

/** Ways to find out whose patch of skin it is; "known" compares it with the same patch of everybody else. */
export const ATTACKS = [
  'faceres',
  'resnet-34',
  'faceres-known',
  'resnet-34-known',
  'faceres-enlarged',
  'texture',
  'colour',
  'both',
  'faceres-margin',
  'faceres-within',
  'resnet-34-within',
] as const;
export type AttackId = (typeof ATTACKS)[number];

/** The attacks by comparing faces: by whom, on what, and whether the gallery is treated in the same way. */
const EMBEDDED: readonly (readonly [AttackId, AttackerId, Way, boolean])[] = [
  ['faceres', 'faceres', 'alone', false],
  ['resnet-34', 'resnet-34', 'alone', false],
  ['faceres-known', 'faceres', 'alone', true],
  ['resnet-34-known', 'resnet-34', 'alone', true],
  ['faceres-enlarged', 'faceres', 'enlarged', true],
  ['faceres-margin', 'faceres', 'margin', false],
  ['faceres-within', 'faceres', 'within', false],
  ['resnet-34-within', 'resnet-34', 'within', false],
];

/** What is left around a patch: nothing, or everything but the head. */
export type Around = 'alone' | 'within';
/** Who attacks; whoever knows a patch compares only it, whatever is left around it. */
const WHO: Readonly<Record<Around, (attack: AttackId) => boolean>> = {
  alone: (attack) => !attack.endsWith('-within'),
  within: (attack) => !['faceres', 'resnet-34', 'faceres-margin'].includes(attack),
};

export function attacksOn(around: Around): readonly AttackId[] {
  return ATTACKS.filter(WHO[around]);
}

/** The attacks on one patch of everybody. */
export interface PatchAttacks {
  readonly place: Place;
  readonly width: number;
  /** Who was attacked; everything else is in their order. */
  readonly names: readonly string[];
  /** Of the face's box. */
  readonly shares: readonly number[];
  readonly ranks: Readonly<Partial<Record<AttackId, readonly Ranks[]>>>;
}

/** People of whom there is a photo in the gallery and one that is attacked, in the order of their names. */
export interface People {
  readonly gallery: readonly Embedded[];
  readonly probes: readonly Embedded[];
  readonly names: readonly string[];
}

export function peopleOf(results: readonly Result[]): People {
  const seen = results
    .filter((result): result is Embedded => !result.missed)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const of = (role: Role) => seen.filter((result) => result.role === role);
  const attacked = new Set(of('probe').map(({ name }) => name));
  const gallery = of('gallery').filter(({ name }) => attacked.has(name));
  const names = gallery.map(({ name }) => name);
  return { gallery, names, probes: of('probe').filter(({ name }) => names.includes(name)) };
}

/** Attacks every patch of everybody by comparing faces. */
export function attackByFace({ gallery, probes, names }: People): readonly PatchAttacks[] {
  return eachPatch((place, width) => {
    const ranks: Partial<Record<AttackId, readonly Ranks[]>> = {};
    for (const [attack, attacker, way, isKnown] of EMBEDDED) {
      const id = patchId(way, place, width);
      const condition = CONDITIONS.patches.find((each) => each.id === id);
      if (!(condition?.attackers ?? []).includes(attacker)) continue;
      ranks[attack] = ranksOf(
        vectorsOf(probes, id, attacker),
        vectorsOf(gallery, isKnown ? id : 'unredacted', attacker),
      );
    }
    const shares = probes.map(({ shares }) => shares[patchId('alone', place, width)] ?? NaN);
    return { place, width, names, shares, ranks };
  });
}

/** Attacks every patch of everybody by its skin; and, per width, all patches of everybody together. */
export function attackBySkin({ gallery, probes, names }: People): {
  readonly patches: readonly Omit<PatchAttacks, 'shares'>[];
  readonly together: readonly { readonly width: number; readonly ranks: readonly Ranks[] }[];
} {
  const scores = eachPatch((place, width) => {
    const id = patchId('skin', place, width);
    return { place, width, scores: scoresOfSkin(skinsOf(probes, id), skinsOf(gallery, id)) };
  });
  const ranks = (each: Scores) => ranksOfScores(each, names, names);
  return {
    patches: scores.map(({ place, width, scores: { texture, colour, both } }) => ({
      place,
      width,
      names,
      ranks: { texture: ranks(texture), colour: ranks(colour), both: ranks(both) },
    })),
    together: WIDTHS.map((width) => ({
      width,
      ranks: ranks(sumOf(scores.filter((each) => each.width === width).map((each) => each.scores.both))),
    })),
  };
}

function eachPatch<T>(use: (place: Place, width: number) => T): readonly T[] {
  return PLACES.flatMap((place) => WIDTHS.map((width) => use(place, width)));
}

export function vectorsOf(people: readonly Embedded[], condition: string, attacker: AttackerId): Known[] {
  return people.map(({ name, embeddings }) => {
    const vector = embeddings[condition]?.[attacker];
    if (!vector) throw new Error(`Expected an embedding of ${condition} by ${attacker}`);
    return { name, vector };
  });
}

export function skinsOf(people: readonly Embedded[], condition: string): PatchOf[] {
  return people.map(({ name, skins }) => {
    const patch = skins[condition];
    if (!patch) throw new Error(`Expected the skin of ${condition}`);
    return { name, patch };
  });
}
