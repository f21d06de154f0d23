import type { FitPolicy } from '../fit/index.js';
import { LEAST_SIDE, PROFILES } from '../risk/index.js';
import type { ProcessSettings } from './settings.js';

/** The geometry in which these settings publish a photo. */
export function fitPolicy({
  destination,
  keep,
  cropToKeep,
  keepRuler,
}: Pick<ProcessSettings, 'destination' | 'keep' | 'cropToKeep' | 'keepRuler'>): FitPolicy {
  const { maxSide, suppressesNoise } = PROFILES[destination];
  return {
    suppressesNoise,
    cropAround: cropToKeep ? keep : [],
    keep,
    keepsRuler: keepRuler,
    leastSide: LEAST_SIDE,
    ...(maxSide !== undefined && { maxSide }),
  };
}
