import type { enWork } from './en-work.js';

/** Ce que dit la page du travail en cours : le quitter, plusieurs photos, ce qui est laissé visible. */
export const frWork: typeof enWork = {
  leave: {
    title: 'Cette photo n’est pas enregistrée',
    text: 'Si vous la quittez, vos changements sont perdus.',
    stay: 'Continuer avec cette photo',
    go: 'La quitter sans enregistrer',
  },
  dropped: {
    title: 'Une autre photo, alors que celle-ci n’est pas enregistrée',
    text: (count) =>
      count === 1
        ? 'Quand faut-il ouvrir la nouvelle photo ?'
        : `Quand faut-il ouvrir les ${count} nouvelles photos ?`,
    later: 'Après celle-ci',
    now: 'Maintenant : quitter celle-ci sans enregistrer',
  },
  line: {
    place: (at, all) => `Photo ${at} sur ${all}`,
    list: 'Photos à traiter',
    states: {
      waiting: 'en attente',
      open: 'ouverte',
      saved: 'enregistrée',
      left: 'quittée sans enregistrer',
      failed: 'n’a pas pu être ouverte',
    },
    waiting: (count) => (count === 1 ? '1 photo attend' : `${count} photos attendent`),
    next: 'Photo suivante',
    skip: 'Passer à la suivante',
    goOn: 'Continuer',
    another: 'Autre photo',
    added: (count) => (count === 1 ? '1 photo ajoutée à la suite.' : `${count} photos ajoutées à la suite.`),
  },
  left: {
    heading: 'Laissé visible par vous',
    back: 'Masquer de nouveau',
    backOf: (name) => `Masquer de nouveau : ${name}`,
    price: (covered, now) => `Fait passer le risque de ${covered} à ${now}.`,
    free: 'Ne change pas le risque.',
  },
  saved: {
    where: 'Dans le dossier où votre navigateur met les téléchargements, souvent « Téléchargements ».',
  },
  languageName: 'Français',
  languageHint: 'Afficher cette page en anglais',
};
