import type { DetectionKind } from '../core/detection.js';
import type { FactorId } from '../core/findings.js';
import { CHECKS } from '../verify/declarations.js';
import type { Basis, Factor } from './contract.js';
import type { DicomOption, HipaaIdentifier, Wp216Risk } from './identifier-classes.js';

const SAFE_HARBOR = '45 CFR 164.514(b)(2)(i)';
const BOTH: readonly Wp216Risk[] = ['singling out', 'linkability'];
const SINGLING: readonly Wp216Risk[] = ['singling out'];
const LINKS: readonly Wp216Risk[] = ['linkability'];

type Row = readonly [id: FactorId, probability: number, basis: Basis, source: string];

function rows(
  hipaa: string,
  wp216: readonly Wp216Risk[],
  dicom: readonly DicomOption[],
  list: readonly Row[],
): Factor[] {
  return list.map(([id, probability, basis, source]) => ({
    id,
    probability,
    basis,
    source,
    hipaa: [...hipaa] as HipaaIdentifier[],
    wp216,
    dicom,
  }));
}

// prettier-ignore
const METADATA = [
  ...rows('B', BOTH, [113100], [
    ['metadata-place', 0.9, 'literature', 'four places and times single out 95 % of people: de Montjoye et al. 2013, doi 10.1038/srep01376'],
  ]),
  ...rows('C', ['singling out', 'linkability', 'inference'], [113100], [
    ['metadata-time', 0.2, 'judgement', `dates of treatment are identifiers: ${SAFE_HARBOR}(C)`],
  ]),
  ...rows('M', LINKS, [113100], [
    ['metadata-device', 0.3, 'judgement', `serial numbers are identifiers: ${SAFE_HARBOR}(M)`],
    ['metadata-software', 0.05, 'judgement', 'shared by very many people'],
    ['metadata-colour-profile', 0.05, 'judgement', 'says at most the model of a device'],
  ]),
  ...rows('A', SINGLING, [113100], [
    ['metadata-person', 1, 'literature', `a name identifies directly: ${SAFE_HARBOR}(A)`],
  ]),
  ...rows('Q', SINGLING, [113100, 113102], [
    ['metadata-preview', 0.5, 'judgement', 'may show the photo as it was before it was cropped or covered'],
    ['metadata-hidden-image', 0.5, 'judgement', 'as a preview'],
  ]),
  ...rows('AR', BOTH, [113100], [
    ['metadata-provenance', 0.5, 'judgement', 'signed claims may name an author: C2PA specification, assertions'],
    ['metadata-comment', 0.5, 'judgement', 'free text is where names are written'],
    ['metadata-trailing', 0.5, 'judgement', 'may be a second picture or a video'],
    ['metadata-other', 0.3, 'judgement', 'unknown content'],
  ]),
] satisfies Factor[];

// prettier-ignore
const PIXELS = [
  ...rows('Q', BOTH, [113102], [
    ['seen-face', 0.93, 'measured', 'unredacted, the better attacker among 302 people: docs/face-matching.md, npm run calibrate'],
    ['shown-face', 0.2, 'measured', 'at least this; more by the share that shows: docs/face-matching.md, npm run calibrate'],
    ['recognised-face', 0.02, 'measured', 'blur as the tool covers, the better attacker among 302 people: docs/face-matching.md, npm run calibrate'],
    ['skin-of-face', 0.02, 'measured', 'at least this; more by the share of the face that shows: docs/FACES.md, npm run calibrate'],
    ['not-examined-face', 0.4, 'judgement', 'faces are in many clinical photos'],
    ['attested-face', 0.01, 'judgement', 'people overlook small things, and the statement is theirs'],
    ['missed-face', 0.01, 'judgement', 'a detector’s miss where none was found: docs/EVALUATION.md, face/clinical and face/masks'],
    ['looked-face', 0.005, 'judgement', 'half of missed: what a network misses people overlook too, and the statement is theirs'],
  ]),
  ...rows('P', BOTH, [113102], [
    ['open-iris', 0.1, 'judgement', 'an iris of 100 pixels and more across is a biometric where one is enrolled to compare with: ISO/IEC 19794-6:2011, annex B; MOSIP asks for 150'],
    ['open-eye', 0.02, 'judgement', 'the region around an eye is compared too, but less surely: Park, Jillela, Ross and Jain 2011, doi 10.1109/TIFS.2010.2096810'],
    ['open-ear', 0.02, 'judgement', 'ears tell people apart where photos of them are at hand: Emeršič, Štruc and Peer 2017, doi 10.1016/j.neucom.2016.08.139'],
  ]),
  ...rows('Q', BOTH, [113102], [
    ['open-nose', 0.01, 'judgement', 'a single feature is no full-face photograph: 45 CFR 164.514(b)(2)(i)(Q)'],
    ['open-mouth', 0.01, 'judgement', 'as a nose; lips are no biometric in use'],
  ]),
  ...rows('R', BOTH, [113102], [
    ['seen-tattoo', 0.5, 'literature', 'tattoos are used for forensic identification: Tatt-C, NISTIR 8078'],
    ['shown-tattoo', 0.4, 'judgement', 'as when seen, less what was cut off'],
    ['not-examined-tattoo', 0.15, 'judgement', 'three in ten adults have one, mostly not where the lesion is: Pew Research Center 2023'],
    ['attested-tattoo', 0.01, 'judgement', 'as for faces'],
    ['missed-tattoo', 0.02, 'judgement', 'small and faded ones are missed: docs/EVALUATION.md, tattoo sets'],
    ['looked-tattoo', 0.01, 'judgement', 'as for faces'],
  ]),
  ...rows('ACDFHR', ['singling out', 'linkability', 'inference'], [113101], [
    ['seen-text', 0.6, 'judgement', 'names, dates and numbers are usual on labels and wristbands'],
    ['shown-text', 0.5, 'judgement', 'as when seen, less what was cut off'],
    ['not-examined-text', 0.2, 'judgement', 'rulers, labels, clothes'],
    ['attested-text', 0.01, 'judgement', 'as for faces'],
    ['missed-text', 0.008, 'judgement', 'a missed word is one of many, rarely a name: docs/EVALUATION.md, text sets'],
    ['looked-text', 0.004, 'judgement', 'as for faces'],
    ['allowed-text', 0.01, 'judgement', 'it matched the user’s own pattern and was read with confidence: a ruler’s numbers'],
  ]),
  ...rows('HR', BOTH, [113101], [
    ['seen-code', 0.6, 'judgement', 'codes on specimens and tickets are made to identify'],
    ['shown-code', 0.4, 'judgement', 'error correction restores what was cut off'],
    ['not-examined-code', 0.1, 'judgement', 'rarer than text'],
    ['attested-code', 0.01, 'judgement', 'as for faces'],
    ['missed-code', 0.003, 'judgement', 'codes are made to be found: docs/EVALUATION.md, codes'],
    ['looked-code', 0.0015, 'judgement', 'as for faces'],
  ]),
  ...rows('R', BOTH, [113102], [
    ['skin', 0.01, 'judgement', 'marks, moles and the body’s shape remain: who knows them may recognise them'],
  ]),
] satisfies Factor[];

