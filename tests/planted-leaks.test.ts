import { composeToolbox } from '../src/compose.js';
import { describe, expect, it } from 'vitest';
import sharp, { type JpegOptions } from 'sharp';
import { lesion, skin, tattoo } from '../samples/drawing.mjs';
import { checkCaption } from '../src/caption/index.js';
import type { Redaction } from '../src/core/detection.js';
import { boxPolygon, type Box } from '../src/core/geometry.js';
import type { ImageFormat, PixelImage } from '../src/core/image.js';
import { DEFAULT_LIMITS } from '../src/core/limits.js';
import { textDetector } from '../src/detect/text/index.js';
import { formatById } from '../src/formats/index.js';
import { openTextFinder } from '../src/ocr/index.js';
import { redactFrame } from '../src/redact/apply-redactions.js';
import { coverMask } from '../src/redact/cover-mask.js';
import { STYLES } from '../src/redact/styles/index.js';
import { isRefused } from '../src/risk/check-meaning.js';
import { DESTINATIONS, PROFILES, type Destination } from '../src/risk/destinations.js';
import { decide, type Decision } from '../src/risk/gate.js';
import { scoreRisk, type RiskEvidence, type RiskScore } from '../src/risk/score.js';
import type { CheckResult, StagedFile } from '../src/verify/contract.js';
import { verifyStaged } from '../src/verify/verify-staged.js';
import { coveringHead, FACES, peoplePhoto } from './support/people-photo.js';
import { faintLine } from './support/faint-line.js';
import { pictureWithCode } from './support/picture-with-code.js';
import { pictureWithWord, WORD } from './support/picture-with-word.js';
import { seeded } from './support/seeded.js';
import { CONTAINER_LEAKS } from './support/container-leaks.js';
import { HIDDEN_PAYLOADS } from './support/hidden-payloads.js';

/** A photo that was treated rightly, but for what a test plants in it. */
interface Planted {
  readonly format?: ImageFormat;
  /** Before it was redacted. */
  readonly source: PixelImage;
  /** What is written. */
  readonly written: PixelImage;
  readonly redactions?: readonly Redaction[];
  readonly evidence?: Partial<RiskEvidence>;
  /** Changes the written file itself. */
  plant?(clean: Buffer): Buffer | Promise<Buffer>;
}

interface Verdict {
  readonly checks: readonly CheckResult[];
  readonly risk: RiskScore;
  readonly decision: Decision;
}

const toolbox = await composeToolbox();

async function judge(planted: Planted, destination: Destination): Promise<Verdict> {
  const { format: id = 'jpeg', source, written, redactions = [] } = planted;
  const format = formatById(id);
  const clean = Buffer.from(
    await format.encode!({ format: id, frames: [{ pixels: written }] }, { limits: DEFAULT_LIMITS }),
  );
  const staged = planted.plant ? await planted.plant(clean) : clean;
  const image = { format: id, frames: [{ pixels: source }] };
  const detections = redactions.map(({ kinds: [kind = 'text'], box, polygon }) => ({
    kind,
    box,
    polygon,
    score: 1,
    detector: 'test',
  }));
  const file: StagedFile = {
    staged,
    format,
    original: image,
    cropped: image,
    source: image,
    detections: [detections],
    redactions: [redactions],
    limits: DEFAULT_LIMITS,
  };
  const { checks } = await verifyStaged(file, toolbox.checks, (result) => isRefused(result, destination));
  const risk = scoreRisk({
    metadata: [],
    detections,
    redactions: [redactions],
    keptBack: [],
    notExamined: [],
    openFeatures: [],
    openFaces: [],
    caption: [],
    context: [],
    checks,
    ...planted.evidence,
  });
  const decision = decide(
    {
      score: risk,
      checks,
      notExamined: planted.evidence?.notExamined ?? [],
      found: [],
      openFeatures: [],
      openFaces: [],
      doubtful: [],
      remedies: [],
      longestSide: 100,
      coveredShare: 0,
      format: id,
      bytes: staged.length,
    },
    destination,
  );
  return { checks, risk, decision };
}

