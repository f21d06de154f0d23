import { describe, expect, it } from 'vitest';
import { seeded } from '../../../tests/support/seeded.js';
import { openTfEngine } from '../tf-engine.js';
import { chainToOnnx, type GraphConstant } from './chain-to-onnx.js';
import { FACERES_SIZE, loadFaceres } from './faceres.js';
import type { GraphNode } from './fuse-relu6.js';
import { loadGraph } from './graph-model.js';

describe('loadFaceres', () => {
  it('describes a face as the graph does on the engine that it was made for', async () => {
    const engine = await openTfEngine();
    const random = seeded(7);
    const face = new Float32Array(FACERES_SIZE * FACERES_SIZE * 3);
    const colours = Array.from({ length: 8 * 8 * 3 }, () => 255 * random());
    for (let i = 0; i < face.length; i++) {
      const [x, y] = [Math.floor(i / 3) % FACERES_SIZE, Math.floor(i / 3 / FACERES_SIZE)];
      face[i] = colours[(Math.floor(y / 28) * 8 + Math.floor(x / 28)) * 3 + (i % 3)]!;
    }
    const graph = await loadGraph(engine, 'faceres', FACERES_SIZE, ['global_pooling/Mean']);
    // BGR less the means of ImageNet.
    const input = face.map((_, i) => face[i - (i % 3) + 2 - (i % 3)]! - [103.939, 116.779, 123.68][i % 3]!);
    const [means] = (await graph.run(input)) as [Float32Array];
    const length = Math.hypot(...means);
    const described = await (await loadFaceres(engine)).describe(face);
    expect(described).toHaveLength(1024);
    described.forEach((value, i) => {
      expect(value).toBeCloseTo(means[i]! / length, 4);
    });
  });
});

describe('chainToOnnx', () => {
  const texts = { padding: { s: 'U0FNRQ==' }, data_format: { s: 'TkhXQw==' } };
  const attr = {
    ...texts,
    strides: { list: { i: ['1', '2', '2', '1'] } },
    dilations: { list: { i: ['1', '1', '1', '1'] } },
  };
  const start: GraphNode = { name: 'in', op: 'Placeholder' };
  const mean: GraphNode = { name: 'out', op: 'Mean', input: ['layer', 'axes'] };
  const weights = new Map<string, GraphConstant>([
    ['kernels', { dims: [1, 1, 3, 2], data: new Float32Array(6) }],
  ]);
  const convert = (layer: Partial<GraphNode>) =>
    chainToOnnx(
      [start, { name: 'layer', op: 'Conv2D', input: ['in', 'kernels'], attr, ...layer }, mean],
      weights,
      'out',
      8,
    );

  it('takes layers that it knows', () => {
    expect(convert({}).length).toBeGreaterThan(100);
  });

  it.each<[string, Partial<GraphNode>]>([
    ['a layer of another kind', { op: 'Tanh' }],
    ['other padding', { attr: { ...attr, padding: { s: 'VkFMSUQ=' } } }],
    ['another order of channels', { attr: { ...attr, data_format: { s: 'TkNIVw==' } } }],
    ['dilation', { attr: { ...attr, dilations: { list: { i: ['1', '2', '2', '1'] } } } }],
    ['a layer that keeps channels apart and has two out for each', { op: 'DepthwiseConv2dNative' }],
    ['weights that are not there', { input: ['in', 'elsewhere'] }],
    ['a layer that comes from nowhere', { input: ['elsewhere', 'kernels'] }],
  ])('refuses %s', (_what, layer) => {
    expect(() => convert(layer)).toThrow(/Expected another layer/);
  });
});
