import { randomBytes } from 'node:crypto';
import { checkCaption, mentionsIn } from '../../caption/index.js';
import type { Detection, FaceFeature, Redaction } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import { boxPolygon, type Box } from '../../core/geometry.js';
import { clipToBox } from '../../imaging/convex.js';
import type { PixelImage } from '../../core/image.js';
import { numbersOfPhoto, randomOfPhoto } from '../../core/random.js';
import { scaleDetection } from '../../core/scale-detection.js';
import { shrunk } from '../../imaging/resized.js';
import { describeShot, type ShotDescription } from '../../metadata/index.js';
import {
  lookAtImage,
  lookScale,
  readImage,
  type ExaminedImage,
  type ReadImage,
} from '../../pipeline/examine-image.js';
import { fitPolicy } from '../../pipeline/fit-policy.js';
import { finishImage, type ProcessedImage, type StagingArea } from '../../pipeline/process-image.js';
import { DEFAULT_SETTINGS, settingsHash, type ProcessSettings } from '../../pipeline/settings.js';
import { Stopwatch } from '../../pipeline/stopwatch.js';
import type { Toolbox } from '../../pipeline/toolbox.js';
import { planRedactions } from '../../redact/index.js';
import { askOf, openFeatures, PROFILES, type RiskScore, scoreRisk } from '../../risk/index.js';
import { cropAroundKeep } from '../../fit/index.js';
import {
  PREVIEW_SIDE,
  type CheckView,
  type Edit,
  type PhotoView,
  type RiskView,
  type Shape,
} from '../api.js';
import { redactionsOf, withEdit } from './edited-photo.js';
import { asJpeg, redactPreview } from './preview.js';

/** Longer side of the copy that is looked at first, in pixels. */
const QUICK_SIDE = 640;
/** The result of the checks that the page does not wait for while a shape is moved. */
const NOT_WRITTEN_YET = [{ check: 'not-written-yet', status: 'not-found', details: '' }] as const;
/** The library's staging: in memory, because nothing of an original is ever written. */
const MEMORY: StagingArea = { stage: (bytes) => Promise.resolve(Uint8Array.from(bytes)) };

/** Nothing is published larger. */
const FULL_SIZE: ProcessSettings = { ...DEFAULT_SETTINGS, destination: 'clinical' };

/** What a person decides before he decides anything. */
const NO_EDIT: Edit = {
  shapes: [],
  keep: [],
  cropToKeep: false,
  style: DEFAULT_SETTINGS.style,
  extent: 'usual',
  destination: DEFAULT_SETTINGS.destination,
  attestNone: [],
  caption: '',
};

/** A photo in the page, in memory only. */
export class OpenPhoto {
  readonly id = randomBytes(12).toString('hex');
  private readonly opened: PhotoView['opened'];
  private edit: Edit;
  /** Thorough looks that are done, and that were begun; the last one looked at a copy so large, 0–1. */
  private looks = 0;
  private begun = 0;
  private lookedScale = 0;
  private ready: Promise<void> = Promise.resolve();
  private finished: { readonly of: Edit; readonly result: Promise<ProcessedImage> } | undefined;

  private constructor(
    private readonly toolbox: Toolbox,
    readonly bytes: Uint8Array,
    private readonly read: ReadImage,
    private examined: ExaminedImage,
    private readonly pixels: PixelImage,
    private readonly preview: PixelImage,
    private readonly shot: ShotDescription,
    first: Partial<Edit>,
  ) {
    this.edit = { ...NO_EDIT, ...first };
    const { style, extent, destination, keep, cropToKeep } = this.edit;
    this.opened = { style, extent, destination, keep, cropToKeep };
    this.edit = { ...this.edit, shapes: this.autoShapes() };
    this.look(this.settings());
  }

  /**
   * Decodes a photo and looks at a small copy of it; the thorough look goes on.
   * @param first what is decided already
   * @throws {ImageDeidError} what decoding and detectors throw; unsupported-format for pages
   */
  static async open(bytes: Uint8Array, toolbox: Toolbox, first: Partial<Edit> = {}): Promise<OpenPhoto> {
    const shot = describeShot(bytes);
    const read = await readImage(bytes, DEFAULT_SETTINGS, toolbox, new Stopwatch());
    const [frame, ...more] = read.source.frames;
    if (!frame) throw new ImageDeidError('malformed', 'decode', 'The photo has no picture');
    if (more.some(({ delay }) => delay === undefined)) {
      const message = 'A file of several pages cannot be edited here; use "image-deid run"';
      throw new ImageDeidError('unsupported-format', 'decode', message);
    }
    const { pixels } = frame;
    const preview = await shrunk(pixels, PREVIEW_SIDE);
    const seen = await quickLook(read, pixels, toolbox);
    return new OpenPhoto(toolbox, bytes, read, seen, pixels, preview, await shot, first);
  }

