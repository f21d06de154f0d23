import { eachOnce } from '../../core/each-once.js';
import { boundingBox, boxIou } from '../../core/geometry.js';
import type { Detection } from '../../core/detection.js';
import type { PixelImage } from '../../core/image.js';
import { classifyText, countCharacters, MOST_LINES, openTextReader, READER_MODEL } from '../../ocr/index.js';
import type { Detector, MayStay } from '../contract.js';
import { openNetwork, TEXT_MODEL, toPhoto, type TextLook } from '../network/index.js';
import { believedLines, type ReadLine } from './believed-lines.js';

const ID = 'text';
/** Boxes that overlap more than this (intersection over union) show the same word; the less sure one is dropped. */
const SAME_WORD = 0.7;
/** A line counts as read when the mean probability of its characters is at least this. */
const READ_FROM = 0.6;
/** From this mean probability on, a line may stay visible, if the user allows its text. */
const CERTAIN_FROM = 0.9;

/** Finds text at any angle, by the text network in the close looks. */
export function textDetector(): Detector {
  return {
    id: ID,
    kind: 'text',
    models: [TEXT_MODEL, READER_MODEL],
    load: async () => [(await openNetwork()).identities.text, (await openTextReader()).identity],
    examine: async (image, mayStay) => {
      const detections: Detection[] = [];
      for (const { image: version, text: looks } of await (await openNetwork()).look(image)) {
        const found = dropRepeats(looks.flatMap(linesOfLook));
        const read: ReadLine[] = [];
        for (const line of found.slice(0, MOST_LINES)) read.push(await asRead(line, version, mayStay));
        // The rest is covered without being read.
        const unread = found.slice(MOST_LINES).map((line) => ({ line, characters: 1, confidence: 1 }));
        detections.push(...believedLines([...read, ...unread]));
      }
      return { detections: dropRepeats(detections), notExamined: [] };
    },
  };
}

/** Reads a line: if it can be read, says what kind of text it is and whether it may stay. */
async function asRead(found: Detection, image: PixelImage, mayStay?: MayStay): Promise<ReadLine> {
  const { text, confidence } = await (await openTextReader()).read(image, found.polygon);
  const characters = countCharacters(text);
  if (confidence < READ_FROM) return { line: found, characters, confidence };
  const allowed = confidence >= CERTAIN_FROM && mayStay?.(text) === true;
  const line = { ...found, textClass: classifyText(text), ...(allowed && { allowed }) };
  return { line, characters, confidence };
}

function linesOfLook({ viewport, lines }: TextLook): Detection[] {
  return lines.map(({ polygon: onInput, score }) => {
    const polygon = toPhoto(onInput, viewport, viewport.part);
    return { kind: 'text' as const, box: boundingBox(polygon), polygon, score, detector: ID };
  });
}

/** Best first; a word seen by two looks is listed once. */
function dropRepeats(detections: readonly Detection[]): Detection[] {
  return eachOnce(detections, (surer, one) => boxIou(surer.box, one.box) > SAME_WORD);
}
