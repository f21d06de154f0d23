export { isRefused } from './check-meaning.js';
export { type Destination, DESTINATIONS, LEAST_SIDE, PROFILES } from './destinations.js';
export type { NotExamined } from './evidence.js';
export { decide, type Decision, isAccepted } from './gate.js';
export { DICOM_CODES, HIPAA_LETTERS, WP216_RISKS } from './identifier-classes.js';
export { type OpenFace, openFaces } from './open-faces.js';
export { openFeatures } from './open-features.js';
export { askOf, mayLeave } from './overridable.js';
export { type RiskScore, scoreRisk } from './score.js';
