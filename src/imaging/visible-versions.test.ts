import { describe, expect, it } from 'vitest';
import { visibleVersions } from './visible-versions.js';

describe('visibleVersions', () => {
  it('gives an opaque image once, without alpha', () => {
    const image = { width: 1, height: 1, channels: 4, data: Uint8Array.of(9, 8, 7, 255) } as const;
    expect(visibleVersions(image)).toEqual([
      { width: 1, height: 1, channels: 3, data: Uint8Array.of(9, 8, 7) },
    ]);
  });

  it('returns an image that has no alpha as it is', () => {
    const image = { width: 1, height: 1, channels: 3, data: Uint8Array.of(9, 8, 7) } as const;
    expect(visibleVersions(image)).toEqual([image]);
  });

  it('gives a transparent image on grey and without its alpha', () => {
    const data = Uint8Array.of(0, 255, 10, 0, 0, 255, 10, 51);
    const [laid, bare] = visibleVersions({ width: 2, height: 1, channels: 4, data });
    expect(laid?.data).toEqual(Uint8Array.of(128, 128, 128, 102, 153, 104));
    expect(bare?.data).toEqual(Uint8Array.of(0, 255, 10, 0, 255, 10));
  });
});
