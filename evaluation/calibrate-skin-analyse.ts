import { ATTACKERS } from './calibrate-attackers.ts';
import { halfOf, type Outcome } from './calibrate-curve.ts';
import { figures, mean, ranksOf, round, type Ranks } from './calibrate-figures.ts';
import type { Result } from './calibrate-measure.ts';
import { WIDTHS } from './calibrate-patches.ts';
import {
  attackByFace,
  attackBySkin,
  attacksOn,
  peopleOf,
  vectorsOf,
  type Around,
  type AttackId,
  type PatchAttacks,
} from './calibrate-skin-attacks.ts';

export type SkinFigures = ReturnType<typeof analyseSkin>['figures'];

/** Attacked people and whether each was recognised. */
interface Attacked {
  readonly names: readonly string[];
  readonly ranks: readonly Ranks[];
}

/** The patch's side that shows about as much skin, on all places together, as `--faces features` leaves. */
const AS_MUCH = 0.4;
/** A smaller share of a face is left where all of it was covered because a feature was not found. */
const COVERED = 0.02;

/** All figures of skin that is left of a face, and the outcomes that the curve is fitted to. */
export function analyseSkin(results: {
  readonly patches: readonly Result[];
  readonly skin: readonly Result[];
  readonly features: readonly Result[];
}) {
  const byFace = attackByFace(peopleOf(results.patches));
  const { patches: bySkin, together } = attackBySkin(peopleOf(results.skin));
  const features = attackFeatures(results.features);
  const all = together.find(({ width }) => width === AS_MUCH)!;
  const outcomes: Outcome[] = [];
  const add = (its: Attacked, shareOf: (name: string) => number | undefined, surroundings: boolean) => {
    for (const [i, name] of its.names.entries()) {
      const share = shareOf(name);
      if (share !== undefined)
        outcomes.push({ name, share, features: false, surroundings, hit: its.ranks[i]!.rank1 });
    }
  };
  const pooled = WIDTHS.map((width) => {
    const attacks = new Map<AttackId, Attacked[]>();
    for (const { names, ranks, width: its } of [...byFace, ...bySkin]) {
      if (its !== width) continue;
      for (const [attack, each] of Object.entries(ranks) as [AttackId, readonly Ranks[]][]) {
        attacks.set(attack, [...(attacks.get(attack) ?? []), { names, ranks: each }]);
      }
    }
    for (const around of ['alone', 'within'] as const satisfies readonly Around[]) {
      const best = bestOf(
        [...attacks].filter(([id]) => attacksOn(around).includes(id)).map(([, its]) => its),
      );
      for (const [i, its] of best.entries()) {
        const shares = sharesOf(byFace.filter((each) => each.width === width)[i]!);
        add(its, (name) => shares.get(name), around === 'within');
      }
    }
    return {
      width,
      share: round(mean(byFace.filter((each) => each.width === width).flatMap(({ shares }) => shares))),
      attacks: Object.fromEntries(
        [...attacks].map(([id, its]) => [id, figures(its.flatMap(({ ranks }) => ranks))]),
      ),
    };
  });
  const left = (name: string) => features.shares.get(name);
  for (const its of bestOf(
    [...features.attacks.values(), { ranks: all.ranks, names: bySkin[0]!.names }].map((each) => [each]),
  )) {
    add(its, (name) => ((left(name) ?? 0) > COVERED ? left(name) : undefined), false);
  }
  return {
    outcomes,
    figures: {
      people: {
        byFace: byFace[0]!.names.length,
        bySkin: bySkin[0]!.names.length,
        features: features.shares.size,
      },
      patches: byFace.map(({ place, width, shares, ranks }, i) => ({
        place,
        width,
        share: round(mean(shares)),
        attacks: figuresOf({ ...ranks, ...bySkin[i]!.ranks }),
      })),
      pooled,
      together: together.map(({ width, ranks }) => ({ width, ...figures(ranks) })),
      features: {
        share: round(mean([...features.shares.values()])),
        leftOpen: [...features.shares.values()].filter((share) => share > COVERED).length,
        attacks: figuresOf(Object.fromEntries([...features.attacks].map(([id, { ranks }]) => [id, ranks]))),
      },
    },
  };
}

/** What `--faces features` leaves, attacked by both who compare faces: with a plain gallery, and one treated alike. */
function attackFeatures(results: readonly Result[]) {
  const { gallery, probes, names } = peopleOf(results);
  const attacks = new Map<string, Attacked>();
  for (const attacker of ATTACKERS) {
    for (const [id, known] of [
      [attacker, 'unredacted'],
      [`${attacker}-known`, 'features'],
    ] as const) {
      const ranks = ranksOf(vectorsOf(probes, 'features', attacker), vectorsOf(gallery, known, attacker));
      attacks.set(id, { names, ranks });
    }
  }
  return { attacks, shares: new Map(probes.map(({ name, shares }) => [name, shares['features'] ?? NaN])) };
}

/** The attack that knows the largest share of the first half of the people; the other half has no say. */
function bestOf(attacks: readonly (readonly Attacked[])[]): readonly Attacked[] {
  const success = (its: readonly Attacked[]) => {
    const hits = its.flatMap(({ names, ranks }) =>
      names.flatMap((name, i) => (halfOf(name) === 0 ? [Number(ranks[i]!.rank1)] : [])),
    );
    return mean(hits);
  };
  return [...attacks].sort((a, b) => success(b) - success(a))[0] ?? [];
}

function sharesOf({ names, shares }: PatchAttacks): ReadonlyMap<string, number> {
  return new Map(names.map((name, i) => [name, shares[i]!]));
}

function figuresOf(ranks: Readonly<Record<string, readonly Ranks[] | undefined>>) {
  return Object.fromEntries(Object.entries(ranks).flatMap(([id, its]) => (its ? [[id, figures(its)]] : [])));
}
