export { redactFrame } from './apply-redactions.js';
export { coveredShare, coverMask } from './cover-mask.js';
export { type KeptBack, planRedactions } from './plan.js';
