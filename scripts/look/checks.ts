import { boxPolygon, middleOf, type Polygon } from '../../dist/core/geometry.js';
import { isInside } from '../../dist/imaging/convex.js';
import type { PixelImage } from '../../dist/core/image.js';
import { lumaOf } from '../../dist/imaging/luma.js';
import { visibleVersions } from '../../dist/imaging/visible-versions.js';
import { openSecondFaceFinder } from '../../dist/detect/face/face-finder.js';
import { openSecondTattooFinder } from '../../dist/detect/tattoo/tattoo-finder.js';
import { greyOf } from '../../dist/imaging/grey.js';
import { openCodeReader } from '../../dist/models/code-reader.js';
import { openTextFinder, openTextReader } from '../../dist/ocr/index.js';
import { detailLeft } from '../../dist/verify/checks/pixels-under-redactions/residual-correlation.js';
import { noiseResidual } from '../../dist/verify/checks/sensor-noise/noise-residual.js';
import type { VerifySubject } from '../../dist/verify/contract.js';
import { openFaceEmbedder, similarity, type Square } from '../../dist/models/face-embedding/index.js';
import { drawn, type Shape } from './draw.ts';

/** The first frame of what a check looked at. */
interface Seen {
  /** In the geometry of `written`, before anything was covered. */
  readonly source: PixelImage;
  readonly written: PixelImage;
  readonly subject: VerifySubject;
  /** The polygons of the redactions. */
  readonly covered: readonly Polygon[];
}

const [OPEN, HIDDEN] = ['#ff3b30', '#34c759'];
const COVERED = '#ffffff';

/** By check, a picture of what it saw in the written photo; a check that compares bytes or numbers has none. */
const DRAWERS: Readonly<Record<string, (seen: Seen) => Promise<Buffer>>> = {
  'uncovered-face': async ({ written, covered }) => {
    const faces = await (await openSecondFaceFinder()).find(written);
    const shapes = faces.map(({ box, score }) => shape(boxPolygon(box), covered, score.toFixed(2)));
    return drawn(written, [...regions(covered), ...shapes]);
  },
  'uncovered-tattoo': async ({ written, covered }) => {
    const pieces = await (await openSecondTattooFinder()).find(written, []);
    const shapes = pieces.map(({ polygon, score }) => shape(polygon, covered, score.toFixed(2)));
    return drawn(written, [...regions(covered), ...shapes]);
  },
  'uncovered-text': async ({ written, covered }) => {
    const lines = await (await openTextFinder()).find(opaque(written));
    return drawn(written, [...regions(covered), ...(await readAgain(written, lines, covered))]);
  },
  'legible-text': async ({ written, covered, subject }) => {
    const found = (subject.detections[0] ?? []).filter(({ kind }) => kind === 'text');
    const lines = found.map(({ polygon }) => polygon);
    return drawn(written, await readAgain(written, lines, covered));
  },
  'legible-code': async ({ written, covered }) => {
    const codes = await (await openCodeReader()).read(greyOf(written), 'every');
    const shapes = codes.map(({ corners, isRead }) => shape(corners, covered, isRead ? 'read' : 'not read'));
    return drawn(written, [...regions(covered), ...shapes]);
  },
  'face-match': async ({ source, written, subject }) => {
    const embedder = await openFaceEmbedder();
    const shapes: Shape[] = [];
    for (const { kind, feature, box } of subject.detections[0] ?? []) {
      if (kind !== 'face' || feature) continue;
      const square = await embedder.align(opaque(source), box);
      if (!square) {
        shapes.push({ polygon: boxPolygon(box), colour: COVERED, label: 'no eyes seen' });
        continue;
      }
      const [before, after] = [
        await embedder.embed(opaque(source), square),
        await embedder.embed(opaque(written), square),
      ];
      shapes.push({ polygon: cornersOf(square), colour: OPEN, label: similarity(before, after).toFixed(2) });
    }
    return drawn(written, shapes);
  },
  'pixels-under-redactions': async ({ source, written, covered }) => {
    const shapes = covered.map((polygon): Shape => {
      const [fine, coarse] = [1, 3].map((scale) => {
        const { blocks, correlation, limit } = detailLeft(source, written, polygon, scale);
        return blocks === 0 ? 'plain' : `${correlation.toFixed(2)} of ${limit.toFixed(2)}`;
      });
      return { polygon, colour: COVERED, label: `${fine ?? ''} | ${coarse ?? ''}` };
    });
    return drawn(written, shapes);
  },
  'sensor-noise': ({ written }) => {
    const [{ width, height, ...image } = written] = visibleVersions(written);
    const luma = Float32Array.from({ length: width * height }, (_, p) =>
      lumaOf({ width, height, ...image }, p),
    );
    const { data } = noiseResidual({ width, height, data: luma });
    // Middle grey means no noise; one grey level of noise is drawn as 16.
    const bytes = Uint8Array.from(Uint8ClampedArray.from(data, (value) => 128 + 16 * value));
    const grey = new Uint8Array(bytes.length * 3).map((_, i) => bytes[Math.floor(i / 3)] ?? 0);
    return drawn({ width, height, channels: 3, data: grey }, []);
  },
};

/** What a check saw, as PNG; undefined when there is nothing to show. */
export async function drawCheck(id: string, subject: VerifySubject): Promise<Buffer | undefined> {
  const [source, written] = [subject.source, subject.output].map((image) => image?.frames[0]?.pixels);
  if (!source || !written) return undefined;
  const covered = (subject.redactions[0] ?? []).map(({ polygon }) => polygon);
  return DRAWERS[id]?.({ source, written, subject, covered });
}

/** Green when it is covered, red when it is open. */
function shape(polygon: Polygon, covered: readonly Polygon[], label: string): Shape {
  const isCovered = covered.some((other) => isInside(other, middleOf(polygon)));
  return { polygon, label, colour: isCovered ? HIDDEN : OPEN };
}

function regions(covered: readonly Polygon[]): Shape[] {
  return covered.map((polygon) => ({ polygon, colour: COVERED }));
}

/** How surely each line is read; never its text. */
async function readAgain(image: PixelImage, lines: readonly Polygon[], covered: readonly Polygon[]) {
  const reader = await openTextReader();
  const shapes: Shape[] = [];
  for (const line of lines) {
    const { text, confidence } = await reader.read(opaque(image), line);
    shapes.push(shape(line, covered, `${text.length} characters, ${confidence.toFixed(2)}`));
  }
  return shapes;
}

function opaque(image: PixelImage): PixelImage {
  return visibleVersions(image)[0] ?? image;
}

function cornersOf({ centre: [x, y], side, angle }: Square): Polygon {
  const [cos, sin] = [(Math.cos(angle) * side) / 2, (Math.sin(angle) * side) / 2];
  return [
    [x - cos + sin, y - sin - cos],
    [x + cos + sin, y + sin - cos],
    [x + cos - sin, y + sin + cos],
    [x - cos - sin, y - sin + cos],
  ];
}
