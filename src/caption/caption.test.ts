import { describe, expect, it } from 'vitest';
import type { CaptionClass } from '../core/caption.js';
import { checkCaption, readCaption } from './index.js';

/** What is found lies in brackets: [name:Martha Smith]. */
const PLANTED = [
  'Patient [name:Martha Smith] has had this rash for 3 weeks.',
  'Mrs [name:Dupuis] came back on [date:14 March 2024].',
  "Dr [name:O'Brien] thinks of lichen planus.",
  'Seen on [date:12/03/2024], biopsy [date:2024-03-19].',
  'First lesion in [date:March 2023], worse since [date:May].',
  'A [age-above-89:92]-year-old woman with a nodule.',
  'Aged [age-above-89:101], lives alone.',
  'He lives in [place:Hebden Bridge] and works outdoors.',
  'Referred by [place:St Mary Hospital], ward 3.',
  'Address: [place:24 Maple Road], [place:LS1 4AP].',
  'Call [contact:0113 496 0124] or write to [contact:j.doe@example.org].',
  'Photo also at [contact:https://example.org/p/1] by [contact:@drsmith].',
  'MRN: [identifier:48291037], itching at night.',
  'NHS number [identifier:943 476 5919], no allergies.',
  'SSN [identifier:078-05-1120] on file.',
  'Her son [name:Peter] has the same spots.',
  '[name:J.D.], 45 y, plaque on the elbow.',
  'This is [name:Fatima Benali], please advise.',
  'Signed: [name:Emily Carter]',
  'Phone [contact:+44 20 7946 0958], evenings.',
  'My patient from [place:Bradford on Avon] lives at [place:7 Mill Lane].',
  'M. [name:Durand] présente une plaque depuis 3 mois.',
  'Mme [name:Le Goff] vue le [date:3 avril 2024].',
  'Patiente [name:DUPONT Marie], prurit nocturne.',
  'Nom : [name:MARTIN], prénom : [name:Lucie]',
  'Né le [date:12/05/1961] à [place:Roubaix].',
  'Habite à [place:Vitry-sur-Seine], travaille dehors.',
  "Suivie à l'[place:hôpital Saint-Louis] depuis 2 ans.",
  'Consulte au [place:CHU de Nantes] pour des nodules.',
  'Demeurant [place:12 rue des Lilas], [place:75011 Paris].',
  'Tél. [contact:06 12 34 56 78], le soir.',
  'NIR [identifier:2 69 05 49 588 157 80], ALD.',
  'IPP [identifier:8001234567], lésion du dos.',
  'Âgée de [age-above-89:94] ans, vit en institution.',
  'Apparue en [date:mars] après un voyage.',
  'Sa fille [name:Chloé] a la même éruption.',
  'Vue ce matin, [name:Mohamed Traoré] va mieux.',
  'Depuis [date:janvier 2024], nodule de la joue.',
  'RIB [identifier:FR76 3000 6000 0112 3456 7890 189]',
  'Dossier n° [identifier:A12-4567], prurigo.',
  'Le Dr [name:Lefèvre] propose une biopsie le [date:lundi 4 mars].',
  'Patient vu à [place:Lyon] en urgence.',
] as const;

