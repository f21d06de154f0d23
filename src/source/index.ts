export { isBesidePhotos } from './beside-photos.js';
export { collectFolder, collectInputs } from './collect-inputs.js';
export {
  SIDECAR_KINDS,
  type Collected,
  type SidecarKind,
  type SourceEntry,
  type SourceFile,
} from './contract.js';
export { displayName } from './display-name.js';
export { readSource } from './read-source.js';
export { captionPaths, isKeepPath, keepPath, SIDECAR_BYTES } from './sidecars.js';
