import { describe, expect, it } from 'vitest';
import { fuseRelu6 } from './fuse-relu6.js';

const clipped = [
  { name: 'x', op: 'Placeholder' },
  { name: 'zero', op: 'Const' },
  { name: 'six', op: 'Const' },
  { name: 'relu', op: 'Relu', input: ['x'] },
  { name: 'upper', op: 'Minimum', input: ['relu', 'six'] },
  { name: 'both', op: 'Maximum', input: ['upper', 'zero'] },
  { name: 'out', op: 'Mean', input: ['both'] },
];

describe('fuseRelu6', () => {
  it('makes one node out of three', () => {
    const constants = new Map([
      ['zero', 0],
      ['six', 6],
    ]);
    expect(fuseRelu6(clipped, constants)).toEqual([
      { name: 'x', op: 'Placeholder' },
      { name: 'zero', op: 'Const' },
      { name: 'six', op: 'Const' },
      { name: 'relu', op: 'Relu6', input: ['x'] },
      { name: 'out', op: 'Mean', input: ['relu'] },
    ]);
  });

  it('leaves a graph that clips elsewhere', () => {
    const constants = new Map([
      ['zero', 0],
      ['six', 5],
    ]);
    expect(fuseRelu6(clipped, constants)).toEqual(clipped);
  });
});
