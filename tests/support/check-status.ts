import type { Detection, Redaction } from '../../src/core/detection.js';
import type { PixelImage } from '../../src/core/image.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import type { ImageFormatPlugin } from '../../src/formats/contract.js';
import type { Check, CheckStatus } from '../../src/verify/contract.js';

/**
 * What a check that looks at pixels says of a written file of one frame; without pixels, of one that does not open.
 * @param source what it was made from
 */
export async function checkStatus(
  check: Check,
  pixels: PixelImage | undefined,
  detections: readonly Detection[] = [],
  redactions: readonly Redaction[] = [],
  source?: PixelImage,
): Promise<CheckStatus> {
  const result = await check.run({
    staged: new Uint8Array(),
    format: {} as ImageFormatPlugin,
    limits: DEFAULT_LIMITS,
    original: { format: 'jpeg', frames: [] },
    cropped: { format: 'jpeg', frames: [] },
    source: { format: 'jpeg', frames: source ? [{ pixels: source }] : [] },
    ...(pixels ? { output: { format: 'jpeg', frames: [{ pixels }] } } : {}),
    detections: [detections],
    redactions: [redactions],
  });
  return result.status;
}
