import type { ContextFinding, Thing } from '../../core/context.js';
import type { Detection } from '../../core/detection.js';
import type { SeenHand } from './hands.js';
import type { Label } from './labels.js';
import type { SeenObject } from './objects.js';

/** The lowest scores at which a person, a face, a thing or a hand counts; measured in docs/attacks.md. */
const SURE_PERSON = 0.5;
/** Higher than for covering a face: one face is often found twice, with a part or its surroundings less surely. */
const SURE_FACE = 0.95;
const SURE_THING = 0.4;
const SURE_HAND = 0.9;

/** Largest share of the photo that a thing may fill: skin filling the frame is taken for a bed, a table or a train. */
const MOST_OF_PHOTO = 0.25;

const SCREENS: readonly Thing[] = ['tv', 'laptop', 'cell phone'];
const ROOM: readonly Thing[] = [
  'chair', 'couch', 'potted plant', 'bed', 'dining table', 'toilet', 'tv', 'laptop', 'keyboard', 'microwave', 'oven', 'sink',
  'refrigerator', 'book', 'clock', 'vase',
]; // prettier-ignore
const STREET: readonly Thing[] = [
  'bicycle', 'car', 'motorcycle', 'bus', 'train', 'truck', 'boat', 'traffic light', 'fire hydrant', 'stop sign',
  'parking meter', 'bench',
]; // prettier-ignore

/** From one ridge of a fingertip to the next, in millimetres (adults: 0.4–0.6; Jain, Flynn and Ross 2008, chapter 2). */
const RIDGE_PERIOD_MM = 0.5;
/** Pixels per ridge and furrow needed to tell them apart: 2 is the limit of sampling, but no photo is that sharp. */
const PIXELS_PER_RIDGE = 3;
/** Longer side of an adult's hand in each pose, in millimetres; an open one from wrist to fingertip. */
const HAND_MM: Readonly<Record<SeenHand['pose'], number>> = { open: 180, point: 150, pinch: 130, fist: 100 };

/**
 * Turns what was seen into findings, each at most once.
 * @param detections what the detectors found, of any kind; sure faces count as people
 * @param photo its size; every box is in pixels of it
 */
export function contextOf(
  objects: readonly SeenObject[],
  hands: readonly SeenHand[],
  detections: readonly Detection[],
  photo: { readonly width: number; readonly height: number },
): ContextFinding[] {
  const most = MOST_OF_PHOTO * photo.width * photo.height;
  const things = objects.filter(({ score, box }) => score >= SURE_THING && box.width * box.height <= most);
  const named = (wanted: readonly Thing[]) => [
    ...new Set(things.map(({ label }) => label).filter((label) => isOneOf(wanted, label))),
  ];
  const findings: ContextFinding[] = [];

  const faces = detections.filter(
    ({ kind, score, feature }) => kind === 'face' && !feature && score >= SURE_FACE,
  ).length;
  const bodies = objects.filter(({ label, score }) => label === 'person' && score >= SURE_PERSON).length;
  const people = Math.max(faces, bodies);
  if (people > 1) findings.push({ id: 'several-people', people });

  const ridged = hands.filter((hand) => hand.score >= SURE_HAND && pixelsPerRidge(hand) >= PIXELS_PER_RIDGE);
  if (ridged.length > 0) {
    const pixels = Math.max(...ridged.map(pixelsPerRidge));
    findings.push({ id: 'hand-ridges', pixels: Number(pixels.toFixed(1)) });
  }

  for (const [id, wanted] of [
    ['screen', SCREENS],
    ['room', ROOM],
    ['street', STREET],
  ] as const) {
    const seen = named(wanted);
    if (seen.length > 0) findings.push({ id, things: seen });
  }
  return findings;
}

function isOneOf(wanted: readonly Thing[], label: Label): label is Thing & Label {
  return (wanted as readonly Label[]).includes(label);
}

/** Estimated from the size of the hand; a hand cut off by the frame seems smaller, so its estimate is too low. */
export function pixelsPerRidge({ pose, box }: SeenHand): number {
  return (Math.max(box.width, box.height) / HAND_MM[pose]) * RIDGE_PERIOD_MM;
}