async function skinPhoto(): Promise<PixelImage> {
  const { data, info } = await (
    await skin(320, 240, 5, lesion(150, 110, 40))
  )
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

describe('a container that gives something away', () => {
  it.each(CONTAINER_LEAKS.map((leak) => [leak.format, leak.name, leak] as const))(
    '%s: %s is found, named and not cleared for anybody',
    async (_format, _name, leak) => {
      const photo = await skinPhoto();
      for (const destination of DESTINATIONS) {
        const { checks, risk, decision } = await judge(
          { ...leak, source: photo, written: photo },
          destination,
        );
        const found = checks.filter(({ status }) => status === 'found').map(({ check }) => check);
        expect(['container-walk', 'metadata-reread']).toContain(found[0]);
        expect(risk.after).toBe(1);
        expect(decision.outcome).toBe('refused');
        expect(decision.reasons[0]?.id).toMatch(new RegExp(`^${found[0]}/`));
        expect(JSON.stringify([decision, risk])).not.toContain('PLANTED');
      }
    },
  );
});

describe('data hidden in the encoding of a written file', () => {
  it.each(HIDDEN_PAYLOADS.map((payload) => [payload.format, payload.name, payload] as const))(
    '%s: %s is found, named and refused',
    async (_format, _name, payload) => {
      const photo = await skinPhoto();
      const { checks, decision } = await judge({ ...payload, source: photo, written: photo }, 'clinical');
      const found = checks.filter(({ status }) => status === 'found').map(({ check }) => check);
      // The first that finds something ends the checks; some show in the settings already.
      expect(['encoding-proof', 'jpeg-fingerprint']).toContain(found[0]);
      expect(decision.outcome).toBe('refused');
    },
  );
});

/** The other half of a style: what is under a redaction shows through, as much as `share`. */
function shiningThrough(source: PixelImage, redactions: readonly Redaction[], share: number): PixelImage {
  const covered = covering(source, redactions);
  const data = covered.data.map((value, i) => value + ((source.data[i] as number) - value) * share);
  return { ...source, data };
}

function covering(source: PixelImage, redactions: readonly Redaction[]): PixelImage {
  return redactFrame(source, redactions, STYLES.solid, seeded(7));
}

/** What journals still do: the redacted region, only blurred. */
async function onlyBlurred(
  source: PixelImage,
  redactions: readonly Redaction[],
  sigma: number,
): Promise<PixelImage> {
  const { width, height, channels } = source;
  const blurred = await sharp(source.data, { raw: { width, height, channels } }).blur(sigma).raw().toBuffer();
  const mask = coverMask(source, redactions);
  return {
    ...source,
    data: source.data.map((value, i) => (mask[Math.floor(i / channels)] ? blurred[i]! : value)),
  };
}

async function smaller(image: PixelImage): Promise<PixelImage> {
  const { width, height, channels, data } = image;
  const pixels = await sharp(data, { raw: { width, height, channels } })
    .resize(width - 1)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: pixels.info.width, height: pixels.info.height, channels, data: pixels.data };
}

