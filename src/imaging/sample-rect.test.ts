import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../core/image.js';
import { sampleRect } from './sample-rect.js';

/** Three by two pixels with alpha: red is 10, 20, 30 in the upper row and 40, 50, 60 below; green and blue are 0. */
const image: PixelImage = {
  width: 3,
  height: 2,
  channels: 4,
  data: Uint8Array.from([10, 20, 30, 40, 50, 60].flatMap((red) => [red, 0, 0, 255])),
};
const whole = { centre: [1.5, 1], length: 3, breadth: 2, axis: [1, 0] } as const;
const reds = (values: Float64Array) => [...values].filter((_, i) => i % 3 === 0);

describe('sampleRect', () => {
  it('gives the pixels of an upright rectangle as they are', () => {
    const sampling = { width: 3, height: 2, mostSamples: 4, beyond: 'border' } as const;
    expect(reds(sampleRect(image, whole, sampling))).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('lays a rectangle flat along its axis', () => {
    const upwards = { centre: [1.5, 1], length: 2, breadth: 3, axis: [0, -1] } as const;
    const sampling = { width: 2, height: 3, mostSamples: 4, beyond: 'border' } as const;
    const flat = reds(sampleRect(image, upwards, sampling)).map((red) => Math.round(red));
    expect(flat).toEqual([40, 10, 50, 20, 60, 30]);
  });

  it('takes the mean of what a pixel shows of a shrunk rectangle', () => {
    const sampling = { width: 1, height: 1, mostSamples: 2, beyond: 'border' } as const;
    expect(reds(sampleRect(image, { ...whole, length: 2 }, sampling))).toEqual([35]);
  });

  it('shows the border, or one value, beyond the image', () => {
    const beside = { centre: [-5, 0.5], length: 1, breadth: 1, axis: [1, 0] } as const;
    const sampling = { width: 1, height: 1, mostSamples: 1 } as const;
    expect([...sampleRect(image, beside, { ...sampling, beyond: 'border' })]).toEqual([10, 0, 0]);
    expect([...sampleRect(image, beside, { ...sampling, beyond: 127.5 })]).toEqual([127.5, 127.5, 127.5]);
    const half = { ...beside, centre: [0, 0.5] } as const;
    expect([...sampleRect(image, half, { ...sampling, beyond: 100 })]).toEqual([55, 50, 50]);
  });
});
