import type { Detector } from '../contract.js';

/**
 * The place of the tattoo detector. No model for tattoos is bundled yet, and it says so for every photo: nobody may
 * read "not examined" as "no tattoo". The photo goes to review unless its user attests what they have seen.
 */
export function tattooDetector(): Detector {
  return {
    id: 'tattoo',
    kind: 'tattoo',
    models: [],
    load: () => Promise.resolve([]),
    examine: () =>
      Promise.resolve({
        detections: [],
        notExamined: ['Tattoos were not looked for: this version bundles no model for them'],
      }),
  };
}
