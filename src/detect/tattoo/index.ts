import type { Detection } from '../../core/detection.js';
import { boundingBox, type Box } from '../../core/geometry.js';
import type { Detector } from '../contract.js';
import { isStrip, NETWORK_MODEL, openNetwork, toPhoto, type Look, type Looks } from '../network/index.js';
import { decodeTattoos, type TattooThresholds } from './decode-tattoos.js';
import { agreement, joinMaps } from './join-maps.js';

const ID = 'tattoo';
const STRIP = { id: 'not-examined/strip', values: { kind: 'tattoo' } } as const;
/** Chosen on photos that the network was not trained on; see the model's card. */
const THRESHOLDS: TattooThresholds = { reach: 0.5, sure: 0.93, minCells: 4, maxCells: Infinity };
/** The same for small ones. */
const SMALL = { reach: 0.5, sure: 0.98, minCells: 8 };
/** A tattoo that covers at most this share of the photo is small. */
const SMALL_SHARE = 0.03;

/** Finds ink under skin, where two looks at different sizes agree. */
export function tattooDetector(): Detector {
  return {
    id: ID,
    kind: 'tattoo',
    models: [NETWORK_MODEL],
    load: async () => [(await openNetwork()).identities.photo],
    examine: async (image) => {
      const looks = await (await openNetwork()).look(image);
      const notExamined = isStrip(image.width, image.height) ? [STRIP] : [];
      return { detections: looks.flatMap(tattoosOf), notExamined };
    },
  };
}

function tattoosOf({ far, near, close }: Looks): Detection[] {
  const found = whereBothAgree(near, far, THRESHOLDS);
  // A small one vanishes in the far look.
  for (const look of close) {
    const share = areaOf(look.viewport.part) / areaOf(near.viewport.part);
    const maxCells = (SMALL_SHARE * look.tattoo.width * look.tattoo.height) / share;
    found.push(...whereBothAgree(look, near, { ...SMALL, maxCells }));
  }
  return found;
}

function areaOf({ width, height }: Box): number {
  return width * height;
}

/** Both looks must agree that something is ink; for how far it reaches, one look is enough. */
function whereBothAgree(fine: Look, coarse: Look, thresholds: TattooThresholds): Detection[] {
  const [seen, around] = [fine.viewport.part, coarse.viewport.part];
  const part: Box = {
    x: (seen.x - around.x) / around.width,
    y: (seen.y - around.y) / around.height,
    width: seen.width / around.width,
    height: seen.height / around.height,
  };
  const surely = joinMaps(fine.tattoo, coarse.tattoo, agreement, part);
  const maybe = joinMaps(fine.tattoo, coarse.tattoo, Math.max, part);
  return decodeTattoos(maybe, surely, thresholds).map(({ polygon: inCells, score }) => {
    const polygon = toPhoto(inCells, maybe, seen);
    return { kind: 'tattoo', box: boundingBox(polygon), polygon, score, detector: ID };
  });
}
