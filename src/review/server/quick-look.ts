import type { PixelImage } from '../../core/image.js';
import { scaleDetection } from '../../core/scale-detection.js';
import { shrunk } from '../../imaging/resized.js';
import type { ExaminedImage, ReadImage, Toolbox } from '../../pipeline/index.js';

/** Longer side, in pixels, of the copy that is looked at first. */
const QUICK_SIDE = 640;

/**
 * What detectors see in a small copy, in pixels of the photo.
 * @param pixels of the photo's first frame
 * @throws {ImageDeidError} what a detector throws
 */
export async function quickLook(
  read: ReadImage,
  pixels: PixelImage,
  toolbox: Toolbox,
): Promise<ExaminedImage> {
  const small = await shrunk(pixels, QUICK_SIDE);
  const [kx, ky] = [pixels.width / small.width, pixels.height / small.height];
  // All at once: somebody waits, and while one network runs, what another saw is made sense of.
  const seen = await Promise.all(toolbox.detectors.map((detector) => detector.examine(small, () => false)));
  const found = seen.flatMap(({ detections }) => detections.map((each) => scaleDetection(each, kx, ky)));
  const detections = read.source.frames.map(() => found);
  return { ...read, detections, redactions: [], keptBack: [], notExamined: [] };
}
