import { unknownColours, type Chromaticity, type ColourSpace } from './colour-space.js';

/** Three rows of three. */
export type Matrix = readonly [Row, Row, Row];
type Row = readonly [number, number, number];

/** Bradford's cone responses, with which ICC profiles adapt to another white (ICC.1:2022, annex E). */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/**
 * Linear light of one space → linear light of another, where each white stays white.
 * @throws {ImageDeidError} unsupported-format when the primaries span no triangle
 */
export function between(from: ColourSpace, to: ColourSpace): Matrix {
  return product(product(inverse(toXyz(to)), adaptation(from.white, to.white)), toXyz(from));
}

/** Linear light → XYZ, with Y = 1 for white; its second row is luminance. */
export function toXyz({ red, green, blue, white }: ColourSpace): Matrix {
  const [r, g, b] = [red, green, blue].map(([x, y]): Row => [x, y, 1 - x - y]) as [Row, Row, Row];
  const columns = transposed([r, g, b]);
  const [sr, sg, sb] = applied(inverse(columns), whitePoint(white));
  return columns.map(([a, b, c]): Row => [a * sr, b * sg, c * sb]) as unknown as Matrix;
}

function whitePoint([x, y]: Chromaticity): Row {
  if (y <= 0) throw unknownColours();
  return [x / y, 1, (1 - x - y) / y];
}

function adaptation(from: Chromaticity, to: Chromaticity): Matrix {
  const [source, target] = [from, to].map((white) => applied(BRADFORD, whitePoint(white))) as [Row, Row];
  const scaled = BRADFORD.map((row, i) =>
    row.map((v) => (v * (target[i] as number)) / (source[i] as number)),
  ) as unknown as Matrix;
  return product(inverse(BRADFORD), scaled);
}

function applied(matrix: Matrix, [x, y, z]: Row): Row {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Row;
}

function transposed([a, b, c]: Matrix): Matrix {
  return [0, 1, 2].map((i): Row => [a[i] as number, b[i] as number, c[i] as number]) as unknown as Matrix;
}

function product(left: Matrix, right: Matrix): Matrix {
  const columns = transposed(right).map((column) => applied(left, column)) as unknown as Matrix;
  return transposed(columns);
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!(Math.abs(determinant) > 1e-9)) throw unknownColours();
  const cofactors: Matrix = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return cofactors.map((row) => row.map((v) => v / determinant)) as unknown as Matrix;
}
