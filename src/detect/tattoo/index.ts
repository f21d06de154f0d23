import { boundingBox } from '../../core/geometry.js';
import type { Detector } from '../contract.js';
import { isStrip, NETWORK_MODEL, openNetwork } from '../network/index.js';
import { decodeTattoos, type TattooThresholds } from './decode-tattoos.js';
import { geometricMean, joinMaps } from './join-maps.js';

const ID = 'tattoo';
const STRIP = 'The photo is too narrow a strip to look for tattoos';
/** Chosen on photos that the network was not trained on; see the model's card. */
const THRESHOLDS: TattooThresholds = { reach: 0.5, sure: 0.95, minCells: 4 };

/** Ink under skin, by the network's look at the whole photo at two sizes. */
export function tattooDetector(): Detector {
  return {
    id: ID,
    kind: 'tattoo',
    models: [NETWORK_MODEL],
    load: async () => [(await openNetwork()).identity],
    examine: async (image) => {
      const looks = await (await openNetwork()).look(image);
      const detections = looks.flatMap(({ far, near }) => {
        // That it is ink, both looks have to say; how far it goes, one of them.
        const surely = joinMaps(near.tattoo, far.tattoo, geometricMean);
        const maybe = joinMaps(near.tattoo, far.tattoo, Math.max);
        const [sx, sy] = [image.width / maybe.width, image.height / maybe.height];
        return decodeTattoos(maybe, surely, THRESHOLDS).map(({ polygon: inCells, score }) => {
          const polygon = inCells.map(([x, y]) => [x * sx, y * sy] as const);
          return { kind: 'tattoo' as const, box: boundingBox(polygon), polygon, score, detector: ID };
        });
      });
      const notExamined = isStrip(image.width, image.height) ? [STRIP] : [];
      return { detections, notExamined };
    },
  };
}