/** What no detector redacts. */
// prettier-ignore
const CONTEXT = [
  ...rows('Q', SINGLING, [113102], [
    ['context-several-people', 0.01, 'judgement', 'who stands beside somebody narrows down who it is'],
  ]),
  ...rows('P', BOTH, [113102], [
    ['context-hand-ridges', 0.1, 'judgement', `finger prints are identifiers: ${SAFE_HARBOR}(P); read from photos of hands by police and others`],
  ]),
  ...rows('BR', ['singling out', 'inference'], [113102], [
    ['context-screen', 0.02, 'judgement', 'screens show names; their text is looked for as text'],
    ['context-room', 0.005, 'judgement', 'a room is known to few'],
    ['context-street', 0.02, 'judgement', `a place smaller than a state is an identifier: ${SAFE_HARBOR}(B)`],
    ['context-unseen', 0.01, 'judgement', 'jewellery, ears and views are recognised by who knows them, and no model here sees them'],
  ]),
] satisfies Factor[];

/** What a caption says in words: src/caption. */
// prettier-ignore
const CAPTION = [
  ...rows('A', SINGLING, [113105], [
    ['caption-name', 1, 'literature', `a name identifies directly: ${SAFE_HARBOR}(A)`],
  ]),
  ...rows('C', ['singling out', 'linkability', 'inference'], [113105], [
    ['caption-date', 0.2, 'judgement', `as in metadata: ${SAFE_HARBOR}(C)`],
    ['caption-age-above-89', 0.2, 'judgement', `few people are that old: ${SAFE_HARBOR}(C)`],
  ]),
  ...rows('B', BOTH, [113105], [
    ['caption-place', 0.3, 'judgement', `places smaller than a state are identifiers: ${SAFE_HARBOR}(B)`],
  ]),
  ...rows('GHIJKR', BOTH, [113105], [
    ['caption-identifier', 1, 'literature', `numbers of records and persons identify directly: ${SAFE_HARBOR}(G–K)`],
  ]),
  ...rows('DEFN', BOTH, [113105], [
    ['caption-contact', 1, 'literature', `telephone numbers and addresses identify directly: ${SAFE_HARBOR}(D–F, N)`],
  ]),
] satisfies Factor[];

/** What follows from checks, besides the factor that each declares. */
// prettier-ignore
const UNCHECKED = [
  ...rows('R', LINKS, [], [
    ['check-unknown', 0.4, 'judgement', 'a check without an answer; above every destination’s limit'],
    ['nothing-checked', 0.9, 'judgement', 'no written file was attacked'],
  ]),
] satisfies Factor[];

/** Every factor there is. */
export const FACTORS: readonly Factor[] = [
  ...METADATA,
  ...PIXELS,
  ...CONTEXT,
  ...CAPTION,
  ...[...CHECKS.values()].map(({ id, factor }) => ({ id: `check-${id}`, ...factor })),
  ...UNCHECKED,
];

const BY_ID = new Map(FACTORS.map((factor) => [factor.id, factor]));

/** @throws {RangeError} for an id that is not in the table: an unknown risk must not count as none */
export function factorOf(id: string): Factor {
  const factor = BY_ID.get(id);
  if (factor) return factor;
  throw new RangeError(`Expected a factor of the table but received "${id}"`);
}

/**
 * Where some were found, another may have been missed: the risk for the first, added for each further one, and at most.
 */
interface MissedBeside {
  readonly first: number;
  readonly more: number;
  readonly most: number;
}

/** Judgements, not measured; where none was found, the factor `missed-<kind>` counts. */
export const MISSED_BESIDE: Readonly<Record<DetectionKind, MissedBeside>> = {
  face: { first: 0.015, more: 0.002, most: 0.2 }, // crowds hold faces too small to find
  tattoo: { first: 0.03, more: 0.005, most: 0.2 }, // small and faded ones are missed most
  text: { first: 0.012, more: 0.0005, most: 0.05 },
  code: { first: 0.005, more: 0.001, most: 0.05 },
};

/** How much of a possible miss stays when a person has looked as well; it is never more than where they alone looked. */
export const OVERLOOKED_TOO = 0.5;
