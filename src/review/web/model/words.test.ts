import { describe, expect, it } from 'vitest';
import type { Edit } from '../../api.js';
import { en } from '../strings/en.js';
import { fr } from '../strings/fr.js';
import { captionParts } from './caption-marks.js';
import { downloadName } from './download-name.js';
import { fileProblem } from './file-problem.js';
import { hintsFor } from './hints.js';
import { metadataSentences } from './metadata-sentence.js';
import { percent } from '../../../words/percent.js';
import { pickLanguage } from '../../../core/language.js';
import { pickLocale } from './pick-locale.js';
import { reasonName } from '../../../words/reason-names.js';
import { remediesOf } from './remedies.js';
import { speakerOf } from '../../../words/speaker.js';

const FOUND = {
  place: { latitude: 48.8534, longitude: -2.3488 },
  taken: '2024-03-14T23:59:11',
  device: 'iPhone 13',
  groups: { place: 4, time: 3, device: 9, software: 1, preview: 1 },
};

describe('metadataSentences', () => {
  it('tells all of it in English', () => {
    expect(metadataSentences(FOUND, en, 'en-GB')).toEqual([
      'Taken at 48.85 N 2.35 W, 14 March 2024, iPhone 13 – removed.',
      'Also removed: the software used and a small preview picture.',
    ]);
  });

  it('tells all of it in French', () => {
    expect(metadataSentences(FOUND, fr, 'fr')).toEqual([
      'Prise à 48,85 N 2,35 O, le 14 mars 2024, iPhone 13 – supprimé.',
      'Supprimé aussi : le logiciel utilisé et une petite image d’aperçu.',
    ]);
  });

  it('tells what there is', () => {
    expect(metadataSentences({ groups: {} }, en, 'en')).toEqual([en.metadata.none]);
    expect(metadataSentences({ device: 'X', groups: { device: 1 } }, en, 'en')).toEqual([
      'Taken with X – removed.',
    ]);
    expect(metadataSentences({ taken: '2024-01-02', groups: { time: 1 } }, fr, 'fr')).toEqual([
      'Prise le 2 janvier 2024 – supprimé.',
    ]);
    expect(metadataSentences({ groups: { person: 1, time: 2 } }, en, 'en')).toEqual([
      'Removed: dates and times and names of people.',
    ]);
    expect(metadataSentences({ groups: { person: 0 } }, fr, 'fr')).toEqual([fr.metadata.none]);
  });
});

it('names sorts of reasons without their figures', () => {
  const names = (language: 'en' | 'fr') => (id: string, values: object) =>
    reasonName({ id, values: { ...values } }, (language === 'en' ? en : fr).reasonNames, speakerOf(language));
  const [english, french] = [names('en'), names('fr')];
  expect(english('gate/covered', { share: 0.7 })).toBe(english('gate/covered', { share: 0.6 }));
  expect(french('gate/risk', { after: 0.5, most: 0.09, destination: 'public' })).toBe('Risque trop élevé');
  expect(french('gate/look-after', { kind: 'tattoo' })).toBe(
    'Un tatouage a été trouvé et masqué : regardez si tout a disparu',
  );
  expect(french('uncovered-face/seen', { faces: 2, places: ['top-left'] })).toBe('Visage encore visible');
  expect(french('check/failed', { check: 'face-match', stage: 'verify', code: 'internal' })).toBe(
    'Rapprochement d’un visage masqué',
  );
  expect(french('told', { text: 'A sentence of before' })).toBe('A sentence of before');
});

describe('captionParts', () => {
  const text = 'Mme Dupont, 12/03';
  const findings = [
    { class: 'date', start: 12, length: 5 },
    { class: 'name', start: 4, length: 6 },
  ] as const;

  it('cuts where something was found', () => {
    expect(captionParts(text, text, findings)).toEqual([
      { text: 'Mme ' },
      { text: 'Dupont', class: 'name' },
      { text: ', ' },
      { text: '12/03', class: 'date' },
    ]);
  });

  it('marks nothing after the first change', () => {
    expect(captionParts('Mme Dupont! 12/03', text, findings).map((part) => part.class)).toEqual([
      undefined,
      'name',
      undefined,
    ]);
    expect(captionParts('', text, findings)).toEqual([]);
  });
});

describe('hintsFor', () => {
  const edit: Edit = {
    shapes: [],
    leftOpen: [],
    keep: [],
    cropToKeep: false,
    extent: 'usual',
    faces: 'whole',
    style: 'blur',
    destination: 'public',
    attestNone: [],
    caption: '',
  };
  const reason = (id: string, probability: number) => ({ id, values: {}, probability });

  it('names first what weighs most, each thing once, and nothing that weighs little', () => {
    const reasonsAfter = [
      reason('not-examined-tattoo', 0.15),
      reason('caption-name', 1),
      reason('caption-date', 0.2),
      reason('missed-face', 0.01),
    ];
    expect(hintsFor({ reasonsAfter }, edit)).toEqual(['caption', 'attest', 'narrower']);
  });

  it('does not advise what is already the case', () => {
    const reasonsAfter = [reason('check-face-match', 1)];
    expect(hintsFor({ reasonsAfter }, edit)).toEqual(['solid', 'narrower']);
    expect(hintsFor({ reasonsAfter }, { ...edit, style: 'solid', destination: 'clinical' })).toEqual([]);
    const skin = { reasonsAfter: [reason('skin-of-face', 0.2)] };
    const clinical: Edit = { ...edit, destination: 'clinical' };
    expect(hintsFor(skin, clinical)).toEqual(['crop']);
    expect(hintsFor(skin, { ...clinical, cropToKeep: true })).toEqual(['smallerKeep']);
  });
});

it('tells what helps against too much risk once: where the sentence does not', () => {
  const remedies = [{ id: 'remedy/crop', values: { risk: 0.04 } }];
  const risky = { after: 0.5, most: 0.09, destination: 'public' };
  expect(remediesOf({ id: 'gate/risk', values: { ...risky, remedies } })).toEqual(remedies);
  expect(remediesOf({ id: 'gate/risk', values: risky })).toEqual([]);
  expect(remediesOf({ id: 'gate/skin-of-face', values: { share: 0.2, remedies } })).toEqual([]);
});

it('percent never says "none" of something, nor "certain" of what is not', () => {
  expect([0, 0.0001, 0.012, 0.0534, 0.31, 0.9999, 1].map((share) => percent(share, 'en'))).toEqual([
    '0%',
    '< 0.1%',
    '1.2%',
    '5.3%',
    '31%',
    '99%',
    '100%',
  ]);
});

it('reads the name of a download, and no path', () => {
  expect(downloadName('attachment; filename="photo-1a2b.jpg"')).toBe('photo-1a2b.jpg');
  expect(downloadName('attachment; filename=photo-1a2b.jpg')).toBe('photo-1a2b.jpg');
  expect(downloadName('attachment; filename="../x.jpg"')).toBeUndefined();
  expect(downloadName(null)).toBeUndefined();
});

it('refuses unsuitable files before they are sent', () => {
  expect([0, 5, 10, 11].map((size) => fileProblem(size, 10))).toEqual([
    'empty-file',
    undefined,
    undefined,
    'too-large',
  ]);
});

it('uses the first of the reader’s languages that it knows', () => {
  expect(pickLanguage(['de-DE', 'fr-CA', 'en'])).toBe('fr');
  expect(pickLanguage(['EN-us'])).toBe('en');
  expect(pickLanguage([])).toBe('en');
  expect(pickLocale(['de', 'fr-CA'], 'fr')).toBe('fr-CA');
  expect(pickLocale(['de'], 'en')).toBe('en');
});
