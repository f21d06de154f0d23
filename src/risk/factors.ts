import type { DetectionKind } from '../core/detection.js';
import type { MetadataGroup } from '../core/metadata.js';

/**
 * Prior probabilities that one fact alone lets somebody say who the patient is. They are judgements with the sources
 * named beside them, not measurements of this tool: docs must call them so until they are calibrated.
 */

/** Identifying metadata of the source, per group. */
export const METADATA_PRIORS: Readonly<Record<MetadataGroup, number>> = {
  place: 0.9, // four places and times single out 95 % of people: de Montjoye 2013, doi 10.1038/srep01376
  time: 0.2, // treatment dates are identifiers: HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)
  device: 0.3, // serial numbers are identifiers: 45 CFR 164.514(b)(2)(i)(M)
  person: 1, // a name identifies directly: 45 CFR 164.514(b)(2)(i)(A)
  software: 0.05, // shared by very many people; judgement
  preview: 0.5, // may show the photo before it was cropped or covered; judgement
  'hidden-image': 0.5, // as a preview
  provenance: 0.5, // signed claims may name an author: C2PA specification, assertions
  'colour-profile': 0.05, // says at most the device's model; judgement
  comment: 0.5, // free text is a HIPAA identifier of its own kind; judgement
  trailing: 0.5, // may be a second picture or video; judgement
  other: 0.3, // unknown content; judgement
};

/** Something seen in the source's pixels, before redaction. */
export const SEEN_PRIORS: Readonly<Record<DetectionKind, number>> = {
  face: 0.95, // full-face photos are identifiers: 45 CFR 164.514(b)(2)(i)(Q); recognition above 95 % on LFW
  tattoo: 0.5, // used for forensic identification: Tatt-C challenge, NISTIR 8078
  text: 0.6, // names, dates and numbers are usual on labels and wristbands; judgement
  code: 0.6, // specimen and ticket codes are made to identify; judgement
};

/** A part of something detected stays visible in a kept region. */
export const SHOWN_PRIORS: Readonly<Record<DetectionKind, number>> = {
  face: 0.6, // parts of a face are recognised far above chance: Singh 2018 on disguised faces; judgement
  tattoo: 0.4, // as when seen, less what was cut off; judgement
  text: 0.5, // as when seen, less what was cut off; judgement
  code: 0.4, // error correction restores what was cut off; judgement
};

/** Text that matched the user's own pattern and was read with confidence stays: a ruler's numbers. Judgement. */
export const ALLOWED_TEXT_PRIOR = 0.01;

/** Nobody looked: the chance that the photo shows one (in the development sets' mix) and that it identifies. */
export const NOT_EXAMINED_PRIORS: Readonly<Record<DetectionKind, number>> = {
  face: 0.4, // faces are in many clinical photos; judgement
  tattoo: 0.15, // three in ten adults have one, mostly not where the lesion is: Pew Research Center 2023
  text: 0.2, // rulers, labels, clothes; judgement
  code: 0.1, // rarer than text; judgement
};

/** The user attests to have looked: people overlook small things, and the statement is theirs. */
export const ATTESTED_PRIOR = 0.01; // judgement

/** Residual per kind though examined: `none` when nothing was found, `first` and `more` per region covered. */
export interface MissPrior {
  readonly none: number;
  readonly first: number;
  readonly more: number;
  readonly most: number;
}

/** Judgements: a detector's miss on a large, plain subject, where one found makes another likelier. */
export const MISSED_PRIORS: Readonly<Record<DetectionKind, MissPrior>> = {
  face: { none: 0.01, first: 0.015, more: 0.002, most: 0.2 }, // crowds hold faces too small to find
  tattoo: { none: 0.02, first: 0.03, more: 0.005, most: 0.2 }, // small and faded ones are missed most
  text: { none: 0.008, first: 0.012, more: 0.0005, most: 0.05 }, // a missed word is one of many, rarely a name
  code: { none: 0.003, first: 0.005, more: 0.001, most: 0.05 }, // codes are made to be found
};

/** Marks, moles and the body's shape remain: somebody who knows the patient's skin may recognise it. Judgement. */
export const SKIN_PRIOR = 0.01;

/** A check found a leftover: the file is not de-identified, whatever else holds. */
export const CHECK_FOUND = 1;
/** A check gave no answer; judgement, above every destination's limit together with the rest. */
export const CHECK_UNKNOWN = 0.4;
/** No check was run at all. */
export const NOTHING_CHECKED = 0.9;
