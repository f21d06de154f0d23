import type { DetectionKind } from '../core/detection.js';
import type { ImageFormat } from '../core/image.js';

/** Who will see the photo. */
export const DESTINATIONS = ['public', 'professional', 'clinical'] as const;
export type Destination = (typeof DESTINATIONS)[number];

/** What a destination accepts and asks for; explained in docs/DESTINATIONS.md. */
export interface DestinationProfile {
  /** The highest residual risk, 0–1. */
  readonly mostRisk: number;
  /** Longer side of what is written, in pixels; a larger photo is shrunk, as far as `LEAST_SIDE` allows. Absent: any. */
  readonly maxSide?: number;
  /** Of the written file. */
  readonly maxBytes: number;
  /** Formats that are written; a photo in any other format becomes a JPEG. */
  readonly formats: readonly ImageFormat[];
  /** Whether the photo must not be traceable to its camera by its sensor's noise. */
  readonly suppressesNoise: boolean;
  /** Whether a person must look when an uncovered eye has a readable iris. */
  readonly looksAtIrises: boolean;
  /**
   * Whether no more of a face may stay than a patch of skin that attackers recognise no better than twice by chance
   * (`LARGEST_PATCH`), however low the risk.
   */
  readonly onlyPatches: boolean;
  /** A person must look when one of these was found, even if it was covered. */
  readonly looksAfter: readonly DetectionKind[];
}

/** What shrinking leaves of the shorter side at least, in pixels (docs/DESTINATIONS.md). */
export const LEAST_SIDE = 600;

const MIB = 1024 * 1024;

export const PROFILES: Readonly<Record<Destination, DestinationProfile>> = {
  public: {
    mostRisk: 0.09,
    maxSide: 2048,
    maxBytes: 5 * MIB,
    formats: ['jpeg', 'png', 'webp', 'gif'],
    suppressesNoise: true,
    looksAtIrises: true,
    onlyPatches: true,
    // Some tattoos are missed (docs/EVALUATION.md), and where one was found others are likely.
    looksAfter: ['tattoo'],
  },
  professional: {
    mostRisk: 0.2,
    maxSide: 4096,
    maxBytes: 20 * MIB,
    formats: ['jpeg', 'png', 'webp', 'gif'],
    suppressesNoise: false,
    looksAtIrises: false,
    onlyPatches: false,
    looksAfter: [],
  },
  clinical: {
    mostRisk: 0.33,
    maxBytes: 256 * MIB,
    formats: ['jpeg', 'png', 'webp', 'tiff', 'avif', 'gif'],
    suppressesNoise: false,
    looksAtIrises: false,
    onlyPatches: false,
    looksAfter: [],
  },
};
