import { openCodeReader } from '../models/code-reader.js';
import { readMetadata } from '../metadata/read-metadata.js';
import { openTextFinder, openTextReader, openTextWitness } from '../ocr/index.js';
import { containerWalk, walkContainer } from './checks/container-walk/index.js';
import { dimensionsMatch } from './checks/dimensions-match/index.js';
import { encodingProof } from './checks/encoding-proof/index.js';
import { faceMatch } from './checks/face-match/index.js';
import { jpegFingerprint } from './checks/jpeg-fingerprint/index.js';
import { legibleCode } from './checks/legible-code/index.js';
import { legibleText } from './checks/legible-text/index.js';
import { metadataReread } from './checks/metadata-reread/index.js';
import { pixelsUnderRedactions } from './checks/pixels-under-redactions/index.js';
import { sameCropHash } from './checks/same-crop-hash/index.js';
import { sensorNoise } from './checks/sensor-noise/index.js';
import { uncoveredFace, type FaceFinder } from './checks/uncovered-face/index.js';
import { uncoveredTattoo, type TattooFinder } from './checks/uncovered-tattoo/index.js';
import { uncoveredText } from './checks/uncovered-text/index.js';
import type { Check } from './contract.js';
import { openFaceEmbedder } from '../models/face-embedding/index.js';

/** The finders that checks need; they come from the detectors, which this step does not import. */
export interface Finders {
  readonly openFaceFinder: () => Promise<FaceFinder>;
  readonly openTattooFinder: () => Promise<TattooFinder>;
}

/** Every check, one folder each, in the order in which they run: cheap ones first. */
export function allChecks({ openFaceFinder, openTattooFinder }: Finders): readonly Check[] {
  return [
    containerWalk,
    metadataReread(readMetadata),
    dimensionsMatch,
    jpegFingerprint,
    encodingProof,
    pixelsUnderRedactions,
    sameCropHash,
    sensorNoise,
    faceMatch(openFaceEmbedder),
    uncoveredFace(openFaceFinder),
    uncoveredTattoo(openTattooFinder),
    legibleText(openTextReader, openTextWitness),
    legibleCode(openCodeReader),
    uncoveredText(openTextFinder, openTextReader, openTextWitness),
  ];
}

export { walkContainer };
export { type CheckResult, verifyStaged } from './verify-staged.js';
