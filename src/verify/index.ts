import { openCodeReader } from '../inference/code-reader.js';
import { readMetadata } from '../metadata/read-metadata.js';
import { openTextFinder, openTextReader } from '../ocr/index.js';
import { containerWalk, walkContainer } from './checks/container-walk/index.js';
import { dimensionsMatch } from './checks/dimensions-match/index.js';
import { legibleCode } from './checks/legible-code/index.js';
import { legibleText } from './checks/legible-text/index.js';
import { metadataReread } from './checks/metadata-reread/index.js';
import { pixelsUnderRedactions } from './checks/pixels-under-redactions/index.js';
import { uncoveredText } from './checks/uncovered-text/index.js';
import type { Check } from './contract.js';

/** Every check, one folder each; in the order in which they run, cheap ones first. */
export const CHECKS: readonly Check[] = [
  containerWalk,
  metadataReread(readMetadata),
  dimensionsMatch,
  pixelsUnderRedactions,
  legibleText(openTextReader),
  uncoveredText(openTextFinder, openTextReader),
  legibleCode(openCodeReader),
];

export { walkContainer };
