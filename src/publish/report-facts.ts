import type { Speaker } from '../core/finding.js';
import type { RiskReason, RiskScore } from '../risk/contract.js';
import type { Utility } from '../utility/index.js';
import type { ReportWords } from '../words/index.js';
import type { StoredRecord } from './contract.js';
import { reasonsOf, type ReportKind, type StandingPhoto } from './report-entries.js';

/** Reasons are shown from this probability on, and at most this many of them per photo. */
const WORTH_TELLING = 0.02;
const MOST_REASONS = 4;

/** A name and what is said under it. */
export type Fact = readonly [name: string, text: string];

/** What a report says of a photo at once, and what it says when asked for more. */
export interface PhotoFacts {
  readonly first: readonly Fact[];
  readonly more: readonly Fact[];
}

/** @param runDestination a photo that goes elsewhere says so */
export function factsOf(
  photo: StandingPhoto,
  kind: ReportKind,
  words: ReportWords,
  to: Speaker,
  runDestination: string | undefined,
): PhotoFacts {
  const { last, found } = photo;
  const { facts: names } = words;
  const { destination } = last.settings;
  const seen = found.found;
  const risk = last.risk ?? found.risk;
  const { error } = found;
  return {
    first: [
      ...decision(photo, kind, words),
      ...reasonsOf(photo).map((reason): Fact => [names.reason, to.say(reason)]),
      ...(error ? [[names.error, `${error.code} (${error.stage})`] as const] : []),
      ...(destination === runDestination
        ? []
        : [[names.destination, words.destinations[destination]] as const]),
      ...(seen
        ? [
            [names.seen, list(seen.detections, words.kinds) || words.nothingSeen] as const,
            [names.covered, words.regions(seen.redactions, to.percent(seen.redactedShare))] as const,
          ]
        : []),
      ...(risk
        ? [[names.risk, words.riskOf(to.number(risk.before, 2), to.number(risk.after, 2))] as const]
        : []),
    ],
    more: [
      ...contents(found, words, to),
      ...(risk ? whyRisk(risk, words, to) : []),
      ...left(found, words, to),
    ],
  };
}

/** Who decided; what they typed stands in the private report alone. */
function decision({ state, last }: StandingPhoto, kind: ReportKind, words: ReportWords): Fact[] {
  const { decisionOf, reviewer, overrideReason } = last;
  if (decisionOf === undefined) return [];
  const what = state === 'review' ? words.putBack : words.states[state];
  const who = reviewer === undefined ? what : words.by(what, reviewer);
  const isAgainst = overrideReason !== undefined;
  return [
    [words.facts.decision, isAgainst ? `${who}${words.against}` : who],
    ...(isAgainst && kind === 'private' ? [[words.facts.decisionReason, overrideReason] as const] : []),
  ];
}

function contents(
  { found, keptBack, keepOutside, notExamined }: StoredRecord,
  words: ReportWords,
  to: Speaker,
) {
  const { facts: names } = words;
  const facts: Fact[] = [];
  if (found) {
    facts.push([names.metadata, list(found.metadata, words.groups) || words.noMetadata]);
    if (found.features) facts.push([names.features, list(found.features, words.featureNames)]);
    if (found.allowedText > 0) facts.push([names.kept, words.keptText(found.allowedText)]);
    const classes = list(found.textClasses, words.classes);
    if (classes) facts.push([names.textClasses, classes]);
  }
  if (keepOutside !== undefined) facts.push([names.hint, words.keepOutside(keepOutside)]);
  const told = new Set((keptBack ?? []).map(({ reason }) => to.say(reason)));
  for (const text of told) facts.push([names.kept, text]);
  for (const { kind, attested } of notExamined ?? []) {
    if (attested) facts.push([names.attested, words.attested(words.kinds[kind])]);
  }
  return facts;
}

function whyRisk(risk: RiskScore, { facts: names }: ReportWords, to: Speaker): Fact[] {
  return (['before', 'after'] as const).flatMap((when) =>
    worst(risk, when).map((reason): Fact => {
      const { hipaa, dicom, probability } = reason;
      const classes = [
        `HIPAA ${hipaa.join(', ')}`,
        ...(dicom.length > 0 ? [`DICOM ${dicom.join(', ')}`] : []),
      ];
      return [
        when === 'before' ? names.riskBefore : names.riskAfter,
        `${to.say(reason)}: ${to.percent(probability)} (${classes.join('; ')})`,
      ];
    }),
  );
}

function left({ utility, goneWithACrop }: StoredRecord, words: ReportWords, to: Speaker): Fact[] {
  const { facts: names } = words;
  return [
    ...(utility ? [[names.left, describeUtility(utility, words, to)] as const] : []),
    ...(goneWithACrop ? [[names.hint, words.crop(list(goneWithACrop, words.kinds))] as const] : []),
  ];
}

function describeUtility(
  { skinVisible, ssim, deltaE2000, keepUntouched, resolutionLeft, lengthScale, lengthError }: Utility,
  words: ReportWords,
  to: Speaker,
): string {
  // Rounded down: 100 % must mean all of it.
  const percent = (share: number) => to.percent(Math.floor(share * 100) / 100);
  return [
    ...(skinVisible === undefined ? [] : [words.skin(percent(skinVisible))]),
    ...(keepUntouched === undefined ? [] : [words.keep(percent(keepUntouched))]),
    words.resolution(percent(resolutionLeft)),
    ...(lengthScale === undefined || lengthError === undefined
      ? []
      : [words.length(to.number(lengthScale, 3), to.number(lengthError * 100, 1))]),
    ...(ssim === undefined ? [] : [`SSIM ${to.number(ssim, 3)}`]),
    ...(deltaE2000 === undefined ? [] : [`ΔE ${to.number(deltaE2000, 2)}`]),
  ].join(', ');
}

/** The reasons that matter most; docs/RISK.md lists those that are the same for every photo. */
function worst({ reasons }: RiskScore, when: RiskReason['when']): RiskReason[] {
  const ofThen = reasons.filter((reason) => reason.when === when && reason.probability >= WORTH_TELLING);
  return ofThen.sort((a, b) => b.probability - a.probability).slice(0, MOST_REASONS);
}

function list(counts: Readonly<Record<string, number>>, names: Readonly<Record<string, string>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${names[name] ?? name} ${count}`)
    .join(', ');
}
