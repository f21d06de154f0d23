import type { AttackerId } from './calibrate-attackers.ts';
import { ranksOf, type Known, type Ranks } from './calibrate-figures.ts';
import type { Embedded, Result, Role } from './calibrate-measure.ts';
import { patchId, WIDTHS, type Way } from './calibrate-patches.ts';
import { CONDITIONS } from './calibrate-sets.ts';
import { PLACES, type Place } from './face-marks.ts';
import { ranksOfSkin, type PatchOf } from './skin-ranks.ts';

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
  /** In the order of `names`. */
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

/** Attacks every patch of everybody. */
export function attackPatches(people: People): readonly PatchAttacks[] {
  return PLACES.flatMap((place) => WIDTHS.map((width) => attackPatch(people, place, width)));
}

function attackPatch({ gallery, probes }: People, place: Place, width: number): PatchAttacks {
  const id = (way: Way) => patchId(way, place, width);
  const ranks: Partial<Record<AttackId, readonly Ranks[]>> = ranksOfSkin(
    skinsOf(probes, id('alone')),
    skinsOf(gallery, id('alone')),
  );
  for (const [attack, attacker, way, known] of EMBEDDED) {
    const condition = CONDITIONS.patches.find((each) => each.id === id(way));
    if (!(condition?.attackers ?? []).includes(attacker)) continue;
    ranks[attack] = ranksOf(
      vectorsOf(probes, id(way), attacker),
      vectorsOf(gallery, known ? id(way) : 'unredacted', attacker),
    );
  }
  return { place, width, shares: probes.map(({ shares }) => shares[id('alone')] ?? NaN), ranks };
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
