import type { Thing } from '../core/context.js';
import type { Finding, Speaker } from '../core/finding.js';
import type { FoundWords } from './contract.js';
import { errorsFr } from './errors-fr/index.js';
import { FEATURE_NAMES, TEXT_CLASS_NAMES } from './names.js';
import { verifyFr } from './verify-fr.js';

/** Ce que l’outil trouve et décide, en français. */
export const findingsFr: FoundWords = {
  'gate/risk': ({ after, most, destination, worst, remedies }, to) => {
    const why = worst ? ` ; surtout : ${to.say(worst)}` : '';
    return `Le risque restant est de ${to.percent(after, most)} ; au plus ${to.percent(most, after)} est accepté pour « ${destination} »${why}${waysOut(remedies, to)}`;
  },
  'gate/look-after': ({ kind }, to) =>
    `Un ${to.kind(kind)} a été trouvé et masqué : regardez si tout a disparu`,
  'gate/iris': ({ pixels }, to) =>
    `Un œil ouvert montre son iris assez grand pour être lu (environ ${to.number(pixels)} pixels de large) : regardez s’il faut le masquer`,
  'gate/covered': ({ share }, to) =>
    `${to.percent(share)} de la photo est masqué : regardez si la lésion se voit encore`,
  'gate/lesion-covered': ({ kind }, to) =>
    `Quelque chose qui est peut-être la lésion a été masqué (comme ${to.kind(kind)}) : regardez si la lésion se voit encore`,
  'gate/keep-covered': ({ share }, to) =>
    `${to.percent(share)} d’une zone qui devait rester visible est masqué : vérifiez que la photo montre encore la lésion`,
  'gate/skin-of-face': ({ share, remedies }, to) =>
    `${to.percent(share)} d’un visage reste visible : la peau aussi relie les photos d’une même personne, et sur un réseau ouvert nul ne sait qui les compare${waysOut(remedies, to)}`,
  'gate/format': ({ format, taken }, to) =>
    `La destination n’accepte pas le format ${format} ; elle accepte ${to.list(taken)}`,
  'gate/size': ({ bytes, most }, to) =>
    `Le fichier fait ${to.number(bytes / 2 ** 20, 1)} Mio ; la destination accepte ${to.number(most / 2 ** 20, 1)} Mio`,
  'gate/too-long': ({ pixels, most, least }) =>
    `La photo a ${pixels} pixels de long, et la destination en accepte ${most} : réduite à cela, elle en aurait moins de ${least} de large. Recadrez-la sur l’essentiel (--keep avec --crop-to-keep), ou découpez-la en plusieurs photos`,
  'gate/unchecked': 'Le fichier écrit n’a pas été contrôlé',
  'gate/unknown-check': ({ check }) =>
    `La réponse du contrôle « ${check} » n’est pas connue ici : la photo ne sort pas`,
  'gate/laxer-than-run': ({ destination, run, most }, to) =>
    `Le lot était destiné à « ${run} », où au plus ${to.percent(most)} est accepté ; cette photo est destinée à « ${destination} », qui accepte plus`,
  'gate/rejected': 'Une personne a rejeté la photo',
  'remedy/crop': ({ risk }, to) => `recadrer sur la zone à garder : ${to.percent(risk)}`,
  'remedy/smaller-keep': ({ risk, share }, to) =>
    `ne garder que ${to.percent(share)} de la largeur et de la hauteur de la zone et y recadrer : ${to.percent(risk)}`,
  'remedy/cover-face': ({ risk }, to) => `masquer le visage en entier : ${to.percent(risk)}`,
  'plan/shown-in-keep': ({ kind }, to) =>
    `Une partie d’un ${to.kind(kind)} se trouve dans une zone gardée et reste visible`,
  'plan/covered-in-keep': ({ kind }, to) =>
    `Un ${to.kind(kind)} empiète sur une zone gardée : il a été masqué, et cette partie de la zone avec lui`,
  'plan/skin-left':
    'Les traits, la ligne des cheveux et le contour d’un visage sont masqués ; de la peau en reste visible',
  'plan/skin-in-keep': 'Une zone à garder montre de la peau d’un visage ; ses traits sont masqués',
  'plan/covered-whole': ({ missing }, to) =>
    missing.length === 0
      ? 'Un visage est masqué en entier, car sa peau n’a pas pu être distinguée de ses traits'
      : `Un visage est masqué en entier, car tout n’y a pas été vu avec certitude (${to.list(missing.map((feature) => FEATURE_NAMES.fr[feature]))})`,
  'plan/features-in-keep': ({ features }, to) =>
    `Une zone à garder se trouve sur des traits d’un visage (${to.list(features.map((feature) => FEATURE_NAMES.fr[feature]))}) : cette partie en est masquée. Gardez un endroit sans trait du visage, ou autorisez les traits dans les zones à garder`,
  'plan/left-open': ({ kind }, to) => `Un ${to.kind(kind)} qui a été trouvé n’est pas masqué`,
  'not-examined/strip': ({ kind }, to) =>
    `La photo est une bande trop étroite pour y chercher un ${to.kind(kind)}`,
  'not-examined/faint': ({ kind, share }, to) =>
    `${to.percent(share)} de la photo est trop sombre ou trop pâle pour y chercher un ${to.kind(kind)}`,
  'metadata-place': 'Le fichier dit où la photo a été prise',
  'metadata-time': 'Le fichier dit quand la photo a été prise',
  'metadata-device': 'Le fichier dit quel appareil a pris la photo',
  'metadata-software': 'Le fichier dit quel logiciel a été utilisé',
  'metadata-colour-profile': 'Le profil de couleur dit le type d’appareil',
  'metadata-person': 'Le fichier contient un nom',
  'metadata-preview': 'Le fichier contient un aperçu qui peut en montrer plus',
  'metadata-hidden-image': 'Le fichier contient une deuxième image',
  'metadata-provenance': 'Le fichier contient son historique, qui peut nommer des personnes',
  'metadata-comment': 'Le fichier contient des commentaires',
  'metadata-trailing': 'Le fichier contient des données après l’image',
  'metadata-other': 'Le fichier contient d’autres données',
  'seen-face': 'La photo montre un visage',
  'shown-face': 'Une partie d’un visage reste visible',
  'recognised-face': 'Les cheveux ou les vêtements autour d’un visage masqué peuvent être reconnus',
  'skin-of-face': ({ share }, to) => `De la peau d’un visage reste visible (${to.percent(share)})`,
  'not-examined-face': 'Les visages n’ont pas pu être recherchés',
  'attested-face': 'Les visages n’ont pas pu être recherchés ; une personne a regardé et n’en a vu aucun',
  'missed-face': ({ covered }, to) => missed('Un visage', covered, to.number(covered)),
  'looked-face': ({ covered }, to) => looked(missed('Un visage', covered, to.number(covered))),
  'open-iris': ({ pixels }, to) =>
    `Un œil ouvert montre son iris assez grand pour être lu (environ ${to.number(pixels)} pixels de large)`,
  'open-eye': 'Un œil est visible',
  'open-nose': 'Un nez est visible',
  'open-mouth': 'Une bouche est visible',
  'open-ear': 'Une oreille est visible',
  'seen-tattoo': 'La photo montre un tatouage',
  'shown-tattoo': 'Une partie d’un tatouage reste visible',
  'not-examined-tattoo': 'Les tatouages n’ont pas pu être recherchés',
  'attested-tattoo': 'Les tatouages n’ont pas pu être recherchés ; une personne a regardé et n’en a vu aucun',
  'missed-tattoo': ({ covered }, to) => missed('Un tatouage', covered, to.number(covered)),
  'looked-tattoo': ({ covered }, to) => looked(missed('Un tatouage', covered, to.number(covered))),
  'seen-text': ({ classes }) =>
    classes.length === 0
      ? 'La photo montre du texte'
      : `La photo montre du texte (${classes.map((each) => TEXT_CLASS_NAMES.fr[each]).join(', ')})`,
  'shown-text': 'Du texte reste visible',
  'not-examined-text': 'Le texte n’a pas pu être recherché',
  'attested-text': 'Le texte n’a pas pu être recherché ; une personne a regardé et n’en a pas vu',
  'missed-text': ({ covered }, to) => missed('Un mot', covered, to.number(covered)),
  'looked-text': ({ covered }, to) => looked(missed('Un mot', covered, to.number(covered))),
  'allowed-text': 'Un texte autorisé reste visible',
  'seen-code': 'La photo montre un code',
  'shown-code': 'Une partie d’un code reste visible',
  'not-examined-code': 'Les codes n’ont pas pu être recherchés',
  'attested-code': 'Les codes n’ont pas pu être recherchés ; une personne a regardé et n’en a vu aucun',
  'missed-code': ({ covered }, to) => missed('Un code', covered, to.number(covered)),
  'looked-code': ({ covered }, to) => looked(missed('Un code', covered, to.number(covered))),
  skin: 'Une personne qui connaît cette peau peut la reconnaître',
  'context-several-people': ({ people }, to) => `La photo montre plusieurs personnes (${to.number(people)})`,
  'context-hand-ridges': ({ pixels }, to) =>
    `La photo montre une main assez grande pour que les crêtes de ses doigts soient lues (environ ${to.number(pixels, 1)} pixels chacune)`,
  'context-screen': ({ things }) => `La photo montre un écran (${named(things)})`,
  'context-room': ({ things }) => `La photo montre une pièce (${named(things)})`,
  'context-street': ({ things }) => `La photo montre une rue ou un lieu (${named(things)})`,
  'context-unseen': 'Bijoux, badges, fenêtres et vues n’ont pas été recherchés',
  'caption-name': ({ lines }) => `La légende contient un nom${inLines(lines)}`,
  'caption-date': ({ lines }) => `La légende contient une date${inLines(lines)}`,
  'caption-age-above-89': ({ lines }) => `La légende donne un âge supérieur à 89 ans${inLines(lines)}`,
  'caption-place': ({ lines }) => `La légende donne un lieu${inLines(lines)}`,
  'caption-identifier': ({ lines }) =>
    `La légende contient un numéro de dossier ou de personne${inLines(lines)}`,
  'caption-contact': ({ lines }) =>
    `La légende contient un numéro de téléphone ou une adresse${inLines(lines)}`,
  'check-unknown': ({ check, why }, to) =>
    `Un contrôle n’a pas donné de réponse (${to.check(check)}) : ${to.say(why)}`,
  'nothing-checked': 'Le fichier écrit n’a pas été contrôlé',
  ...errorsFr,
  ...verifyFr,
  told: ({ text }) => text,
};

