import { eachOnce } from '../../core/each-once.js';
import { boundingBox, boxIou } from '../../core/geometry.js';
import type { Detection } from '../../core/detection.js';
import type { PixelImage } from '../../core/image.js';
import { classifyText, countCharacters, MOST_LINES, openTextReader, READER_MODEL } from '../../ocr/index.js';
import type { Detector, MayStay } from '../contract.js';
import { openNetwork, TEXT_MODEL, toPhoto, type TextLook } from '../network/index.js';
import { believedLines, type ReadLine } from './believed-lines.js';

const ID = 'text';
/** Two looks at the same word; the weaker one is dropped when it says nothing new. */
const SAME_WORD = 0.7;
/** Mean probability of its characters from which on a line counts as read. */
const READ_FROM = 0.6;
/** The same, from which on it may stay. */
const CERTAIN_FROM = 0.9;

/** Text of any direction, by the text network in the close looks. */
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
        // The rest is covered unread.
        const unread = found.slice(MOST_LINES).map((line) => ({ line, characters: 1, confidence: 1 }));
        detections.push(...believedLines([...read, ...unread]));
      }
      return { detections: dropRepeats(detections), notExamined: [] };
    },
  };
}

/** Says what kind of text it is, where it can be read, and whether it may stay. */
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

/** Best first; a word that two looks saw alike is listed once. */
function dropRepeats(detections: readonly Detection[]): Detection[] {
  return eachOnce(detections, (surer, one) => boxIou(surer.box, one.box) > SAME_WORD);
}
