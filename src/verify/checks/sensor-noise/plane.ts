/** One value per pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A part of a plane, in whole pixels inside it. A part made of whole rows shares the plane's memory. */
export function cut({ width, data }: Plane, x: number, y: number, w: number, h: number): Plane {
  if (x === 0 && w === width) return { width: w, height: h, data: data.subarray(y * w, (y + h) * w) };
  const part = new Float32Array(w * h);
  for (let v = 0; v < h; v++) {
    const from = (y + v) * width + x;
    part.set(data.subarray(from, from + w), v * w);
  }
  return { width: w, height: h, data: part };
}
