export { estimateRisk, riskWith } from './estimate-risk.js';
export { lookAtImage, lookScale, readImage, type ExaminedImage, type ReadImage } from './examine-image.js';
export { fitPolicy } from './fit-policy.js';
export { inspectImage, type Inspection } from './inspect-image.js';
export { draftOfError, draftOfProcessed, stageFinished, type SourceFacts } from './ledger-draft.js';
export { finishImage, processImage, type ProcessedImage, type StagingArea } from './process-image.js';
export { DEFAULT_SETTINGS, settingsHash, type ProcessSettings } from './settings.js';
export { Stopwatch } from './stopwatch.js';
export type { Toolbox } from './toolbox.js';
