import { expect, it } from 'vitest';
import { CHECKS } from '../verify/declarations.js';
import { consequenceOf } from './check-meaning.js';
import { DESTINATIONS, PROFILES } from './destinations.js';

it('knows what follows from every check, for each destination', () => {
  for (const destination of DESTINATIONS) {
    const of = (consequence: string) =>
      [...CHECKS.keys()].filter((id) => consequenceOf(id, destination) === consequence).sort();
    const isPublic = destination === 'public';
    expect(of('refuse')).toEqual([
      'container-walk',
      'dimensions-match',
      'encoding-proof',
      'jpeg-fingerprint',
      'metadata-reread',
      'pixels-under-redactions',
    ]);
    expect(of('count')).toEqual(['same-crop-hash', ...(isPublic ? [] : ['sensor-noise'])]);
    expect(PROFILES[destination].suppressesNoise).toBe(isPublic);
  }
});
