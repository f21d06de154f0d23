import type { Box } from '../../core/geometry.js';
import type { Detection } from '../../core/detection.js';
import type { PlanFinding } from '../../core/findings.js';
import { riskWith, type ExaminedImage } from '../../pipeline/index.js';
import { isAccepted } from '../../risk/index.js';
import { FACE_WAYS, SETTINGS_OF_WAY, type Edit, type WayView } from '../api.js';
import { settingsOfEdit } from './edit-settings.js';
import { plannedShapes, type Size } from './planned-shapes.js';

/** A face that takes more of a photo than this is what the photo is about. */
const PORTRAIT = 1 / 3;

/** What a photo is about that is mostly one face. */
export interface Portrait {
  readonly face: Detection;
  /** The part of the photo that the face takes. */
  readonly box: Box;
}

/** The largest face, if it takes more than a third of the photo. */
export function portraitOf(detections: readonly Detection[], size: Size): Portrait | undefined {
  const faces = detections
    .filter(({ kind, feature }) => kind === 'face' && !feature)
    .map((face): Portrait => ({ face, box: insidePhoto(face.box, size) }));
  const [largest] = faces.sort((a, b) => areaOf(b.box) - areaOf(a.box));
  return largest && areaOf(largest.box) > PORTRAIT * size.width * size.height ? largest : undefined;
}

function insidePhoto({ x, y, width, height }: Box, size: Size): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(size.width, x + width), Math.min(size.height, y + height)];
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

const areaOf = ({ width, height }: Box) => width * height;

/**
 * What each way to treat a portrait would come to, for the destination and the kept regions of an edit.
 * @param edited what was found, with what the person decided (`withEdit`)
 * @param maxRisk the limit of the run that the photo belongs to
 */
export function faceWays(
  edited: ExaminedImage,
  edit: Edit,
  { face }: Portrait,
  size: Size,
  maxRisk?: number,
): WayView[] {
  const ways = FACE_WAYS.map((way) => {
    const other = { ...edit, ...SETTINGS_OF_WAY[way], ...(way === 'covered' && { keep: [] }) };
    const risk = riskWith(edited, settingsOfEdit(other));
    const why = whyNot(face, other, size);
    return {
      way,
      after: risk.after,
      isEnough: isAccepted(risk, edit.destination, maxRisk),
      ...(why && { why }),
    };
  });
  const advised = adviceAmong(ways);
  return ways.map((one) => ({ ...one, isAdvised: one === advised }));
}

/** Why this face would be covered otherwise than asked for; a kept region may lose features all the same. */
function whyNot(face: Detection, edit: Edit, size: Size): PlanFinding | undefined {
  const { told } = plannedShapes({ detections: [[face]] }, edit, size);
  return told.find(({ id }) => id !== 'plan/features-in-keep');
}

/** The first that is possible and enough; where none is, the least risky that is possible. */
export function adviceAmong<T extends Omit<WayView, 'isAdvised'>>(ways: readonly T[]): T | undefined {
  const possible = ways.filter(({ why }) => why === undefined);
  const [leastRisky] = [...possible].sort((a, b) => a.after - b.after);
  return possible.find(({ isEnough }) => isEnough) ?? leastRisky;
}
