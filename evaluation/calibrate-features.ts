import { planRedactions } from '../dist/redact/plan.js';
import type { Condition } from './calibrate-conditions.ts';
import { covered } from './calibrate-covers.ts';

/** What `--faces features` makes of a photo; where it does not know a face well enough, it covers all of it. */
export const FEATURES: Condition = {
  id: 'features',
  label: 'features covered, skin left',
  surroundings: false,
  isOnGallery: true,
  apply: ({ image, detections, face }, random) => {
    const policy = { keep: [], allowFaceInKeep: false, faces: 'features' } as const;
    return covered(image, planRedactions(detections, image, policy).redactions, 'blur', random, face);
  },
};