  /** Settles when everything was looked at thoroughly. @throws {ImageDeidError} what a detector throws */
  async whenReady(): Promise<void> {
    while (this.looks < this.begun) await this.ready;
  }

  view(): PhotoView {
    const { format, metadata, notExamined } = this.examined;
    const crop = this.crop();
    const groups: Record<string, number> = {};
    for (const { group, identifying } of metadata) if (identifying) groups[group] = (groups[group] ?? 0) + 1;
    return {
      id: this.id,
      width: this.pixels.width,
      height: this.pixels.height,
      format: format.id,
      state: this.looks < this.begun ? 'quick' : 'ready',
      looks: this.looks,
      opened: this.opened,
      autoShapes: this.autoShapes(),
      openFeatures: this.openFeatures(withEdit(this.examined, this.edit, crop)).map(({ feature, box }) => ({
        feature,
        polygon: coverOf(feature, box, this.pixels),
      })),
      ...(crop && { crop }),
      metadata: { ...this.shot, groups },
      notExamined: notExamined.map(({ kind, reason }) => ({ kind, reason })),
      risk: this.riskView(this.estimate()),
    };
  }

  /** Takes what a person decided. */
  change(edit: Edit): PhotoView {
    this.edit = edit;
    if (lookScale(this.pixels, this.settings()) > this.lookedScale) this.look(FULL_SIZE);
    return this.view();
  }

  before(): Promise<Buffer> {
    return asJpeg(this.preview);
  }

  after(): Promise<Buffer> {
    const style = this.toolbox.styles[this.edit.style];
    // The same numbers each time: nothing flickers while a shape is moved.
    const random = randomOfPhoto(this.bytes, 'preview');
    return asJpeg(redactPreview(this.preview, this.redactions(), this.pixels, style, random));
  }

  /** As the full check wrote it. @throws {ImageDeidError} what the pipeline throws */
  async written(): Promise<Buffer> {
    const [first] = (await this.finish()).redacted.frames;
    if (!first) throw new ImageDeidError('internal', 'encode', 'The written photo has no picture');
    return asJpeg(await shrunk(first.pixels, PREVIEW_SIDE));
  }

  /**
   * Writes the photo in memory, reads it again and attacks it; once per edit.
   * @throws {ImageDeidError} what the pipeline throws
   */
  async finish(): Promise<ProcessedImage> {
    await this.whenReady();
    if (this.finished?.of !== this.edit) {
      const settings = this.settings();
      const numbers = numbersOfPhoto(
        this.bytes,
        `${settingsHash(settings)}\n${JSON.stringify(this.edit.shapes)}`,
      );
      const result = finishImage(
        withEdit(this.examined, this.edit, this.crop()),
        settings,
        this.toolbox,
        MEMORY,
        numbers,
      );
      this.finished = { of: this.edit, result };
    }
    return this.finished.result;
  }

  async check(): Promise<CheckView> {
    const done = await this.finish();
    const { decision, risk, checks, utility, redacted, outputFormat, staged } = done;
    const [first] = redacted.frames;
    return {
      outcome: decision.outcome,
      asks: askOf(done),
      reasons: decision.reasons,
      risk: this.riskView(risk),
      checks: checks.map(({ check, status, details }) => ({ check, status, details })),
      ...(utility && {
        utility: {
          resolutionLeft: utility.resolutionLeft,
          ...(utility.skinVisible !== undefined && { skinVisible: utility.skinVisible }),
          ...(utility.keepUntouched !== undefined && { keepUntouched: utility.keepUntouched }),
        },
      }),
      width: first?.pixels.width ?? 0,
      height: first?.pixels.height ?? 0,
      extension: outputFormat.extension,
      bytes: staged.length,
    };
  }

  /** The settings that the last edit asks for. */
  settings(): ProcessSettings {
    const { keep, cropToKeep, style, extent, destination, attestNone, caption } = this.edit;
    return {
      ...DEFAULT_SETTINGS,
      keep,
      cropToKeep,
      style,
      ...(extent === 'wide' && { extent }),
      destination,
      attestNone: [...new Set(attestNone)].sort(),
      ...(caption.trim() !== '' && { caption: mentionsIn(caption) }),
    };
  }

