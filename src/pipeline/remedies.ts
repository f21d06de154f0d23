import type { RemedyFinding } from '../core/findings.js';
import type { Box } from '../core/geometry.js';
import { isAccepted, type OpenFace } from '../risk/index.js';
import { riskWith } from './estimate-risk.js';
import type { ExaminedImage } from './examine-image.js';
import type { ProcessSettings } from './settings.js';

/** A smaller kept region is tried at these shares of its width and height. */
const SMALLER = [0.75, 0.5, 0.35, 0.25];

/**
 * What would bring a photo of a face under the limit of its destination: cropping to the kept region, a smaller one,
 * covering the face whole. Each is planned and scored, not guessed, and told only if it would be enough.
 * @param open what is left of faces now
 */
export function remediesFor(
  examined: ExaminedImage,
  settings: ProcessSettings,
  open: readonly OpenFace[],
): RemedyFinding[] {
  if (open.length === 0) return [];
  const { keep, cropToKeep, destination, maxRisk } = settings;
  const risk = (changed: Partial<ProcessSettings>): number | undefined => {
    const otherwise = riskWith(examined, { ...settings, ...changed });
    return isAccepted(otherwise, destination, maxRisk) ? otherwise.after : undefined;
  };
  const remedies: RemedyFinding[] = [];
  const isPatch = keep.length > 0;
  const cropped = isPatch && !cropToKeep ? risk({ cropToKeep: true, faces: 'whole' }) : undefined;
  if (cropped !== undefined) remedies.push({ id: 'remedy/crop', values: { risk: cropped } });
  if (isPatch && cropped === undefined) {
    for (const share of SMALLER) {
      const smaller = risk({ keep: keep.map((box) => shrunk(box, share)), cropToKeep: true, faces: 'whole' });
      if (smaller === undefined) continue;
      remedies.push({ id: 'remedy/smaller-keep', values: { risk: smaller, share } });
      break;
    }
  }
  const covered = risk({ keep: [], cropToKeep: false, faces: 'whole' });
  if (covered !== undefined) remedies.push({ id: 'remedy/cover-face', values: { risk: covered } });
  return remedies;
}

/** A box around the same middle. */
function shrunk({ x, y, width, height }: Box, share: number): Box {
  const [w, h] = [width * share, height * share];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
}
