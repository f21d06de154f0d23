import type { Finding } from '../../../core/finding.js';

/** Whether a photo may be of no use any more because most of it, or of what was to stay visible, is covered. */
export function hidesMost(reasons: readonly Finding[]): boolean {
  return reasons.some(({ id }) => id === 'gate/covered' || id === 'gate/keep-covered');
}
