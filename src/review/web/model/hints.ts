import type { Edit, RiskView } from '../../api.js';
import type { Strings } from '../strings/en.js';

/** Reasons smaller than this are not worth a person's time. */
const WORTH_IT = 0.015;

export type Hint = keyof Strings['hints'];

/** What would lower the risk, the most effective first: derived from the reasons that weigh most. @param isOfRun whether a run decided who sees the photo */
export function hintsFor(
  { reasonsAfter }: Pick<RiskView, 'reasonsAfter'>,
  edit: Edit,
  isOfRun = false,
): Hint[] {
  const weighty = reasonsAfter
    .filter(({ probability }) => probability >= WORTH_IT)
    .sort((a, b) => b.probability - a.probability);
  const hints = weighty.flatMap(({ id }): Hint[] => {
    if (id.startsWith('caption-')) return ['caption'];
    if (id.startsWith('not-examined-')) return ['attest'];
    if (id === 'skin-of-face') return [edit.cropToKeep ? 'smallerKeep' : 'crop'];
    if (id.startsWith('shown-')) return ['smallerKeep'];
    if (id.startsWith('missed-')) return ['looked', 'crop'];
    if (id.startsWith('context-') || id.startsWith('recognised-') || id.startsWith('looked-'))
      return ['crop'];
    if (id.startsWith('seen-') || id.startsWith('check-uncovered-') || id.startsWith('check-legible-'))
      return ['cover'];
    if (id === 'check-face-match' || id === 'check-pixels-under-redactions') return ['solid'];
    return [];
  });
  const possible = hints.filter((hint) => hint !== 'solid' || edit.style !== 'solid');
  // The destination of a run is not changed by who looks at its photos.
  const isNarrower = edit.destination === 'public' && !isOfRun;
  return [...new Set([...possible, ...(isNarrower ? (['narrower'] as const) : [])])];
}
