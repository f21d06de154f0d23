import type { MayStay } from '../detect/contract.js';
import { isRulerText } from '../ocr/index.js';
import { wholeLine } from '../settings/whole-line.js';
import type { ProcessSettings } from './settings.js';

/**
 * Which text the settings allow to stay: lines that a pattern matches from end to end, and the numbers on a ruler.
 */
export function textRule({
  allowText,
  keepRuler,
}: Pick<ProcessSettings, 'allowText' | 'keepRuler'>): MayStay {
  const patterns = allowText.map(wholeLine);
  return (text) => {
    const line = text.trim();
    return patterns.some((pattern) => pattern.test(line)) || (keepRuler && isRulerText(line));
  };
}
