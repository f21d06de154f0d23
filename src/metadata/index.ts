export { meaningOfField, type FieldMeaning } from './field-groups.js';
export { readMetadata } from './read-metadata.js';
export { groupFindings, hasIdentifying } from './report.js';
export { tileParts, type Claim, type NameGap } from './tile-parts.js';
export { describeShot, type ShotDescription } from './describe.js';
export { saysAdobeRgb } from './exif-colour.js';
