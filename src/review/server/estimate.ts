import type { Box, Polygon } from '../../core/geometry.js';
import { clipToBox } from '../../imaging/convex.js';
import { facesLeft, type ExaminedImage } from '../../pipeline/index.js';
import { openFeatures, scoreRisk, type RiskScore } from '../../risk/index.js';
import type { Edit } from '../api.js';
import { settingsOfEdit } from './edit-settings.js';

/**
 * The score on the assumption that the written photo is clean: only the full check tells what the checks find.
 * @param edited what was found, with what the person decided (`withEdit`)
 * @param crop the part that is published, unless it is all
 */
export function estimate(edited: ExaminedImage, edit: Edit, crop: Box | undefined): RiskScore {
  return scoreRisk({
    ...edited,
    redactions: edited.redactions.map((ofFrame) => ofFrame.filter(({ polygon }) => isLeft(polygon, crop))),
    detections: edited.detections.flat(),
    openFeatures: featuresLeftOpen(edited, crop),
    openFaces: facesLeft(edited, settingsOfEdit(edit)),
    caption: settingsOfEdit(edit).caption ?? [],
    context: [],
    checks: 'to-come',
  });
}

/** Single features of a face that are published uncovered, in pixels of the photo. */
export function featuresLeftOpen(
  { detections: [detections = []], redactions: [redactions = []] }: ExaminedImage,
  crop: Box | undefined,
): ReturnType<typeof openFeatures> {
  return openFeatures(
    detections.filter(({ polygon }) => isLeft(polygon, crop)),
    redactions,
  );
}

function isLeft(polygon: Polygon, crop: Box | undefined): boolean {
  return crop === undefined || clipToBox(polygon, crop).length >= 3;
}
