import { GALLERY, recognitionProbability } from '../dist/risk/face-recognition.js';
import { CONDITIONS } from './calibrate-conditions.mjs';
import { fitCurve, halfOf, reliability } from './calibrate-curve.mjs';
import { dot, impostorThreshold, ranksOf, unit, wilson } from './calibrate-figures.mjs';

const ATTACKERS = ['resnet-34', 'faceres'];
/** The one whose success is predicted: the better of the two wherever a face is covered. */
const PREDICTED = 'faceres';
/** Of comparisons between different people that may reach the check's threshold. */
const FALSE_MATCHES = 0.001;

/**
 * All figures of a measurement.
 * @param results as measureFaces gives them
 */
export function analyse(results) {
  const seen = results.filter(({ missed }) => !missed).sort((a, b) => (a.name < b.name ? -1 : 1));
  const of = (role) => seen.filter((result) => result.role === role);
  const gallery = of('gallery');
  const known = new Set(gallery.map(({ name }) => name));
  const probes = of('probe').filter(({ name }) => known.has(name));
  const attack = (attacker, condition, against, extra = []) => {
    const vectors = (people, id) =>
      people.map(({ name, embeddings }) => ({ name, vector: embeddings[id][attacker] }));
    return ranksOf(vectors(probes, condition), [
      ...vectors(gallery, against),
      ...vectors(extra, 'unredacted'),
    ]);
  };
  const outcomes = [];
  const conditions = CONDITIONS.map((condition) => {
    const { id, label, isPart, isControl, isOnGallery, plainBlur } = condition;
    const attackers = {};
    for (const attacker of isPart ? [PREDICTED] : ATTACKERS) {
      const ranks = attack(attacker, id, 'unredacted');
      attackers[attacker] = {
        ...figures(ranks),
        ...(isOnGallery ? { sameOnGallery: figures(attack(attacker, id, id)) } : {}),
      };
      if (attacker !== PREDICTED || isControl) continue;
      ranks.forEach(({ rank1 }, i) =>
        outcomes.push({ name: probes[i].name, share: probes[i].shares[id], plainBlur, hit: rank1 }),
      );
    }
    return { id, label, share: round(mean(probes.map(({ shares }) => shares[id]))), attackers };
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
            ...Object.fromEntries(
              ATTACKERS.map((id) => [id, figures(attack(id, 'unredacted', 'unredacted', distractors))]),
            ),
          },
    conditions,
    curve: fitCurve(outcomes.filter(({ name }) => halfOf(name) === 0)),
    reliability: tenths(predicted.filter(({ name }) => halfOf(name) === 1)),
    check: checkFigures(gallery, probes),
  };
}

function tenths(predicted) {
  return reliability(predicted).map(({ from, n, predicted, achieved, interval }) => ({
    from,
    n,
    predicted: round(predicted),
    achieved: round(achieved),
    interval: interval.map(round),
  }));
}

/** The check's threshold, and how many faces reach it: of the same person in another photo, and of the source itself. */
function checkFigures(gallery, probes) {
  const vector = ({ embeddings }, id) => unit(embeddings[id].faceres);
  const { threshold, comparisons } = impostorThreshold(
    gallery.map((person) => vector(person, 'unredacted')),
    FALSE_MATCHES,
  );
  const photoOf = new Map(gallery.map((person) => [person.name, vector(person, 'unredacted')]));
  const share = (likeness) => {
    const reached = likeness.filter((value) => value >= threshold).length;
    return { share: round(reached / likeness.length), median: round(quantile(likeness, 0.5)) };
  };
  return {
    threshold: round(threshold),
    comparisons,
    otherPhoto: share(probes.map((probe) => dot(vector(probe, 'unredacted'), photoOf.get(probe.name)))),
    found: Object.fromEntries(
      CONDITIONS.map(({ id }) => [
        id,
        share(probes.map((probe) => dot(vector(probe, 'unredacted'), vector(probe, id)))),
      ]),
    ),
  };
}

function figures(ranks) {
  const figure = (rank) => {
    const count = hits(ranks, rank);
    return {
      hits: count,
      share: round(count / ranks.length),
      interval: wilson(count, ranks.length).map(round),
    };
  };
  return { rank1: figure('rank1'), rank5: figure('rank5') };
}

function hits(ranks, rank) {
  return ranks.filter((result) => result[rank]).length;
}

function quantile(values, at) {
  return [...values].sort((a, b) => a - b)[Math.floor(at * (values.length - 1))];
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value) {
  return Number(value.toFixed(4));
}
