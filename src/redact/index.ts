export { redactFrame } from './apply-redactions.js';
export { coveredShare, coverMask, keepCovered } from './cover-mask.js';
export { type KeptBack, planRedactions } from './plan.js';
