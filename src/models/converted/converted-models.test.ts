import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../tests/support/seeded.js';
import type { TfEngine } from '../tf-contract.js';
import { openTfEngine } from '../tf-engine.js';
import { openBundledTfGraph } from '../tf-graph.js';
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
  let engine: TfEngine;
  beforeAll(async () => {
    engine = await openTfEngine();
  });

  it.each([
    ['faceres', 224, [-128, 128], ['global_pooling/Mean']],
    ['blazeface', 256, [-1, 1], ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']],
    ['centernet', 512, [0, 255], ['tower_0/keypoints', 'tower_0/wh']],
  ] as const)(
    '%s computes what it does on the engine that it was made for',
    async (id, size, range, outputs) => {
      const input = patches(size, range);
      const { graph } = await openBundledTfGraph(engine, id);
      const expected = engine.tf.tidy(() =>
        [graph.execute(engine.tf.tensor4d(input, [1, size, size, 3]), [...outputs])]
          .flat()
          .map((tensor) => tensor.dataSync<'float32'>()),
      );
      const answers = await (await openConvertedGraph(id, size, outputs)).run(input);
      expect(answers.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
      answers.forEach((answer, output) => {
        const size = expected[output]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const off = answer.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - expected[output]![i]!)),
          0,
        );
        expect(off / size).toBeLessThan(2e-4);
      });
    },
  );
});