  /** Looks at it thoroughly, as large as these settings publish it; after a look that still goes on. */
  private look(settings: ProcessSettings): void {
    this.begun++;
    this.lookedScale = lookScale(this.pixels, settings);
    this.ready = this.ready.then(async () => {
      const all = await lookAtImage(this.read, settings, this.toolbox, new Stopwatch());
      const wasUntouched = this.edit.shapes.every(({ id }) => id.startsWith('auto-'));
      this.examined = all;
      this.looks++;
      if (wasUntouched) this.edit = { ...this.edit, shapes: this.autoShapes() };
    });
    // Whoever waits for it hears of it; a photo that nobody waits for any more is dropped.
    this.ready.catch(() => undefined);
  }

  /** The part of the photo that the last edit publishes; undefined for all of it. */
  private crop(): Box | undefined {
    return cropAroundKeep(fitPolicy(this.settings()).cropAround, this.pixels);
  }

  private redactions(): Redaction[] {
    return redactionsOf(this.edit.shapes, this.pixels);
  }

  private autoShapes(): Shape[] {
    const [detections = []] = this.examined.detections;
    const { keep, extent } = this.edit;
    const policy = { keep, extent, allowFaceInKeep: false };
    return planRedactions(detections, this.pixels, policy).redactions.map(({ kinds, polygon }, i) => ({
      id: `auto-${i}`,
      kinds: [...kinds],
      polygon: polygon.map(([x, y]): [number, number] => [x, y]),
    }));
  }

  /** The score as if the written photo were clean: what the checks find, the full check tells. */
  private estimate(): RiskScore {
    const crop = this.crop();
    const edited = withEdit(this.examined, this.edit, crop);
    const isLeft = ({ polygon }: Redaction) => crop === undefined || clipToBox(polygon, crop).length >= 3;
    return scoreRisk({
      ...edited,
      redactions: edited.redactions.map((ofFrame) => ofFrame.filter(isLeft)),
      detections: edited.detections.flat(),
      openFeatures: this.openFeatures(edited),
      caption: this.settings().caption ?? [],
      context: [],
      checks: NOT_WRITTEN_YET,
    });
  }

  /** Single features of a face that are published and not covered, in pixels of the photo. */
  private openFeatures({ detections: [detections = []], redactions: [redactions = []] }: ExaminedImage) {
    const crop = this.crop();
    const isLeft = ({ polygon }: Detection) => crop === undefined || clipToBox(polygon, crop).length >= 3;
    return openFeatures(detections.filter(isLeft), redactions);
  }

  private riskView({ before, after, reasons }: RiskScore): RiskView {
    const of = (when: 'before' | 'after') =>
      reasons
        .filter((reason) => reason.when === when)
        .sort((a, b) => b.probability - a.probability)
        .map(({ id, probability, text }) => ({ id, probability, text }));
    return {
      before,
      after,
      most: PROFILES[this.edit.destination].mostRisk,
      reasonsBefore: of('before'),
      reasonsAfter: of('after'),
      caption: checkCaption(this.edit.caption).map(({ class: kind, start, length }) => ({
        class: kind,
        start,
        length,
      })),
    };
  }
}

/** What covers a single feature, as the wide extent does. */
function coverOf(feature: FaceFeature, box: Box, size: PixelImage): Shape['polygon'] {
  const seen = { kind: 'face', feature, box, polygon: boxPolygon(box), score: 1, detector: 'face' } as const;
  const { redactions } = planRedactions([seen], size, { keep: [], allowFaceInKeep: false, extent: 'wide' });
  return redactions.flatMap(({ polygon }) => polygon.map(([x, y]): [number, number] => [x, y]));
}

/** What detectors see in a small copy, in pixels of the photo. */
async function quickLook(read: ReadImage, pixels: PixelImage, toolbox: Toolbox): Promise<ExaminedImage> {
  const small = await shrunk(pixels, QUICK_SIDE);
  const [kx, ky] = [pixels.width / small.width, pixels.height / small.height];
  const found: Detection[] = [];
  for (const detector of toolbox.detectors) {
    const { detections } = await detector.examine(small, () => false);
    found.push(...detections.map((detection) => scaleDetection(detection, kx, ky)));
  }
  const detections = read.source.frames.map(() => found);
  return { ...read, detections, redactions: [], keptBack: [], notExamined: [] };
}
