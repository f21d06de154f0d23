import { asImageDeidError } from '../core/errors.js';
import { DETECTION_KINDS, type Detection, type DetectionKind } from '../core/detection.js';
import type { NotExaminedFinding } from '../core/findings.js';
import { boxIou } from '../core/geometry.js';
import type { PixelImage } from '../core/image.js';
import type { Detector, MayStay } from '../detect/contract.js';
import { faintnessOf, stretchedVersions } from '../imaging/faint.js';

/** What all detectors saw, in pixels of the image. */
export interface SeenByAll {
  readonly detections: readonly Detection[];
  readonly notExamined: ReadonlyMap<DetectionKind, NotExaminedFinding>;
}

/** Boxes of one kind that overlap more than this (intersection over union) show the same thing. */
const SAME_THING = 0.5;

/**
 * Shows an image to all detectors, and if it or a part of it is faint, foggy or dark, once more with its contrast
 * stretched. Where it is too faint even so, nothing of any kind was looked for.
 * @throws {ImageDeidError} detector-failed
 */
export async function lookTwice(
  image: PixelImage,
  detectors: readonly Detector[],
  mayStay: MayStay | undefined,
): Promise<SeenByAll> {
  const { isFaint, unseen } = faintnessOf(image);
  const notExamined = new Map<DetectionKind, NotExaminedFinding>();
  const suspected = new Set<DetectionKind>();
  const look = async (shown: PixelImage): Promise<Detection[]> => {
    const found: Detection[] = [];
    // One image after the other: detectors share their looks at the last one.
    for (const detector of detectors) {
      const seen = await detector.examine(shown, mayStay).catch((error: unknown) => {
        throw asImageDeidError(error, 'detect');
      });
      found.push(...seen.detections);
      for (const reason of seen.notExamined) notExamined.set(detector.kind, reason);
      if (seen.isSuspected) suspected.add(detector.kind);
    }
    return found;
  };
  const detections = await look(image);
  if (!isFaint) return { detections, notExamined };
  for (const copy of stretchedVersions(image)) {
    detections.push(...(await look(copy)).map(asFaint).filter((seen) => !isKnown(seen, detections)));
  }
  for (const kind of DETECTION_KINDS) {
    const isFound = detections.some((seen) => seen.kind === kind && !seen.feature);
    const share = suspected.has(kind) && !isFound ? 1 : Number(unseen.toFixed(2));
    if (share > 0) notExamined.set(kind, { id: 'not-examined/faint', values: { kind, share } });
  }
  return { detections, notExamined };
}

/** Skin of a face that has to be stretched to be seen is not told from its features well enough to stay. */
function asFaint({ anatomy: _anatomy, ...seen }: Detection): Detection {
  return seen;
}

function isKnown(seen: Detection, known: readonly Detection[]): boolean {
  return known.some(
    ({ kind, feature, box }) =>
      kind === seen.kind && feature === seen.feature && boxIou(box, seen.box) > SAME_THING,
  );
}
