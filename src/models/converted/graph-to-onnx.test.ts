import { describe, expect, it } from 'vitest';
import { fromHalf, constantsOf } from './constants.js';
import type { GraphConstant, GraphNode } from './graph-nodes.js';
import { graphToOnnx } from './graph-to-onnx.js';

describe('graphToOnnx', () => {
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
    ['numbers', { dims: [2], data: new Float32Array(2) }],
    ['square', { dims: [2, 2], data: new Float32Array(4) }],
    ['pads', { dims: [4, 2], data: Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0) }],
    ['axes', { dims: [2], data: Float32Array.of(1, 2) }],
  ]);
  const convert = (layer: Partial<GraphNode>) =>
    graphToOnnx(
      [start, { name: 'layer', op: 'Conv2D', input: ['in', 'kernels'], attr, ...layer }, mean],
      weights,
      ['out'],
      8,
    );

  it('takes layers that it knows', () => {
    expect(convert({}).length).toBeGreaterThan(100);
  });

  it.each<[string, Partial<GraphNode>]>([
    ['a layer of another kind', { op: 'Tanh' }],
    ['padding of its own', { attr: { ...attr, padding: { s: 'RVhQTElDSVQ=' } } }],
    ['another order of channels', { attr: { ...attr, data_format: { s: 'TkNIVw==' } } }],
    ['dilation', { attr: { ...attr, dilations: { list: { i: ['1', '2', '2', '1'] } } } }],
    ['strides that differ', { attr: { ...attr, strides: { list: { i: ['1', '2', '1', '1'] } } } }],
    ['something else fused into it', { attr: { ...attr, fused_ops: { list: { s: ['RWx1'] } } } }],
    ['a bias that is not there', { attr: { ...attr, fused_ops: { list: { s: ['Qmlhc0FkZA=='] } } } }],
    ['a layer that keeps channels apart and has two out for each', { op: 'DepthwiseConv2dNative' }],
    ['weights that are not there', { input: ['in', 'elsewhere'] }],
    ['a layer that comes from nowhere', { input: ['elsewhere', 'kernels'] }],
    ['a sum of numbers alone', { op: 'Add', input: ['numbers', 'numbers'] }],
    ['a sum with a table', { op: 'Add', input: ['in', 'square'] }],
    ['a mean of channels', { op: 'Mean', input: ['in', 'numbers'] }],
    ['padding of rows', { op: 'Pad', input: ['in', 'pads'] }],
    ['rows put together', { op: 'ConcatV2', input: ['in', 'in', 'axes'] }],
    ['another activation', { attr: { ...attr, fused_ops: { list: { s: ['Qmlhc0FkZA==', 'RWx1'] } } } }],
    ['a picture made oblong', { op: 'ResizeBilinear', input: ['in', 'axes'] }],
  ])('refuses %s', (_what, layer) => {
    expect(() => convert(layer)).toThrow(/Expected another layer/);
  });
});

describe('constantsOf', () => {
  const name = 'a';
  it('reads numbers one after the other', () => {
    const data = new DataView(new ArrayBuffer(12));
    data.setFloat32(0, 0.1, true);
    data.setInt32(4, -3, true);
    data.setUint16(8, 0x3555, true);
    data.setUint8(10, 3);
    data.setUint8(11, 255);
    const specs = [
      { name, shape: [1], dtype: 'float32' },
      { name: 'b', shape: [], dtype: 'int32' },
      {
        name: 'c',
        shape: [1, 1],
        dtype: 'float32',
        quantization: { dtype: 'float16', original_dtype: 'float32' },
      },
      { name: 'd', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
    ];
    expect([...constantsOf(new Uint8Array(data.buffer), specs)]).toEqual([
      [name, { dims: [1], data: Float32Array.of(0.1) }],
      ['b', { dims: [], data: Float32Array.of(-3) }],
      ['c', { dims: [1, 1], data: Float32Array.of(0x555 / 0x1000) }],
      ['d', { dims: [2], data: Float32Array.of(0.5, 126.5) }],
    ]);
  });

  it.each([
    ['more numbers than there are', [{ name, shape: [2], dtype: 'float32' }]],
    ['numbers of another kind', [{ name, shape: [1], dtype: 'complex64' }]],
    [
      'numbers of two bytes that are not half-precision',
      [{ name, shape: [1], dtype: 'float32', quantization: { dtype: 'uint16', scale: 1, min: 0 } }],
    ],
  ])('refuses %s', (_what, specs) => {
    expect(() => constantsOf(new Uint8Array(4), specs)).toThrow(/Expected another layer/);
  });

  it.each([
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0xfc00, -Infinity],
  ])('reads the half-precision bits %i as %f', (bits, value) => {
    expect(fromHalf(bits)).toBe(value);
  });
});
