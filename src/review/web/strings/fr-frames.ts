import { numbersOf, type enFrames } from './en-frames.js';

/** Ce que dit la page de plusieurs images ou pages. */
export const frFrames: typeof enFrames = {
  name: ({ frames, isAnimated }) => `${frames} ${isAnimated ? 'images' : 'pages'}`,
  numbers: numbersOf,
  nameOf: (strip, sheet) =>
    `${strip.isAnimated ? 'Image' : 'Page'}${strip.perSheet > 1 ? 's' : ''} ${numbersOf(strip, sheet)} sur ${strip.frames}`,
  wasLooked: (name) => `${name}, regardée`,
  looked: (looked, all, { perSheet, frames, isAnimated }) =>
    perSheet > 1
      ? `Planches regardées : ${looked} sur ${all}, de ${frames} images`
      : `${isAnimated ? 'Images' : 'Pages'} regardées : ${looked} sur ${all}`,
  next: (strip, sheet) =>
    `Suivante : ${strip.isAnimated ? 'image' : 'page'}${strip.perSheet > 1 ? 's' : ''} ${numbersOf(strip, sheet)}`,
  alt: (name) => `${name}, telle qu’elle sera partagée`,
  lookAll: ({ frames, isAnimated }) =>
    `La photo a ${frames} ${isAnimated ? 'images' : 'pages'}. Regardez-les toutes.`,
  notAll: (name) => `${name} : regardez d’abord toutes ses images ou pages.`,
};
