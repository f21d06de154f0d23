import { NOTHING, WHOLE, type Condition } from './calibrate-conditions.ts';
import { FEATURES } from './calibrate-features.ts';
import { PATCHES, SKIN } from './calibrate-patches.ts';

/** What is measured in one go. */
export const SETS = ['whole', 'skin', 'patches', 'features'] as const;
export type SetId = (typeof SETS)[number];

/** Every set begins with the photo as it is, which is what a plain gallery holds. */
export const CONDITIONS: Readonly<Record<SetId, readonly Condition[]>> = {
  whole: WHOLE,
  skin: SKIN,
  patches: [NOTHING, ...PATCHES],
  features: [NOTHING, FEATURES],
};