function missed(what: string, covered: number, shown: string): string {
  return covered === 0
    ? `${what} a pu échapper à la recherche`
    : `${what} a pu échapper à la recherche à côté de ce qui a été masqué (${shown})`;
}

const looked = (missing: string): string => `${missing} ; une personne a regardé et n’en a pas vu d’autre`;

const THINGS: Readonly<Record<Thing, string>> = {
  tv: 'téléviseur',
  laptop: 'ordinateur portable',
  'cell phone': 'téléphone',
  chair: 'chaise',
  couch: 'canapé',
  'potted plant': 'plante en pot',
  bed: 'lit',
  'dining table': 'table',
  toilet: 'toilettes',
  keyboard: 'clavier',
  microwave: 'micro-ondes',
  oven: 'four',
  sink: 'lavabo',
  refrigerator: 'réfrigérateur',
  book: 'livre',
  clock: 'horloge',
  vase: 'vase',
  bicycle: 'vélo',
  car: 'voiture',
  motorcycle: 'moto',
  bus: 'bus',
  train: 'train',
  truck: 'camion',
  boat: 'bateau',
  'traffic light': 'feu de circulation',
  'fire hydrant': 'borne d’incendie',
  'stop sign': 'panneau stop',
  'parking meter': 'parcmètre',
  bench: 'banc',
};

const named = (things: readonly Thing[]) => things.map((thing) => THINGS[thing]).join(', ');

function inLines(lines: readonly number[]): string {
  return ` (${lines.length === 1 ? 'ligne' : 'lignes'} ${lines.join(', ')})`;
}

/** What would help, to follow a sentence. */
function waysOut(remedies: readonly Finding[] | undefined, to: Speaker): string {
  return remedies && remedies.length > 0
    ? ` ; ce qui aide, avec le risque qui resterait : ${remedies.map((remedy) => to.say(remedy)).join(' ; ')}`
    : '';
}
