import { describe, expect, it } from 'vitest';
import { fuseDoubling } from './fuse-doubling.js';

const packed = (name: string, input: string[], axis: string) => ({
  name,
  op: 'Pack',
  input,
  attr: { axis: { i: axis } },
});
const doubled = [
  { name: 'x', op: 'Relu', input: ['in'] },
  packed('columns', ['x', 'x'], '3'),
  packed('rows', ['columns', 'columns'], '2'),
  { name: 'out', op: 'Reshape', input: ['rows', 'shape'] },
];

describe('fuseDoubling', () => {
  it('makes one node of those that repeat columns and rows', () => {
    expect(fuseDoubling(doubled)).toEqual([
      ...doubled.slice(0, 3),
      { name: 'out', op: 'Doubled', input: ['x'] },
    ]);
  });

  it.each([
    ['other things are put together', packed('columns', ['x', 'in'], '3')],
    ['there are three of them', packed('columns', ['x', 'x', 'x'], '3')],
    ['they are put together elsewhere', packed('columns', ['x', 'x'], '1')],
  ])('leaves a graph where %s', (_what, columns) => {
    const nodes = doubled.with(1, columns);
    expect(fuseDoubling(nodes)).toEqual(nodes);
  });
});
