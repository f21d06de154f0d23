import { codeDetector } from './detect/code/index.js';
import type { Detector, ModelIdentity } from './detect/contract.js';
import { openContextScout } from './detect/context/index.js';
import { openSecondFaceFinder } from './detect/face/face-finder.js';
import { faceDetector } from './detect/face/index.js';
import { tattooDetector } from './detect/tattoo/index.js';
import { openSecondTattooFinder } from './detect/tattoo/tattoo-finder.js';
import { textDetector } from './detect/text/index.js';
import { formatById, sniffFormat } from './formats/index.js';
import { readMetadata } from './metadata/read-metadata.js';
import { openTextWitness } from './ocr/index.js';
import type { Inspector, Toolbox } from './pipeline/index.js';
import { STYLES } from './redact/styles/index.js';
import { allChecks } from './verify/index.js';

const DETECTORS: readonly Detector[] = [faceDetector(), tattooDetector(), textDetector(), codeDetector()];

/**
 * Loads and tests what looks at a photo, and nothing that only checks need.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function composeInspector(): Promise<Inspector> {
  await loadDetectors();
  return { sniffFormat, readMetadata, detectors: DETECTORS };
}

/**
 * The one place where concrete plugins are chosen. Loads and tests every model and engine.
 * @throws {ImageDeidError} model-missing, model-mismatch, engine-unavailable
 */
export async function composeToolbox(): Promise<Toolbox> {
  const [loaded, witness] = await Promise.all([loadDetectors(), openTextWitness()]);
  // Some detectors share models.
  const models = [...new Map([...loaded, ...witness.identities].map((model) => [model.id, model])).values()];
  return {
    sniffFormat,
    formatById,
    readMetadata,
    detectors: DETECTORS,
    models,
    styles: STYLES,
    checks: allChecks({ openFaceFinder: openSecondFaceFinder, openTattooFinder: openSecondTattooFinder }),
    openContextScout,
  };
}

async function loadDetectors(): Promise<ModelIdentity[]> {
  return (await Promise.all(DETECTORS.map((detector) => detector.load()))).flat();
}
