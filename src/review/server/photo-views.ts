import { checkCaption } from '../../caption/index.js';
import type { ExaminedImage, ProcessedImage } from '../../pipeline/index.js';
import { askOf, mostRisk, type RiskScore, type RunBounds } from '../../risk/index.js';
import type { CheckView, Edit, PhotoView, RiskView } from '../api.js';

/** What the page shows of a score, with the most likely reasons first. @param run that the photo belongs to */
export function riskView({ before, after, reasons }: RiskScore, edit: Edit, run?: RunBounds): RiskView {
  const of = (when: 'before' | 'after') =>
    reasons
      .filter((reason) => reason.when === when)
      .sort((a, b) => b.probability - a.probability)
      .map(({ id, values, probability }) => ({ id, values, probability }));
  return {
    before,
    after,
    most: mostRisk(edit.destination, run?.maxRisk),
    reasonsBefore: of('before'),
    reasonsAfter: of('after'),
    caption: checkCaption(edit.caption).map(({ class: kind, start, length }) => ({
      class: kind,
      start,
      length,
    })),
  };
}

/** What the page shows of a finished photo. */
export function checkView(done: ProcessedImage, edit: Edit, run?: RunBounds): CheckView {
  const { decision, risk, checks, utility, redacted, outputFormat, staged } = done;
  const [first] = redacted.frames;
  return {
    outcome: decision.outcome,
    asks: askOf(done),
    reasons: decision.reasons,
    risk: riskView(risk, edit, run),
    checks: checks.map(({ check, status, details }) => ({ check, status, details })),
    ...(utility && {
      utility: {
        resolutionLeft: utility.resolutionLeft,
        ...(utility.skinVisible !== undefined && { skinVisible: utility.skinVisible }),
        ...(utility.keepUntouched !== undefined && { keepUntouched: utility.keepUntouched }),
      },
    }),
    width: first?.pixels.width ?? 0,
    height: first?.pixels.height ?? 0,
    extension: outputFormat.extension,
    bytes: staged.length,
  };
}

/** How many identifying fields there are in each group. */
export function groupsOf({ metadata }: ExaminedImage): PhotoView['metadata']['groups'] {
  const groups: Record<string, number> = {};
  for (const { group, identifying } of metadata) if (identifying) groups[group] = (groups[group] ?? 0) + 1;
  return groups;
}
