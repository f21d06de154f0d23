import { ImageDeidError } from '../core/errors.js';
import type { MayStay } from '../detect/contract.js';
import { isRulerText } from '../ocr/index.js';
import type { ProcessSettings } from './settings.js';

/**
 * What text the settings let stay: lines that a pattern matches from end to end, and the numbers on a ruler.
 * @throws {ImageDeidError} usage, for a pattern that is no regular expression
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

function wholeLine(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch (cause) {
    throw new ImageDeidError('usage', 'usage', 'A pattern of --allow-text is not a regular expression', {
      cause,
    });
  }
}
