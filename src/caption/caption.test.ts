import { describe, expect, it } from 'vitest';
import type { CaptionClass } from '../core/caption.js';
import { ImageDeidError } from '../core/errors.js';
import { checkCaption, MOST_CAPTION_BYTES, readCaption } from './index.js';

/** What is to be found is in brackets: [name:Martha Smith]. */
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
  'Pt is [name:Oluwaseun Adeyemi], seen with her mum.',
  'Thanks for seeing Mr [name:Patel], who has a BCC on his nose.',
  '[name:Zofia Kowalska] noticed the mole on [date:3rd of June].',
  'DOB [date:07.11.1958], psoriasis since childhood.',
  "Biopsied [date:21-Feb-2023] at [place:Addenbrooke's Hospital].",
  '[age-above-89:97] yo F with bullous pemphigoid.',
  '[age-above-89:94]F, ulcerated lesion of the scalp.',
  'Resident at [place:Sunny Meadows Care Home], bedbound.',
  'He drove from [place:Tulsa] to be seen.',
  'Ring mum on [contact:07700 900123] after 5 pm.',
  'Cell [contact:(555) 867-5309] or [contact:555-867-5310].',
  'Case no. [identifier:DERM-2023-0457], second opinion please.',
  'Passport [identifier:C03005988] copied to the file.',
  'Photo also on Instagram, [contact:@skin.journey_42], public.',
  'Photo taken [date:05/2023] by a nurse.',
  'Follow-up [date:12 Mar 24], no recurrence.',
  'Seen on [date:Tuesday 5 September], margins clear.',
  'Excised on [date:Sept 14th, 2022], no recurrence.',
  'Grandmother, aged [age-above-89:103], has the same nose.',
  'My colleague [name:Priya Raman] suggested dapsone.',
  'As [name:Declan] says, it itches at night.',
  'Mlle [name:Nguyen Thi Lan] a consulté [date:mardi 12 septembre].',
  "La patiente s'appelle [name:Aminata Diallo].",
  "Monsieur [name:de Villiers] se plaint d'un prurit.",
  '[name:BENSAÏD Karim], 34 ans, plaques annulaires.',
  'Lésion apparue le [date:1er août], biopsie [date:15/09/22].',
  'Opéré à la [place:clinique du Parc] à [place:Villefranche-sur-Saône].',
  'Âge : [age-above-89:93] ans, démence.',
  'Courriel : [contact:a.bernard@chu-exemple.fr]',
  'Port. [contact:+33 6 39 98 12 34], soir.',
  'N° de sécurité sociale [identifier:1 85 12 75 108 042 79]',
  'Elle vient de [place:Pointe-à-Pitre] et repart en [date:octobre].',
  "Hospitalisée en [date:juillet 2022] à l'[place:hôpital Cochin].",
  'Vue par [name:Claire] en consultation.',
  'Avis du Pr [name:Beylot-Barry] demandé.',
  'Adressé par le Dr [name:J.-P. Martin] pour exérèse.',
  'Son mari [name:Bernard] a noté un saignement.',
  'Patient né en [date:mars 1987], opéré deux fois.',
  'Consulte au [place:CH de Roanne] depuis un an.',
  'Réside au [place:4 impasse du Moulin], [place:44000 Nantes].',
  'Mr [name:Wilson] has a plaque.',
  'Dr [name:Campbell] agrees.',
  'M. [name:Clément] va bien.',
  'Mrs [name:K.] is worried.',
  'Seen with [name:Peter Wilson] today.',
  'Name: [name:Turner]',
  'Née en [age-above-89:1928], isolée.',
  'See [contact:facebook.com/jane.doe.77] for more.',
  'Lab no [identifier:S23-10456] attached.',
  'Vu avec [name:Jean Paul Dupont] hier.',
  'Envoi par [name:Anne Le Goff] ce jour.',
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
  'May need a biopsy; march fracture excluded.',
  'Seen in clinic, will review in 6 weeks.',
  'Started on Dupixent 300 mg every 2 weeks, then Stelara.',
  'CK20+, TTF-1 negative, consistent with MCC.',
  'Differential: Sweet syndrome, Behçet disease, Crohn disease.',
  'Clark level IV, Breslow 1.2 mm, Ki-67 30 %.',
  'IL-17 inhibitors failed twice.',
  '10-day course of doxycycline 100 mg BID.',
  'CRP 112, WBC 14 000, platelets 92.',
  'The patient is Italian and speaks French.',
  'Returned from Thailand 2 weeks ago.',
  '2/52 history of itch, worse over 3/7.',
  'ABCD score 5.45, 7-point checklist 4.',
  'Hutchinson sign present; Woronoff ring.',
  'Christmas tree pattern on the trunk.',
  '94 % clearance after 100 days.',
  'Evoque une maladie de Lyme au stade primaire.',
  'Le patient est suivi pour une maladie de Rendu-Osler.',
  'Traitement par Amoxicilline 1 g matin et soir pendant 7 jours.',
  'Score SCORAD 45, EVA 7/10, IMC 32.',
  'Retour du Sénégal il y a 15 jours.',
  'A la Dermoscopie : réseau pigmenté, voile bleu-blanc.',
  'Nodule ferme, non douloureux, chez une femme de 60 ans.',
  'UVB TL01 à 311 nm, 30 séances.',
  'Patiente G2P2, sans antécédent.',
  'Coloration de Ziehl négative, PCR Leishmania en cours.',
  'Le Patient refuse la Chirurgie.',
  'Diabète de type 2, HbA1c 7,2 %, LDL 1,3 g/L.',
  'Patient 45-year-old man with acne.',
  'Case 2019, published.',
  'Excised by Mohs Surgery last year.',
  'The Dermatology Clinic saw him.',
  'ANA 1:320, ENA negative.',
  'ANA positive.',
  'Glasgow 15, Vancouver scar scale 6.',
  'Ataxia in Louis-Bar syndrome; Gilbert syndrome.',
  'Onset on 2/3 of the body.',
  'Consistent with Alopecia Areata or Larva Migrans.',
  'Looks like Superficial Spreading Melanoma.',
  'GB 14000, Plaquettes 250 G/L.',
  'Allergie à Candida, érysipèle à Streptocoque.',
  'Née en Algérie, son Médecin traitant propose une exérèse.',
  'From India, healthy.',
  'Toxic Epidermal Necrolysis suspected.',
  'Score de Glasgow à 15.',
  'Most lesions are in Sun-exposed skin; no change in Size.',
  'Enrolled in PASTUL, randomised at Week 12.',
  'Mild xerosis in Winter, none in summer.',
  "Positive in Wood's light, negative in KOH.",
  'Published in Dermatology; see the British guideline.',
  'PCR positive for Mycobacterium marinum; fish tank at home.',
  'Fish Tank Granuloma or Sporotrichosis?',
  'Port Wine Stain of the left cheek since birth.',
  'Spitz Naevus versus Reed Naevus in a child.',
  'Hand Foot and Mouth Disease suspected.',
  'Lichen Sclerosus et Atrophicus, clobetasol twice weekly.',
  'History: Type 2 Diabetes, Hypertension, Gout.',
  'Meds: Ramipril, Atorvastatin, Bisoprolol, Apixaban.',
  'Meds: Lisinopril 10 mg, Amlodipine 5 mg, Warfarin.',
  'Impression: Erythema Ab Igne.',
  'Dx: Bullous Pemphigoid. Plan: Prednisolone 0.5 mg/kg.',
  'Vaccinated with Pfizer twice, then Moderna.',
  'Applied Aloe Vera and Tea Tree oil at home.',
  'Uses Dove soap and Nivea cream.',
  'Allergic to Penicillin and Latex.',
  'Lésion à Bords irréguliers, à Contours nets.',
  'Érysipèle à Streptocoque A, onyxis à Candida albicans.',
  'Allergie à Pénicilline, intolérance à Tramadol.',
  'Traitement : Bilastine 20 mg, Desloratadine, Hydroxyzine.',
  'ATCD : HTA, Diabète, Asthme. Tabac 20 PA.',
  'Toxidermie à Allopurinol, DRESS probable.',
  'Examen : Plaque Érythémato-squameuse du genou.',
  'Diagnostic : Mycosis Fongoïde stade IB.',
  'Le score PASI passe de 12 à 3 en 4 mois.',
  "Suivi par l'équipe mobile, pansements Aquacel puis Urgotul.",
  'Rapid growth in March fracture? No, in may be 2 weeks.',
  'The Mole is in the Left Upper Back.',
  'Dupilumab, Tralokinumab and Upadacitinib were discussed.',
  'Sœur et mère atteintes de la maladie de Darier.',
  'Son Dermatologue évoque un Lupus; Biopsie Cutanée faite.',
  'His GP thinks it is a Ringworm.',
  'Dermatologist says Pityriasis Rosea.',
  'Started in Primary School years, still in Remission.',
  'Bonjour Docteur, je vous sollicite pour ce patient.',
  'Tick bite in Lyme season; Borrelia serology pending.',
] as const;

