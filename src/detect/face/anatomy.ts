import type { FaceAnatomy, FaceFeature, FeatureInHead, SkinArea } from '../../core/detection.js';
import { eachOnce } from '../../core/each-once.js';
import { boxIou, boxPolygon, middleOf, type Box, type Point } from '../../core/geometry.js';
import { gridPoints } from '../../imaging/grid-points.js';
import type { CloseUp } from './face-net.js';
import { isInHead } from './join-parts.js';

/** Features with lower scores are not even suspected. */
const SUSPECTED = 0.15;
/** A head has no more of each; of more, the surest are believed, and the rest only when they are sure. */
const MOST: Readonly<Record<FaceFeature, number>> = { eye: 2, nose: 1, mouth: 1, ear: 2 };
/** From this score a feature is seen with confidence. */
const SURE = 0.3;
/** Boxes that overlap more than this (intersection over union) show the same feature. */
const SAME_FEATURE = 0.45;

const RAYS = 24;
/** Between two corners, so that nothing that sticks in between is missed. */
const LOOKS_PER_RAY = 3;
/** Steps along a ray, as a share of the face's larger side. */
const STEP = 0.01;
/** What is less likely to be a face is taken for hair or background. */
const IS_FACE = 0.5;
/** The outline itself is not part of the skin: so much is left out along it, as a share of the face's larger side. */
const OUTLINE = 0.05;

/** What is seen inside a face. @param frame the photo's size in pixels */
export function anatomyOf(face: Box, closeUp: CloseUp, frame: Size): FaceAnatomy {
  const features = featuresIn(face, closeUp);
  const skin = skinOf(face, closeUp, frame);
  const sure = features.filter(({ isSure }) => isSure);
  return { features, ...(skin && { skin }), missing: missingFeatures(sure, face, closeUp, frame) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function featuresIn(face: Box, { parts }: CloseUp): FeatureInHead[] {
  const inHead = parts.flatMap(({ part, box, score }) =>
    part !== 'face' && score >= SUSPECTED && isInHead(box, face) ? [{ feature: part, box, score }] : [],
  );
  const once = eachOnce(
    inHead,
    (surer, one) => surer.feature === one.feature && boxIou(surer.box, one.box) > SAME_FEATURE,
  );
  return once.flatMap(({ feature, box, score }, i) => {
    const isSure = score >= SURE;
    const surer = once.slice(0, i).filter((one) => one.feature === feature);
    return isSure || surer.length < MOST[feature] ? [{ feature, box, isSure }] : [];
  });
}

/** Along each ray up to where the face ends, as seen from its middle. */
function skinOf(face: Box, closeUp: CloseUp, frame: Size): SkinArea | undefined {
  const centre = centreOfSkin(face, closeUp, frame);
  if (!centre) return undefined;
  const side = Math.max(face.width, face.height);
  const reach = (angle: number) => {
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    for (let r = 0; r < 2 * side; r += STEP * side) {
      const [x, y] = [centre[0] + r * dx, centre[1] + r * dy];
      // Beyond the photo there is nothing to leave out.
      if (x < 0 || y < 0 || x > frame.width || y > frame.height) return r + OUTLINE * side;
      if (closeUp.visible([x, y]) < IS_FACE) return r;
    }
    return 2 * side;
  };
  const corners = Array.from({ length: RAYS }, (_, ray): Point => {
    const angle = (2 * Math.PI * ray) / RAYS;
    const offsets = Array.from({ length: LOOKS_PER_RAY }, (_, i) => i / (LOOKS_PER_RAY - 1) - 0.5);
    const looks = offsets.map((offset) => reach(angle + (2 * Math.PI * offset) / RAYS));
    const r = Math.max(0, Math.min(...looks) - OUTLINE * side);
    return [centre[0] + r * Math.cos(angle), centre[1] + r * Math.sin(angle)];
  });
  return { centre, corners };
}

/** Points looked at along each side of a face. */
const SAMPLES = 24;

/** The middle of what is visible of a face inside its box; undefined where nothing is. */
function centreOfSkin(face: Box, { visible }: CloseUp, frame: Size): Point | undefined {
  const seen = gridPoints(face, SAMPLES).filter(
    ([x, y]) => x >= 0 && y >= 0 && x <= frame.width && y <= frame.height && visible([x, y]) >= IS_FACE,
  );
  if (seen.length === 0) return undefined;
  const middle = middleOf(seen);
  return visible(middle) < IS_FACE ? undefined : middle;
}

/** A face that comes this close to the photo's edge, as a share of its side, goes on beyond it. */
const AT_THE_EDGE = 0.03;
/** How far from where it is expected a second eye may be, as a share of the distance between the two. */
const NEAR_ENOUGH = 0.5;

/**
 * In a face that is whole, one eye, nose and mouth must be seen; in a face that goes on beyond the photo, two of them.
 * Where the other side of the face is seen too, so must the other eye be.
 */
function missingFeatures(
  sure: readonly FeatureInHead[],
  face: Box,
  { visible }: CloseUp,
  frame: Size,
): FaceFeature[] {
  const first = (feature: FaceFeature) => sure.find((one) => one.feature === feature);
  const absent = (['eye', 'nose', 'mouth'] as const).filter((feature) => !first(feature));
  if (absent.length > 0 && (!isCut(face, frame) || sure.length < 2)) return absent;
  const [eye, nose, mouth] = [first('eye'), first('nose'), first('mouth')];
  if (!eye || !nose || !mouth) return [];
  const expected = mirroredAt(middle(eye), middle(nose), middle(mouth));
  const apart = Math.hypot(expected[0] - middle(eye)[0], expected[1] - middle(eye)[1]);
  const isVisible =
    expected[0] > 0 &&
    expected[1] > 0 &&
    expected[0] < frame.width &&
    expected[1] < frame.height &&
    visible(expected) >= IS_FACE;
  const isSeen = sure.some(
    (other) =>
      other !== eye &&
      other.feature === 'eye' &&
      Math.hypot(middle(other)[0] - expected[0], middle(other)[1] - expected[1]) <= NEAR_ENOUGH * apart,
  );
  return isVisible && !isSeen ? ['eye'] : [];
}

function middle({ box }: FeatureInHead): Point {
  return middleOf(boxPolygon(box));
}

function isCut({ x, y, width, height }: Box, frame: Size): boolean {
  const [dx, dy] = [AT_THE_EDGE * frame.width, AT_THE_EDGE * frame.height];
  return x < dx || y < dy || x + width > frame.width - dx || y + height > frame.height - dy;
}

/** A point on the other side of a line through two points, as far from it. */
function mirroredAt([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): Point {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx ** 2 + dy ** 2 || 1);
  return [2 * (ax + along * dx) - x, 2 * (ay + along * dy) - y];
}
