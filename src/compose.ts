import { codeDetector } from './detect/code/index.js';
import type { Detector } from './detect/contract.js';
import { openContextScout } from './detect/context/index.js';
import { openSecondFaceFinder } from './detect/face/face-finder.js';
import { faceDetector } from './detect/face/index.js';
import { tattooDetector } from './detect/tattoo/index.js';
import { openSecondTattooFinder } from './detect/tattoo/tattoo-finder.js';
import { textDetector } from './detect/text/index.js';
import { formatById, sniffFormat } from './formats/index.js';
import { readMetadata } from './metadata/read-metadata.js';
import { openTextWitness } from './ocr/index.js';
import type { Toolbox } from './pipeline/index.js';
import { STYLES } from './redact/styles/index.js';
import { allChecks } from './verify/index.js';

/**
 * The one place where concrete plugins are chosen. Loads and tests every model and engine.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function composeToolbox(): Promise<Toolbox> {
  const detectors: readonly Detector[] = [faceDetector(), tattooDetector(), textDetector(), codeDetector()];
  const loaded = (await Promise.all(detectors.map((detector) => detector.load()))).flat();
  const witness = await openTextWitness();
  // Some detectors share models.
  const models = [...new Map([...loaded, ...witness.identities].map((model) => [model.id, model])).values()];
  return {
    sniffFormat,
    formatById,
    readMetadata,
    detectors,
    models,
    styles: STYLES,
    checks: allChecks({ openFaceFinder: openSecondFaceFinder, openTattooFinder: openSecondTattooFinder }),
    openContextScout,
  };
}