const CLEAN = [
  'Itchy plaque on the left elbow for 3 weeks.',
  'A 45-year-old man with a 3 x 4 cm nodule of the scalp.',
  'Fitzpatrick III, no known allergies.',
  'Looks like Stevens-Johnson syndrome to me.',
  'Nikolsky negative, Koebner positive.',
  'Suspected Kaposi sarcoma, HIV negative.',
  'Bowen disease or Paget? Biopsy planned.',
  'Treated with Betadine and hydrocortisone 1 % for 10 days.',
  'Grade 2 may be enough; T4N0, L5 dermatome.',
  'Since may be eczema, I stopped the cream.',
  'No improvement after 20 mg prednisone daily.',
  'Henoch-Schönlein purpura was excluded.',
  'Wood lamp: coral red. Gram stain negative.',
  'What would you do? Any ideas welcome!',
  'Patient HIV positive, CD4 250.',
  'Pt aged 89, on warfarin.',
  'Onset in 2021, stable since.',
  'Lesion 1/2 of the nail, 2 of 20 nails.',
  'Granuloma Annulare or Lichen Planus?',
  'Basal Cell Carcinoma of the nose, 6 mm.',
  'DLQI 14, PASI 8.2, BSA 12 %.',
  'Photo taken under polarised light at 10x.',
  'She is a gardener and noticed it last summer.',
  'The rash spread to the trunk within 48 hours.',
  'Blood pressure 140/90, temperature 37.8.',
  'Old Caucasian male with Merkel cell tumour.',
  'Merkel Cell Carcinoma excised with 2 cm margins.',
  'Scalp psoriasis; Dovobet did not help.',
  'Mother has psoriasis, father has eczema.',
  'My patient is a 30 year old woman.',
  'Plaque du coude gauche depuis 3 semaines.',
  'Homme de 89 ans, nodule du cuir chevelu.',
  "Phototype III, pas d'allergie connue.",
  'Évoque un syndrome de Stevens-Johnson.',
  'Signe de Nikolsky négatif, Auspitz positif.',
  'Maladie de Bowen ou de Paget ? Biopsie prévue.',
  'Traitée par Dermoval et Dexeryl pendant 10 jours.',
  'Stade T4N0, dermatome L5.',
  'Lésion de 3 x 4 cm, apparue il y a 2 mois.',
  'Patiente VIH négative, sous méthotrexate 15 mg.',
  "Qu'en pensez-vous ? Merci de vos avis.",
  'Maladie de Verneuil stade Hurley II.',
  'Début en 2021, stable depuis.',
  'La mère a un psoriasis, le père un eczéma.',
  'Prurit nocturne, toute la famille est atteinte.',
  'Lampe de Wood négative, examen mycologique en cours.',
  'Un patient de 30 ans, agriculteur.',
  'Carcinome basocellulaire du nez, 6 mm.',
  'Éruption maculopapuleuse après amoxicilline 1 g x 3.',
  'Tension 14/9, température 37,8.',
  "Pas d'amélioration sous Diprosone.",
  'Nævus de Spitz ou de Reed chez une enfant de 6 ans.',
  'Bonjour, avis pour cette lésion du dos.',
  'Patient sous Roaccutane depuis 4 mois.',
  'Lichen plan buccal, Wickham typique.',
  'Femme enceinte de 28 SA.',
] as const;

/** The text without brackets, and what lies in them. */
function unmarked(marked: string) {
  const expected: { class: CaptionClass; start: number; length: number }[] = [];
  let text = '';
  let rest = 0;
  for (const match of marked.matchAll(/\[([a-z0-9-]+):([^\]]*)\]/g)) {
    text += marked.slice(rest, match.index);
    expected.push({ class: match[1] as CaptionClass, start: text.length, length: match[2]!.length });
    text += match[2]!;
    rest = match.index + match[0].length;
  }
  return { text: text + marked.slice(rest), expected };
}

const found = (text: string) =>
  checkCaption(text).map(({ class: kind, start, length }) => ({ class: kind, start, length }));

describe('checkCaption', () => {
  it.each(PLANTED)('%s', (marked) => {
    const { text, expected } = unmarked(marked);
    expect(found(text)).toEqual(expected);
  });

  it.each(CLEAN)('finds nothing in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('says where, in lines and characters of the original', () => {
    const text = 'Rash 🙂\r\nsince 3 weeks.\r\n\u200bPatient Mar\u00adtha\u00a0Smith';
    expect(checkCaption(text)).toEqual([{ class: 'name', start: 34, length: 13, line: 3, column: 10 }]);
  });

  it('is not deceived by decomposed accents, wide digits and other apostrophes', () => {
    expect(found('Sa fille Chloe\u0301').map(({ class: kind }) => kind)).toEqual(['name']);
    expect(
      found('le \uff11\uff12/\uff10\uff13/\uff12\uff10\uff12\uff14').map(({ class: kind }) => kind),
    ).toEqual(['date']);
    expect(found('Dr O\u2019Brien').map(({ class: kind }) => kind)).toEqual(['name']);
  });

  it.each([
    'A'.repeat(100_000),
    'Aa '.repeat(33_000),
    '1 '.repeat(50_000),
    'a.'.repeat(50_000),
    '@'.repeat(100_000),
  ])('comes to an end on hostile text', (text) => {
    expect(Array.isArray(checkCaption(text))).toBe(true);
  });
});

describe('readCaption', () => {
  it.each([
    ['UTF-8', Buffer.from('âgée')],
    ['UTF-8 with its mark', Buffer.from('\ufeffâgée')],
    ['UTF-16, little endian', Buffer.from('\ufeffâgée', 'utf16le')],
    ['UTF-16, big endian', Buffer.from('\ufeffâgée', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('âgée', 'latin1')],
  ])('reads %s', (_encoding, bytes) => {
    expect(readCaption(bytes)).toBe('âgée');
  });

  it('refuses what is no text, or far too long', () => {
    expect(() => readCaption(Buffer.from([0x89, 0x50, 0, 1]))).toThrow('The caption is no text');
    expect(() => readCaption(Buffer.alloc(200_000, 65))).toThrow('more than 102400 bytes');
  });
});