/** The text without brackets, and what was in them. */
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

  it('is not fooled by decomposed accents, wide digits and other apostrophes', () => {
    expect(found('Sa fille Chloe\u0301').map(({ class: kind }) => kind)).toEqual(['name']);
    expect(
      found('le \uff11\uff12/\uff10\uff13/\uff12\uff10\uff12\uff14').map(({ class: kind }) => kind),
    ).toEqual(['date']);
    expect(found('Dr O\u2019Brien').map(({ class: kind }) => kind)).toEqual(['name']);
  });

  it('checks the key of a social security number and the digits of an NHS number', () => {
    expect(found('NIR 1 85 12 75 108 042 78')).toEqual([]);
    expect(found('943 476 5918').map(({ class: kind }) => kind)).toEqual(['contact']);
  });

  it('joins the parts of one name, and ends before what is hidden behind it', () => {
    expect(found('Vu avec Jean Paul Le Goff\u200b hier')).toEqual([{ class: 'name', start: 8, length: 17 }]);
    expect(found('Mrs\t \u202fSmith')).toEqual([{ class: 'name', start: 6, length: 5 }]);
  });

  it.each([
    'Aa-'.repeat(33_000),
    'Mr Aa de '.repeat(11_000),
    '1 rue a '.repeat(12_000),
    'id no no no '.repeat(8000),
    'CH de de '.repeat(11_000),
    `a${'\u0301'.repeat(100_000)}`,
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

  it('refuses what is not text, or is far too long', () => {
    expect(() => readCaption(Buffer.from([0x89, 0x50, 0, 1]))).toThrow(
      new ImageDeidError('malformed', 'read', 'The caption is no text'),
    );
    expect(readCaption(Buffer.alloc(MOST_CAPTION_BYTES, 65))).toHaveLength(MOST_CAPTION_BYTES);
    expect(() => readCaption(Buffer.alloc(MOST_CAPTION_BYTES + 1, 65))).toThrow(
      new ImageDeidError('too-large', 'read', 'The caption has more than 102400 bytes'),
    );
  });
});