async function drawnOnSkin(elements: string): Promise<PixelImage> {
  const drawn = (await skin(640, 480, 7, elements)).raw();
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

const word: Redaction = { kinds: ['text'], box: WORD, polygon: boxPolygon(WORD) };
const firstLetter: Box = { ...WORD, width: 75 };
const [face, ...otherFaces] = FACES as [Box, ...Box[]];
const heads = FACES.map(coveringHead);
const forehead: Box = { ...face, height: face.height / 4 };
const reencoded = (options: JpegOptions) => (clean: Buffer) => sharp(clean).jpeg(options).toBuffer();

/** Each with the check or the factor that must name it. */
// prettier-ignore
const PIXEL_LEAKS: readonly (readonly [name: string, by: string, plant: () => Promise<Planted>])[] = [
  ['a word left out', 'uncovered-text', async () => {
    const source = await pictureWithWord();
    return { source, written: source };
  }],
  ['a word in a mirror left out', 'uncovered-text', async () => {
    const { width, height, channels, data } = await pictureWithWord();
    const flopped = await sharp(data, { raw: { width, height, channels } }).flop().raw().toBuffer();
    const source: PixelImage = { width, height, channels, data: flopped };
    return { source, written: source };
  }],
  ['a word with one letter covered', 'uncovered-text', async () => {
    const source = await pictureWithWord();
    const redactions: Redaction[] = [{ kinds: ['text'], box: firstLetter, polygon: boxPolygon(firstLetter) }];
    return { source, redactions, written: covering(source, redactions) };
  }],
  ['a line of text to which the text networks are blind', 'uncovered-text', async () => {
    const source = await drawnOnSkin(faintLine(0.08));
    return { format: 'png', source, written: source };
  }],
  ['a word that shines through', 'pixels-under-redactions', async () => {
    const source = await pictureWithWord();
    return { source, redactions: [word], written: shiningThrough(source, [word], 0.3) };
  }],
  ['a word that was only blurred', 'legible-text', async () => {
    const source = await pictureWithWord();
    return { source, redactions: [word], written: await onlyBlurred(source, [word], 6) };
  }],
  ['a QR code left out', 'legible-code', async () => {
    const { picture } = await pictureWithCode('QRCode', 'PATIENT 4711', 20);
    return { source: picture, written: picture };
  }],
  ['a bar code left out', 'legible-code', async () => {
    const { picture } = await pictureWithCode('Code128', 'PATIENT 4711');
    return { source: picture, written: picture };
  }],
  ['a code with one corner covered', 'legible-code', async () => {
    const { picture, box } = await pictureWithCode('QRCode', 'PATIENT 4711');
    const corner = { ...box, x: box.x + box.width * 0.85, y: box.y + box.height * 0.85, width: box.width * 0.15, height: box.height * 0.15 };
    const redactions: Redaction[] = [{ kinds: ['code'], box: corner, polygon: boxPolygon(corner) }];
    return { source: picture, redactions, written: covering(picture, redactions) };
  }],
  ['a face left out', 'uncovered-face', async () => {
    const source = await peoplePhoto();
    const redactions = otherFaces.map(coveringHead);
    return { source, redactions, written: covering(source, redactions) };
  }],
  ['a face with only the forehead covered', 'uncovered-face', async () => {
    const source = await peoplePhoto();
    const redactions = [...otherFaces.map(coveringHead), { kinds: ['face' as const], box: forehead, polygon: boxPolygon(forehead) }];
    return { source, redactions, written: covering(source, redactions) };
  }],
  ['redactions beside the faces', 'uncovered-face', async () => {
    const source = await peoplePhoto();
    const redactions = FACES.map(({ x, y, ...size }) => coveringHead({ x: x + 40, y: y + 260, ...size }));
    return { source, redactions, written: covering(source, redactions) };
  }],
  ['faces that shine through', 'pixels-under-redactions', async () => {
    const source = await peoplePhoto();
    return { source, redactions: heads, written: shiningThrough(source, heads, 0.2) };
  }],
  ['faces that were only blurred', 'pixels-under-redactions', async () => {
    const source = await peoplePhoto();
    return { source, redactions: heads, written: await onlyBlurred(source, heads, 2) };
  }],
  ['a tattoo left out', 'uncovered-tattoo', async () => {
    const source = await drawnOnSkin(tattoo(200, 240, 110));
    return { source, written: source };
  }],
  ['another size than was examined', 'dimensions-match', async () => {
    const source = await skinPhoto();
    return { source, written: await smaller(source) };
  }],
  ['the quantisation tables of another encoder', 'jpeg-fingerprint', async () => {
    const source = await skinPhoto();
    return { source, written: source, plant: reencoded({ quality: 82, chromaSubsampling: '4:4:4' }) };
  }],
  ['the chroma subsampling of another encoder', 'container-walk', async () => {
    const source = await skinPhoto();
    return { source, written: source, plant: reencoded({ quality: 95, chromaSubsampling: '4:2:0' }) };
  }],
  ['the scans of another encoder', 'container-walk', async () => {
    const source = await skinPhoto();
    return { source, written: source, plant: reencoded({ quality: 95, chromaSubsampling: '4:4:4', progressive: true }) };
  }],
  ['a name in the caption', 'caption-name', async () => {
    const source = await skinPhoto();
    return { source, written: source, evidence: { caption: checkCaption('Mrs Planted, rash for 3 weeks') } };
  }],
  ['a telephone number in the caption', 'caption-contact', async () => {
    const source = await skinPhoto();
    return { source, written: source, evidence: { caption: checkCaption('Prurit, 06 12 34 56 78') } };
  }],
  ['a part of a face in a kept region', 'shown-face', async () => {
    const source = await skinPhoto();
    return { source, written: source, evidence: { keptBack: [{ kind: 'face', shown: true, share: 0.5, reason: { id: 'plan/shown-in-keep', values: { kind: 'face' } } }] } };
  }],
  ['tattoos that nobody looked for', 'not-examined-tattoo', async () => {
    const source = await skinPhoto();
    const notExamined = [{ kind: 'tattoo' as const, reason: { id: 'not-examined/strip', values: { kind: 'tattoo' } } as const, attested: false }];
    return { source, written: source, evidence: { notExamined } };
  }],
  ['a file that is cut off', 'container-walk', async () => {
    const source = await skinPhoto();
    return { source, written: source, plant: (clean) => clean.subarray(0, clean.length - 200) };
  }],
  ['something that is no picture', 'check-unknown', async () => {
    const source = await skinPhoto();
    return { source, written: source, plant: () => Buffer.from('Dear colleague') };
  }],
];

describe('pixels and settings that give something away', () => {
  it.each(PIXEL_LEAKS)('%s: %s names it, and it is not cleared', async (_name, by, plant) => {
    const { checks, risk, decision } = await judge(await plant(), 'public');
    const named = [
      ...checks.filter(({ status }) => status === 'found').map(({ check }) => check),
      ...risk.reasons.filter(({ when }) => when === 'after').map(({ id }) => id),
    ];
    expect(named).toContain(by);
    expect(decision.outcome).not.toBe('cleared');
    expect(decision.reasons).not.toEqual([]);
    expect(risk.after).toBeGreaterThan(PROFILES.public.mostRisk);
  });

  it('finds nothing in that line with the text networks alone', async () => {
    const photo = await drawnOnSkin(faintLine(0.08));
    expect((await textDetector().examine(photo)).detections).toEqual([]);
    expect(await (await openTextFinder()).find(photo)).toEqual([]);
  });

  it('leaves the question open where something like writing stands out that cannot be read', async () => {
    const source = await drawnOnSkin(faintLine(0.06, 13));
    const { checks, decision } = await judge({ source, written: source }, 'clinical');
    expect(checks.find(({ check }) => check === 'uncovered-text')).toMatchObject({
      status: 'could-not-tell',
      details: { id: 'uncovered-text/strokes' },
    });
    expect(decision.outcome).toBe('review');
  });

  it('clears the same photo without a leak', async () => {
    const source = await skinPhoto();
    const { decision } = await judge({ source, written: source }, 'professional');
    expect(decision).toEqual({ outcome: 'cleared', reasons: [], lookingIsEnough: false });
  });
});
