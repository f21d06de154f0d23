import type { FORMAT_ERRORS } from '../../core/error-tables/formats.js';
import type { ValuesOf } from '../../core/error-tables/table.js';
import type { WordsOf } from '../../core/finding.js';

/** Les formats dont le nom n’est pas le même en français. */
const NAMES: Readonly<Record<string, string>> = {
  'Windows bitmap (BMP)': 'bitmap Windows (BMP)',
  'Apple icon (ICNS)': 'icône Apple (ICNS)',
  video: 'vidéo',
};

/** Ce que sont les échantillons d’un TIFF. */
const SAMPLE_KINDS: Readonly<Record<string, string>> = {
  whole: 'en nombres entiers',
  signed: 'en nombres signés',
  float: 'en nombres à virgule flottante',
  other: 'd’un genre inconnu',
};

/** La lecture et l’écriture des formats de photos. */
export const formatsFr: WordsOf<ValuesOf<typeof FORMAT_ERRORS>> = {
  'error/internal/no-format': ({ id }) => `Il n’y a pas de format « ${id} »`,
  'error/unsupported-format/known': ({ format, expected }, to) =>
    `Les fichiers ${NAMES[format] ?? format} ne sont pas acceptés ; sont acceptés : ${to.list(expected)}`,
  'error/not-an-image/unknown': 'Le fichier n’est pas une image d’un format connu',
  'error/decode-failed/channels': ({ channels }) => `L’image a ${channels} canaux, et non 3 ou 4`,
  'error/timeout/decode': ({ seconds }) => `La lecture de l’image a pris plus de ${seconds} s`,
  'error/timeout/encode': ({ seconds }) => `L’écriture de l’image a pris plus de ${seconds} s`,
  'error/encode-failed/image': 'L’image n’a pas pu être écrite',
  'error/too-many-pixels/more': ({ most }) =>
    `L’image a plus de ${most} pixels ; réduisez-la de moitié en largeur et en hauteur, ou faites prendre à l’appareil des photos plus petites (12 ou 50 mégapixels au lieu de 200)`,
  'error/truncated/pixels': 'L’image s’arrête avant la fin de ses pixels',
  'error/decode-failed/image':
    'L’image n’a pas pu être lue ; elle est peut-être abîmée ou d’un genre inhabituel',
  'error/too-many-frames/frames': ({ most, received }) =>
    `L’image a ${received} vues, et ${most} au plus sont acceptées`,
  'error/too-many-frames/pages': ({ most, received }) =>
    `Le fichier a ${received} pages, et ${most} au plus sont acceptées`,
  'error/too-many-pixels/counted': ({ most, received }) =>
    `L’image a ${received} pixels, et ${most} au plus sont acceptés ; réduisez-la de moitié en largeur et en hauteur, ou faites prendre à l’appareil des photos plus petites (12 ou 50 mégapixels au lieu de 200)`,
  'error/unsupported-format/turned-animation': 'Une animation qu’il faudrait tourner n’est pas acceptée',
  'error/too-many-frames/one-frame': ({ title, received }) =>
    `Un fichier ${title} contient une seule vue, et la photo en a ${received} ; choisissez --format tiff, gif ou webp`,
  'error/too-many-frames/avif': 'Un AVIF contient une seule vue ; choisissez un autre format',
  'error/timeout/avif': ({ seconds }) => `L’écriture de l’AVIF a pris plus de ${seconds} s`,
  'error/encode-failed/avif': 'L’AVIF n’a pas pu être écrit',
  'error/encode-failed/gif-sizes': 'Les vues d’un GIF ont toutes la même taille',
  'error/encode-failed/gif-colours': ({ most }) => `Une vue d’un GIF a au plus ${most} couleurs`,
  'error/unsupported-format/colour-space':
    'L’espace de couleurs de l’image n’est pas accepté ; exportez la photo en sRGB ou en Display P3',
  'error/unsupported-format/hdr-brightness': ({ percent }) =>
    `${percent} % de la photo est à grande gamme dynamique, plus clair que ce que montre un écran ordinaire, et serait perdu ; exportez-la en SDR, en sRGB ou en Display P3`,
  'error/unsupported-format/few-bits': ({ largest }) =>
    `L’image a 16 bits par échantillon, mais sa plus grande valeur est ${largest} sur 65535 : elle a sans doute été écrite avec moins de bits (12 bits s’arrêtent à 4095) et paraîtrait presque noire ; enregistrez-la en 8 bits, ou étendue aux 16`,
  'error/unsupported-format/tiff-samples': ({ bits, kind }) =>
    `Le TIFF contient ses échantillons sur ${bits} bits, ${SAMPLE_KINDS[kind] ?? kind}, et rien ne dit lesquels sont blancs ; enregistrez-le en 8 ou 16 bits, en nombres entiers`,
  'error/unsupported-format/tiff-colours': ({ photometric }) =>
    `Les couleurs du TIFF (interprétation photométrique ${photometric}) ne sont pas acceptées ; enregistrez-le en RVB`,
  'error/unsupported-format/not-hevc': 'L’image n’est pas codée en HEVC',
  'error/timeout/heic': ({ seconds }) => `La lecture du HEIC a pris plus de ${seconds} s`,
  'error/decode-failed/heic-stopped': 'Le décodeur HEIC s’est arrêté',
  'error/too-many-pixels/heic':
    'Le HEIC dépasse la limite de taille ; faites prendre à l’appareil des photos plus petites',
  'error/malformed/heic': 'Le décodeur HEIC n’a pas pu lire le fichier',
  'error/decode-failed/heic': 'Le décodeur HEIC n’a pas pu décoder l’image',
  'error/truncated/box': 'Le fichier s’arrête au milieu d’une boîte',
  'error/too-many-frames/sequence': 'Les suites d’images ne sont pas acceptées dans ce format',
  'error/malformed/no-primary': 'Le fichier n’a pas d’image principale lisible',
  'error/malformed/primary-absent': 'L’image principale n’est pas dans le fichier',
  'error/malformed/primary-size': 'L’image principale n’a pas de taille',
  'error/truncated/extent': 'Les données d’une image sont au-delà de la fin du fichier',
  'error/malformed/image-size': 'Une image du fichier n’a pas de taille',
  'error/unsupported-format/apng':
    'Les PNG animés (APNG) ne sont pas acceptés ; enregistrez la photo en PNG fixe, ou l’animation en GIF ou WebP',
  'error/malformed/tiff-chain': 'La chaîne des pages du TIFF est abîmée',
  'error/unsupported-format/raw':
    'Les fichiers bruts d’appareil photo (DNG et semblables) ne sont pas acceptés',
  'error/malformed/tiff-pages': 'Le TIFF ne contient pas de page en taille réelle',
  'error/malformed/tiff-size': 'Une page du TIFF n’a pas de taille',
  'error/encode-failed/tiff-size': 'Le TIFF dépasserait 4 Gio',
  'error/timeout/tiff': ({ seconds }) => `L’écriture du TIFF a pris plus de ${seconds} s`,
  'error/encode-failed/webp': 'L’encodeur WebP n’a pas donné d’image sans perte',
  'error/usage/not-written': ({ format }) =>
    `Les fichiers ${format} ne peuvent pas être écrits ; choisissez un autre --format`,
};
