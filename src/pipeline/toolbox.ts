import type { ImageFormat } from '../core/image.js';
import type { ContainerPart, MetadataFinding } from '../core/metadata.js';
import type { ContextScout, Detector, ModelIdentity } from '../detect/contract.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import type { RedactionStyle } from '../redact/contract.js';
import type { Check } from '../verify/contract.js';

/** The concrete plugins that say what is in a photo; `src/compose.ts` chooses them. */
export interface Inspector {
  /** @throws {ImageDeidError} not-an-image, unsupported-format */
  readonly sniffFormat: (bytes: Uint8Array) => ImageFormatPlugin;
  readonly readMetadata: (bytes: Uint8Array, parts: readonly ContainerPart[]) => Promise<MetadataFinding[]>;
  readonly detectors: readonly Detector[];
}

/** All that a pipeline works with. */
export interface Toolbox extends Inspector {
  readonly formatById: (id: ImageFormat) => ImageFormatPlugin;
  /** Every model that `detectors` and the witness of the checks loaded. */
  readonly models: readonly ModelIdentity[];
  readonly styles: Readonly<Record<RedactionStyle['id'], RedactionStyle>>;
  readonly checks: readonly Check[];
  /** Loads the models that look at the surroundings, once. */
  readonly openContextScout: () => Promise<ContextScout>;
}
