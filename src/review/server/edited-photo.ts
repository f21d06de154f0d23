import type { Detection, DetectionKind, Redaction } from '../../core/detection.js';
import { boundingBox, type Box, type Polygon } from '../../core/geometry.js';
import { clipToBox, convexHull } from '../../imaging/convex.js';
import type { PixelImage } from '../../core/image.js';
import type { ExaminedImage } from '../../pipeline/index.js';
import { coverMask } from '../../redact/index.js';
import type { KeptBack } from '../../redact/contract.js';
import { openFaces } from '../../risk/index.js';
import { rasterise } from '../../imaging/rasterise.js';
import { PREVIEW_SIDE, type Edit, type Shape } from '../api.js';

/** The share of a finding that may stay uncovered: corners that a person's shape cuts off. */
const NEGLIGIBLE = 0.05;
/** What a shape without a kind counts as: a mark that may identify, of which little is left. */
const OTHER: DetectionKind = 'text';

/**
 * What was found in a photo, with the redactions that a person decided instead of the planned ones. What was found but
 * is not covered counts as shown, whatever the reason.
 * @param crop the part that is published, unless it is all: nothing outside it is shown
 */
export function withEdit(examined: ExaminedImage, edit: Edit, crop?: Box): ExaminedImage {
  const [first] = examined.source.frames;
  if (!first) return examined;
  const redactions = redactionsOf(edit.shapes, first.pixels);
  return {
    ...examined,
    redactions: examined.source.frames.map(() => redactions),
    keptBack: uncovered(examined.detections.flat(), redactions, first.pixels, crop),
    notExamined: examined.notExamined.map(({ kind, reason }) => ({
      kind,
      reason,
      attested: edit.attestNone.includes(kind),
    })),
    looked: edit.attestNone,
  };
}

/** Convex regions inside the image; a shape that lies outside is left out. */
export function redactionsOf(
  shapes: readonly Shape[],
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
): Redaction[] {
  const whole: Box = { x: 0, y: 0, width, height };
  return shapes.flatMap(({ kinds, polygon, group }) => {
    const clipped = clipToBox(convexHull(polygon), whole);
    if (clipped.length < 3) return [];
    const known = kinds.map((kind) => (kind === 'other' ? OTHER : kind));
    return [
      {
        kinds: [...new Set(known)],
        ...(group !== undefined && { group }),
        polygon: clipped,
        box: boundingBox(clipped),
      },
    ];
  });
}

function uncovered(
  detections: readonly Detection[],
  redactions: readonly Redaction[],
  size: Pick<PixelImage, 'width' | 'height'>,
  crop: Box = { x: 0, y: 0, ...size },
): KeptBack[] {
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(size.width, size.height));
  const small = { width: Math.ceil(size.width * scale), height: Math.ceil(size.height * scale) };
  const scaled = (polygon: Polygon): Polygon => polygon.map(([x, y]) => [x * scale, y * scale]);
  const isInCrop = (x: number, y: number) =>
    x + 1 > crop.x * scale &&
    x < (crop.x + crop.width) * scale &&
    y + 1 > crop.y * scale &&
    y < (crop.y + crop.height) * scale;
  const covered = coverMask(
    small,
    redactions.map((redaction) => ({ ...redaction, polygon: scaled(redaction.polygon) })),
  );
  return detections.flatMap((detection): KeptBack[] => {
    const { kind, polygon, allowed, feature } = detection;
    if (allowed || feature) return [];
    const mask = rasterise(scaled(polygon), small);
    let [all, left] = [0, 0];
    mask.data.forEach((value, i) => {
      if (value !== 255) return;
      all++;
      const [x, y] = [mask.left + (i % mask.width), mask.top + Math.floor(i / mask.width)];
      if (covered[y * small.width + x] === 0 && isInCrop(x, y)) left++;
    });
    const share = all === 0 ? 0 : left / all;
    if (share <= NEGLIGIBLE) return [];
    const [face] = openFaces([detection], redactions, size, crop);
    if (face && !face.showsFeature)
      return [{ kind, shown: false, share, reason: { id: 'plan/skin-left', values: {} } }];
    return [{ kind, shown: true, share, reason: { id: 'plan/left-open', values: { kind } } }];
  });
}
