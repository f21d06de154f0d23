import type { Thing } from '../core/context.js';
import type { Finding, Speaker } from '../core/finding.js';
import { ERRORS_IN_ENGLISH } from '../core/error-tables/index.js';
import type { FoundWords } from './contract.js';
import { FEATURE_NAMES, TEXT_CLASS_NAMES } from './names.js';
import { verifyEn } from './verify-en.js';

/** What the tool finds and decides, in English. */
export const findingsEn: FoundWords = {
  'gate/risk': ({ after, most, destination, worst, remedies }, to) => {
    const why = worst ? `; most of it: ${to.say(worst)}` : '';
    return `The remaining risk is ${to.percent(after, most)}; at most ${to.percent(most, after)} is accepted for "${destination}"${why}${waysOut(remedies, to)}`;
  },
  'gate/look-after': ({ kind }, to) =>
    `A ${to.kind(kind)} was found and covered: look whether all of it is gone`,
  'gate/iris': ({ pixels }, to) =>
    `An open eye shows its iris so large that it can be read (about ${to.number(pixels)} pixels across): look whether it has to be covered`,
  'gate/covered': ({ share }, to) =>
    `${to.percent(share)} of the photo is covered: look whether it still shows the lesion`,
  'gate/lesion-covered': ({ kind }, to) =>
    `Something that may be the lesion was covered (as a ${to.kind(kind)}): look whether the photo still shows the lesion`,
  'gate/keep-covered': ({ share }, to) =>
    `${to.percent(share)} of a region that was to stay visible is covered: look whether the photo still shows the lesion`,
  'gate/skin-of-face': ({ share, remedies }, to) =>
    `${to.percent(share)} of a face stays visible: skin too links photos of one person, and nobody knows who compares them on an open network${waysOut(remedies, to)}`,
  'gate/format': ({ format, taken }, to) =>
    `The destination does not take the format ${format}; it takes ${to.list(taken)}`,
  'gate/size': ({ bytes, most }, to) =>
    `The file has ${to.number(bytes / 2 ** 20, 1)} MiB; the destination takes ${to.number(most / 2 ** 20, 1)} MiB`,
  'gate/too-long': ({ pixels, most, least }) =>
    `The photo is ${pixels} pixels long, and the destination takes ${most}: shrunk to that it would be less than ${least} across. Crop it to what matters (--keep with --crop-to-keep), or cut it into several photos`,
  'gate/unchecked': 'The written file was not checked',
  'gate/unknown-check': ({ check }) =>
    `The answer of the check "${check}" is not known here: the photo is not let out`,
  'gate/laxer-than-run': ({ destination, run, most }, to) =>
    `The run was for "${run}", where at most ${to.percent(most)} is accepted; this photo is for "${destination}", which accepts more`,
  'gate/rejected': 'A person rejected the photo',
  'remedy/crop': ({ risk }, to) => `crop to the kept region: ${to.percent(risk)}`,
  'remedy/smaller-keep': ({ risk, share }, to) =>
    `keep only ${to.percent(share)} of the region's width and height and crop to it: ${to.percent(risk)}`,
  'remedy/cover-face': ({ risk }, to) => `cover the face whole: ${to.percent(risk)}`,
  'plan/shown-in-keep': ({ kind }, to) =>
    `A part of a ${to.kind(kind)} lies in a kept region and stays visible`,
  'plan/covered-in-keep': ({ kind }, to) =>
    `A ${to.kind(kind)} reaches into a kept region: it was covered, and that part of the region with it`,
  'plan/skin-left': 'The features, hairline and outline of a face are covered; skin of it stays visible',
  'plan/skin-in-keep': 'A kept region shows skin of a face; its features are covered',
  'plan/covered-whole': ({ missing }, to) =>
    missing.length === 0
      ? 'A face is covered whole, because its skin could not be told from its features'
      : `A face is covered whole, because not all of it was seen with confidence (${to.list(missing.map((feature) => FEATURE_NAMES.en[feature]))})`,
  'plan/features-in-keep': ({ features }, to) =>
    `A kept region lies on features of a face (${to.list(features.map((feature) => FEATURE_NAMES.en[feature]))}): that part of it is covered. Keep a place without a feature, or allow features in kept regions`,
  'plan/left-open': ({ kind }, to) => `A ${to.kind(kind)} that was found is not covered`,
  'not-examined/strip': ({ kind }, to) => `The photo is too narrow a strip to look for a ${to.kind(kind)}`,
  'not-examined/faint': ({ kind, share }, to) =>
    `${to.percent(share)} of the photo is too dark or too faint to look for a ${to.kind(kind)} there`,
  'metadata-place': 'The file tells where it was taken',
  'metadata-time': 'The file tells when it was taken',
  'metadata-device': 'The file tells which camera took it',
  'metadata-software': 'The file tells which software was used',
  'metadata-colour-profile': 'The colour profile tells the kind of camera',
  'metadata-person': 'The file holds a name',
  'metadata-preview': 'The file holds a preview that may show more',
  'metadata-hidden-image': 'The file holds a second picture',
  'metadata-provenance': 'The file holds its history, which may name people',
  'metadata-comment': 'The file holds comments',
  'metadata-trailing': 'The file holds data after the picture',
  'metadata-other': 'The file holds other data',
  'seen-face': 'The photo shows a face',
  'shown-face': 'A part of a face stays visible',
  'recognised-face': 'Hair or clothes around a covered face may still be recognised',
  'skin-of-face': ({ share }, to) => `Skin of a face stays visible (${to.percent(share)} of it)`,
  'not-examined-face': 'Faces could not be looked for',
  'attested-face': 'Faces could not be looked for; a person looked and saw none',
  'missed-face': ({ covered }, to) => missed('A face', covered, to.number(covered)),
  'looked-face': ({ covered }, to) => looked(missed('A face', covered, to.number(covered))),
  'open-iris': ({ pixels }, to) =>
    `An open eye shows its iris so large that it can be read (about ${to.number(pixels)} pixels across)`,
  'open-eye': 'An eye is shown',
  'open-nose': 'A nose is shown',
  'open-mouth': 'A mouth is shown',
  'open-ear': 'An ear is shown',
  'seen-tattoo': 'The photo shows a tattoo',
  'shown-tattoo': 'A part of a tattoo stays visible',
  'not-examined-tattoo': 'Tattoos could not be looked for',
  'attested-tattoo': 'Tattoos could not be looked for; a person looked and saw none',
  'missed-tattoo': ({ covered }, to) => missed('A tattoo', covered, to.number(covered)),
  'looked-tattoo': ({ covered }, to) => looked(missed('A tattoo', covered, to.number(covered))),
  'seen-text': ({ classes }) =>
    classes.length === 0
      ? 'The photo shows text'
      : `The photo shows text (${classes.map((each) => TEXT_CLASS_NAMES.en[each]).join(', ')})`,
  'shown-text': 'Some text stays visible',
  'not-examined-text': 'Text could not be looked for',
  'attested-text': 'Text could not be looked for; a person looked and saw none',
  'missed-text': ({ covered }, to) => missed('A word', covered, to.number(covered)),
  'looked-text': ({ covered }, to) => looked(missed('A word', covered, to.number(covered))),
  'allowed-text': 'Text that is allowed stays visible',
  'seen-code': 'The photo shows a code',
  'shown-code': 'A part of a code stays visible',
  'not-examined-code': 'Codes could not be looked for',
  'attested-code': 'Codes could not be looked for; a person looked and saw none',
  'missed-code': ({ covered }, to) => missed('A code', covered, to.number(covered)),
  'looked-code': ({ covered }, to) => looked(missed('A code', covered, to.number(covered))),
  skin: 'Somebody who knows this skin may recognise it',
  'context-several-people': ({ people }, to) => `The photo shows several people (${to.number(people)})`,
  'context-hand-ridges': ({ pixels }, to) =>
    `The photo shows a hand so large that the ridges of its fingertips may be read (about ${to.number(pixels, 1)} pixels each)`,
  'context-screen': ({ things }) => `The photo shows a screen (${named(things)})`,
  'context-room': ({ things }) => `The photo shows a room (${named(things)})`,
  'context-street': ({ things }) => `The photo shows a street or a place (${named(things)})`,
  'context-unseen': 'Jewellery, badges, windows and views were not looked for',
  'caption-name': ({ lines }) => `The caption holds a name${inLines(lines)}`,
  'caption-date': ({ lines }) => `The caption holds a date${inLines(lines)}`,
  'caption-age-above-89': ({ lines }) => `The caption tells an age above 89${inLines(lines)}`,
  'caption-place': ({ lines }) => `The caption tells a place${inLines(lines)}`,
  'caption-identifier': ({ lines }) => `The caption holds a number of a record or person${inLines(lines)}`,
  'caption-contact': ({ lines }) => `The caption holds a telephone number or an address${inLines(lines)}`,
  'check-unknown': ({ check, why }, to) => `A check gave no answer (${to.check(check)}): ${to.say(why)}`,
  'nothing-checked': 'The written file has not been checked',
  ...ERRORS_IN_ENGLISH,
  ...verifyEn,
  told: ({ text }) => text,
};

function missed(what: string, covered: number, shown: string): string {
  return covered === 0
    ? `${what} may have been missed`
    : `${what} may have been missed beside those covered (${shown})`;
}

const looked = (missing: string): string => `${missing}; a person looked and saw no other`;

const named = (things: readonly Thing[]) => things.join(', ');

function inLines(lines: readonly number[]): string {
  return ` (${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')})`;
}

/** What would help, to follow a sentence. */
function waysOut(remedies: readonly Finding[] | undefined, to: Speaker): string {
  return remedies && remedies.length > 0
    ? `; what helps, with the risk that would be left: ${remedies.map((remedy) => to.say(remedy)).join('; ')}`
    : '';
}
