import { GALLERY, recognitionProbability } from '../dist/risk/face-recognition.js';
import { ATTACKERS, type AttackerId } from './calibrate-attackers.ts';
import { WHOLE as CONDITIONS } from './calibrate-conditions.ts';
import { fitCurve, halfOf, reliability, type Outcome, type Tenth } from './calibrate-curve.ts';
import {
  dot,
  figures,
  impostorThreshold,
  mean,
  ranksOf,
  round,
  roundInterval,
  unit,
  type Known,
  type RankFigures,
} from './calibrate-figures.ts';
import type { Embedded, Result, Role } from './calibrate-measure.ts';

/** The attacker whose success is predicted: the better of the two wherever a face is covered. */
const PREDICTED: AttackerId = 'faceres';
/** The share of comparisons between different people that may reach the check's threshold. */
const FALSE_MATCHES = 0.001;

export interface AttackFigures extends RankFigures {
  /** The figures when the gallery was redacted in the same way. */
  readonly sameOnGallery?: RankFigures;
}

export type Figures = ReturnType<typeof analyse>;

/** All figures of a measurement. @param ofSkin what is known of faces of which only skin is left, for the curve */
export function analyse(results: readonly Result[], ofSkin: readonly Outcome[]) {
  const seen = results
    .filter((result): result is Embedded => !result.missed)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const of = (role: Role) => seen.filter((result) => result.role === role);
  const gallery = of('gallery');
  const known = new Set(gallery.map(({ name }) => name));
  const probes = of('probe').filter(({ name }) => known.has(name));
  const attack = (
    attacker: AttackerId,
    condition: string,
    against: string,
    extra: readonly Embedded[] = [],
  ) => {
    const vectors = (people: readonly Embedded[], id: string): Known[] =>
      people.map((person) => ({ name: person.name, vector: embeddingOf(person, id, attacker) }));
    return ranksOf(vectors(probes, condition), [
      ...vectors(gallery, against),
      ...vectors(extra, 'unredacted'),
    ]);
  };
  const outcomes: Outcome[] = [...ofSkin];
  const conditions = CONDITIONS.map((condition) => {
    const { id, label, isControl, isOnGallery, plainBlur } = condition;
    const attackers: Partial<Record<AttackerId, AttackFigures>> = {};
    for (const attacker of condition.attackers ?? ATTACKERS) {
      const ranks = attack(attacker, id, 'unredacted');
      attackers[attacker] = {
        ...figures(ranks),
        ...(isOnGallery ? { sameOnGallery: figures(attack(attacker, id, id)) } : {}),
      };
      if (attacker !== PREDICTED || isControl) continue;
      for (const [i, probe] of probes.entries()) {
        outcomes.push({
          name: probe.name,
          share: shareOf(probe, id),
          plainBlur,
          surroundings: condition.surroundings,
          hit: ranks[i]?.rank1 === true,
        });
      }
    }
    return { id, label, share: round(mean(probes.map((probe) => shareOf(probe, id)))), attackers };
  });
  const distractors = of('distractor');
  const predicted = outcomes.map((outcome) => ({ ...outcome, predicted: recognitionProbability(outcome) }));
  return {
    gallery: gallery.length,
    galleryOfTheCurve: GALLERY,
    probes: probes.length,
    chance: round(1 / gallery.length),
    missed: results.length - seen.length,
    guessed: seen.filter(({ isGuess }) => isGuess).length,
    withDistractors:
      distractors.length === 0
        ? undefined
        : {
            gallery: gallery.length + distractors.length,
            'resnet-34': figures(attack('resnet-34', 'unredacted', 'unredacted', distractors)),
            faceres: figures(attack('faceres', 'unredacted', 'unredacted', distractors)),
          },
    conditions,
    curve: fitCurve(outcomes.filter(({ name }) => halfOf(name) === 0)),
    reliability: tenths(predicted.filter(({ name }) => halfOf(name) === 1)),
    reliabilityOfSkin: tenths(
      predicted.filter(({ name, features }) => halfOf(name) === 1 && features === false),
    ),
    check: checkFigures(gallery, probes),
  };
}

function embeddingOf({ embeddings }: Embedded, condition: string, attacker: AttackerId): Float32Array {
  const vector = embeddings[condition]?.[attacker];
  if (!vector) throw new Error(`Expected an embedding of ${condition} by ${attacker}`);
  return vector;
}

function shareOf({ shares }: Embedded, condition: string): number {
  const share = shares[condition];
  if (share === undefined) throw new Error(`Expected the share that ${condition} leaves`);
  return share;
}

function tenths(predicted: Parameters<typeof reliability>[0]): Tenth[] {
  return reliability(predicted).map(({ from, n, predicted, achieved, interval }) => ({
    from,
    n,
    predicted: round(predicted),
    achieved: round(achieved),
    interval: roundInterval(interval),
  }));
}

/** The check's threshold, and how many faces reach it: compared with another photo of the person, and the source. */
function checkFigures(gallery: readonly Embedded[], probes: readonly Embedded[]) {
  const vector = (person: Embedded, id: string) => unit(embeddingOf(person, id, 'faceres'));
  const { threshold, comparisons } = impostorThreshold(
    gallery.map((person) => vector(person, 'unredacted')),
    FALSE_MATCHES,
  );
  const photoOf = (name: string) => {
    const person = gallery.find((each) => each.name === name);
    if (!person) throw new Error('Expected everybody who is looked for in the gallery');
    return vector(person, 'unredacted');
  };
  const share = (likeness: readonly number[]) => {
    const reached = likeness.filter((value) => value >= threshold).length;
    return { share: round(reached / likeness.length), median: round(quantile(likeness, 0.5)) };
  };
  return {
    threshold: round(threshold),
    comparisons,
    otherPhoto: share(probes.map((probe) => dot(vector(probe, 'unredacted'), photoOf(probe.name)))),
    found: Object.fromEntries(
      CONDITIONS.map(({ id }) => [
        id,
        share(probes.map((probe) => dot(vector(probe, 'unredacted'), vector(probe, id)))),
      ]),
    ),
  };
}

function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(at * (values.length - 1))] ?? NaN;
}
