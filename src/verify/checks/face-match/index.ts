import type { FindingOf } from '../../../core/finding.js';
import { middleOf, boxPolygon, type Box } from '../../../core/geometry.js';
import type { PixelImage } from '../../../core/image.js';
import { placesOf } from '../../../core/place.js';
import { visibleVersions } from '../../../imaging/visible-versions.js';
import type { Check, CheckStatus, VerifySubject } from '../../contract.js';
import { similarity, type FaceEmbedder, type Square } from '../../../models/face-embedding/index.js';
import { notDecoded } from '../../not-decoded.js';
import { FACE_MATCH } from './declaration.js';

const { id: ID } = FACE_MATCH;
/**
 * Cosine at or above which two faces count as one person's: photos of different people reach it in at most 1 of 1000
 * comparisons (docs/face-matching.md; `npm run calibrate` measures it).
 */
const SAME_PERSON = 0.63;
/** Shorter side of a face's box, in pixels, below which its features cannot be told apart. */
const SMALLEST_FACE = 24;
/** Faces compared per frame: the largest ones. */
const MOST_FACES = 8;

/**
 * Recognises the source's faces in the written file: what is now in the place of each must not look like the same
 * person. This is the worst case: the attacker has the source and knows where the eyes were.
 * @param open loads the embedding once per process
 */
export function faceMatch(open: () => Promise<FaceEmbedder>): Check {
  const answer = (status: CheckStatus, details: FindingOf<typeof FACE_MATCH.findings>) => ({
    check: ID,
    status,
    details,
  });
  return {
    id: ID,
    async run(subject) {
      if (!subject.output) return notDecoded(ID, subject);
      const faces = facesOf(subject);
      if (faces.length === 0) return answer('not-found', { id: 'face-match/no-face', values: {} });
      const embedder = await open();
      const compared: ShownFace[] = [];
      const matched: ShownFace[] = [];
      for (const face of faces) {
        const aligned = await alignInSource(embedder, face);
        if (!aligned) continue;
        compared.push(face);
        if (await isSamePerson(embedder, aligned, face.written)) matched.push(face);
      }
      const rest = faces.length - compared.length;
      const counts = { compared: compared.length, rest };
      const [first] = matched;
      if (!first) return answer('not-found', { id: 'face-match/not-recognised', values: counts });
      const places = placesOf(
        matched.map(({ box }) => middleOf(boxPolygon(box))),
        first.written,
      );
      const values = { matched: matched.length, ...counts, places };
      return answer('found', { id: 'face-match/recognised', values });
    },
  };
}

interface ShownFace {
  readonly box: Box;
  readonly source: PixelImage;
  readonly written: PixelImage;
}

/** The largest faces of each written frame. */
function facesOf({ source, output, detections }: VerifySubject): ShownFace[] {
  return (output?.frames ?? []).flatMap(({ pixels: written }, i) => {
    const frame = source.frames[i]?.pixels;
    if (!frame) return [];
    return (detections[i] ?? [])
      .filter(({ kind, feature }) => kind === 'face' && !feature)
      .map(({ box }) => ({ box, source: frame, written }))
      .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
      .slice(0, MOST_FACES);
  });
}

interface AlignedFace {
  readonly square: Square;
  readonly embedding: Float32Array;
}

async function alignInSource(
  embedder: FaceEmbedder,
  { box, source }: ShownFace,
): Promise<AlignedFace | undefined> {
  if (Math.min(box.width, box.height) < SMALLEST_FACE) return undefined;
  for (const version of visibleVersions(source)) {
    const square = await embedder.align(version, box);
    if (square) return { square, embedding: await embedder.embed(version, square) };
  }
  return undefined;
}

async function isSamePerson(
  embedder: FaceEmbedder,
  { square, embedding }: AlignedFace,
  written: PixelImage,
): Promise<boolean> {
  for (const version of visibleVersions(written)) {
    if (similarity(await embedder.embed(version, square), embedding) >= SAME_PERSON) return true;
  }
  return false;
}
