import type { ImageFormat } from '../core/image.js';
import type { ContainerPart, MetadataFinding } from '../core/metadata.js';
import type { ContextScout, Detector, ModelIdentity } from '../detect/contract.js';
import type { ImageFormatPlugin } from '../formats/contract.js';
import type { RedactionStyle } from '../redact/contract.js';
import type { Check } from '../verify/contract.js';

/** The concrete plugins a pipeline works with; `src/compose.ts` is where they are chosen. */
export interface Toolbox {
  /** @throws {ImageDeidError} not-an-image, unsupported-format */
  readonly sniffFormat: (bytes: Uint8Array) => ImageFormatPlugin;
  readonly formatById: (id: ImageFormat) => ImageFormatPlugin;
  readonly readMetadata: (bytes: Uint8Array, parts: readonly ContainerPart[]) => Promise<MetadataFinding[]>;
  readonly detectors: readonly Detector[];
  /** Of every model that `detectors` loaded. */
  readonly models: readonly ModelIdentity[];
  readonly styles: Readonly<Record<RedactionStyle['id'], RedactionStyle>>;
  readonly checks: readonly Check[];
  /** Loads what looks at the surroundings, once; not needed to inspect. */
  readonly openContextScout: () => Promise<ContextScout>;
}
