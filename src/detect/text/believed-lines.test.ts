import { describe, expect, it } from 'vitest';
import type { Detection } from '../../core/detection.js';
import { boundingBox, boxPolygon, type Box } from '../../core/geometry.js';
import { believedLines, type ReadLine } from './believed-lines.js';

function line(box: Box, score: number, characters = 0, confidence = 0): ReadLine {
  const polygon = boxPolygon(box);
  const detection: Detection = { kind: 'text', box: boundingBox(polygon), polygon, score, detector: 'text' };
  return { line: detection, characters, confidence };
}

const at = (x: number, height = 20): Box => ({ x, y: 40, width: 100, height });
const SURE = line(at(0), 0.6);

describe('believedLines', () => {
  it.each([
    ['a sure line, read or not', line(at(400), 0.55), true],
    ['a weak line with a letter in it', line(at(400), 0.41, 1, 0.5), true],
    ['a weak line with only a dash in it', line(at(400), 0.54, 0, 0.9), false],
    ['a weak line that is read badly', line(at(400), 0.54, 5, 0.49), false],
    ['a weak line beside a sure one', line(at(179), 0.41), true],
    ['a weak line further away', line(at(180), 0.41), false],
    ['a weak line beside a sure one, but much larger', line(at(110, 61), 0.41), false],
  ])('of %s: %s', (_, weak, believed) => {
    const all = [SURE, weak];
    expect(believedLines(all)).toEqual((believed ? all : [SURE]).map(({ line }) => line));
  });

  it('does not take one weak line as a witness for another', () => {
    expect(believedLines([line(at(0), 0.5), line(at(110), 0.5)])).toEqual([]);
  });
});
