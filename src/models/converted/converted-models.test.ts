import { beforeAll, describe, expect, it } from 'vitest';
import { askTensorFlow, CONVERTED, largestDifference } from '../../../tests/support/converted-graphs.js';
import { seeded } from '../../../tests/support/seeded.js';
import { openTensorFlow, type TensorFlow } from '../../../tests/support/tensorflow.js';
import { openConvertedGraph } from './index.js';

/** A picture of patches in all colours, size × size × RGB, between two numbers. */
function patches(size: number, [least, most]: readonly [number, number]): Float32Array {
  const random = seeded(7);
  const colours = Array.from({ length: 8 * 8 * 3 }, () => least + (most - least) * random());
  return new Float32Array(size * size * 3).map((_, i) => {
    const [x, y] = [Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    return colours[(Math.floor((y * 8) / size) * 8 + Math.floor((x * 8) / size)) * 3 + (i % 3)]!;
  });
}

describe('openConvertedGraph', () => {
  let tensorFlow: TensorFlow;
  beforeAll(async () => {
    tensorFlow = await openTensorFlow();
  });

  it.each(CONVERTED)('$id computes what it does on the engine that it was made for', async (graph) => {
    const { id, size, range, outputs, part } = graph;
    const input = patches(size, range);
    const expected = await askTensorFlow(tensorFlow, graph, input);
    const answers = await (await openConvertedGraph(id, size, outputs, part)).run(input);
    expect(answers).toHaveLength(outputs.length);
    answers.forEach((answer, output) => {
      expect(largestDifference(answer, expected[output]!)).toBeLessThan(2e-4);
    });
  });

  it('refuses a graph that lacks what is asked for', async () => {
    for (const part of [
      { start: 'elsewhere', constants: [] },
      { ...CONVERTED[3]!.part!, constants: ['elsewhere'] },
    ]) {
      await expect(openConvertedGraph('handtrack', 320, CONVERTED[3]!.outputs, part)).rejects.toThrow(
        'Expected another layer than elsewhere in the model',
      );
    }
  });
});
