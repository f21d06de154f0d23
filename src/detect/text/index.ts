import { boundingBox, boxIou, type Polygon } from '../../core/geometry.js';
import type { Detection } from '../../core/detection.js';
import type { PixelImage } from '../../core/image.js';
import {
  classifyText,
  decodeTextMap,
  FINDER_MODEL,
  meanInside,
  openTextFinder,
  openTextReader,
  READER_MODEL,
  type DecodeSettings,
  type TextFinder,
} from '../../ocr/index.js';
import type { Detector, MayStay } from '../contract.js';
import { NETWORK_MODEL, openNetwork, toPhoto, type Look } from '../network/index.js';

const ID = 'text';
/** PaddleOCR's own, but for a lower box threshold and a wider unclip: a leak costs more than a few covered pixels. */
const DECODE: DecodeSettings = { pixelThreshold: 0.3, boxThreshold: 0.4, unclipRatio: 1.8, minSide: 3 };
/** Mean of the own network's text map, in both of its looks, below which a region is no text: that network has seen skin. */
const VETO_BELOW = 0.15;
/** Two views of the same word; the weaker one is dropped when it says nothing new. */
const SAME_WORD = 0.7;
/** Mean probability of its characters from which on a line counts as read. */
const READ_FROM = 0.6;
/** The same, from which on it may stay. */
const CERTAIN_FROM = 0.9;

/**
 * Text of any direction, by PP-OCRv4's detection network (Baidu, 2023) in the own network's close looks. What it takes for
 * text on skin, the own network vetoes.
 */
export function textDetector(): Detector {
  return {
    id: ID,
    kind: 'text',
    models: [FINDER_MODEL, NETWORK_MODEL, READER_MODEL],
    load: async () => {
      const opened = [await openTextFinder(), await openNetwork(), await openTextReader()];
      return opened.map(({ identity }) => identity);
    },
    examine: async (image, mayStay) => {
      const finder = await openTextFinder();
      const looks = await (await openNetwork()).look(image);
      const detections: Detection[] = [];
      for (const { image: version, near, close } of looks) {
        const found: Detection[] = [];
        for (const look of close) found.push(...(await examineLook(finder, version, look, near)));
        for (const text of dropRepeats(found)) detections.push(await asRead(text, version, mayStay));
      }
      return { detections: dropRepeats(detections), notExamined: [] };
    },
  };
}

/** Says what kind of text it is, where it can be read, and whether it may stay. */
async function asRead(found: Detection, image: PixelImage, mayStay?: MayStay): Promise<Detection> {
  const { text, confidence } = await (await openTextReader()).read(image, found.polygon);
  if (confidence < READ_FROM) return found;
  const allowed = confidence >= CERTAIN_FROM && mayStay?.(text) === true;
  return { ...found, textClass: classifyText(text), ...(allowed && { allowed }) };
}

async function examineLook(
  finder: TextFinder,
  image: PixelImage,
  { view, text }: Look,
  near: Look,
): Promise<Detection[]> {
  const map = await finder.look(image, view);
  return decodeTextMap(map, DECODE).flatMap(({ polygon: onMap, score }) => {
    const polygon = toPhoto(onMap, map, view.region);
    const agrees =
      meanInside(text, onMap) >= VETO_BELOW || meanInside(near.text, onLook(near, polygon)) >= VETO_BELOW;
    return agrees ? [{ kind: 'text' as const, box: boundingBox(polygon), polygon, score, detector: ID }] : [];
  });
}

/** From pixels of the photo to those of a look at the whole of it. */
function onLook({ view: { region, width, height } }: Look, polygon: Polygon): Polygon {
  return polygon.map(([x, y]) => [(x * width) / region.width, (y * height) / region.height] as const);
}

/** Best first; a word that two views saw alike is listed once. */
function dropRepeats(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of [...detections].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => boxIou(box, candidate.box) > SAME_WORD)) kept.push(candidate);
  }
  return kept;
}
