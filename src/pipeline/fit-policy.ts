import type { FitPolicy } from '../fit/index.js';
import { PROFILES } from '../risk/index.js';
import type { ProcessSettings } from './settings.js';

/** The geometry in which these settings publish a photo. */
export function fitPolicy({
  destination,
  keep,
  cropToKeep,
}: Pick<ProcessSettings, 'destination' | 'keep' | 'cropToKeep'>): FitPolicy {
  const { maxSide, suppressesNoise } = PROFILES[destination];
  return { suppressesNoise, cropAround: cropToKeep ? keep : [], ...(maxSide !== undefined && { maxSide }) };
}
