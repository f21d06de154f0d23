import type { Box } from '../core/geometry.js';
import { cropAroundKeep } from '../fit/index.js';
import { clipToBox } from '../imaging/convex.js';
import { planRedactions } from '../redact/index.js';
import {
  openFaces as openFacesOf,
  openFeatures,
  scoreRisk,
  type OpenFace,
  type RiskScore,
} from '../risk/index.js';
import type { ExaminedImage } from './examine-image.js';
import { fitPolicy } from './fit-policy.js';
import type { ProcessSettings } from './settings.js';

/** The score on the assumption that the written photo is clean: only the checks of that tell what they find. */
export function estimateRisk(
  examined: ExaminedImage,
  settings: ProcessSettings,
  openFaces = facesLeft(examined, settings),
): RiskScore {
  const [first] = examined.source.frames;
  const crop = first && cropAroundKeep(fitPolicy(settings).cropAround, first.pixels);
  const isLeft = ({ polygon }: { readonly polygon: Parameters<typeof clipToBox>[0] }) =>
    crop === undefined || clipToBox(polygon, crop).length >= 3;
  const redactions = examined.redactions.map((ofFrame) => ofFrame.filter(isLeft));
  return scoreRisk({
    ...examined,
    redactions,
    detections: examined.detections.flat(),
    openFeatures: examined.detections.flatMap((seen, i) =>
      openFeatures(seen.filter(isLeft), redactions[i] ?? []),
    ),
    openFaces,
    caption: settings.caption ?? [],
    context: [],
    checks: 'to-come',
  });
}

/** What the risk would be with other settings, if the checks find nothing. */
export interface RiskOtherwise {
  readonly after: number;
  readonly openFaces: readonly OpenFace[];
}

/** Plans a photo anew with other settings; nothing is painted. */
export function riskWith(examined: ExaminedImage, settings: ProcessSettings): RiskOtherwise {
  const plans = examined.source.frames.map(({ pixels }, i) =>
    planRedactions(examined.detections[i] ?? [], pixels, settings),
  );
  const otherwise = {
    ...examined,
    redactions: plans.map((plan) => plan.redactions),
    keptBack: plans.flatMap((plan) => plan.keptBack),
  };
  const openFaces = facesLeft(otherwise, settings);
  return { after: estimateRisk(otherwise, settings, openFaces).after, openFaces };
}

/** Faces of which something is published, in all frames. */
export function facesLeft(
  { source, detections, redactions }: ExaminedImage,
  settings: Pick<ProcessSettings, 'keep' | 'cropToKeep' | 'destination' | 'keepRuler'>,
): OpenFace[] {
  return source.frames.flatMap(({ pixels }, i) => {
    const crop: Box | undefined = cropAroundKeep(fitPolicy(settings).cropAround, pixels);
    return openFacesOf(detections[i] ?? [], redactions[i] ?? [], pixels, crop);
  });
}
