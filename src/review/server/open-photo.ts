import { randomBytes } from 'node:crypto';
import { checkCaption } from '../../caption/index.js';
import type { Detection, Redaction } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import { boundingBox } from '../../core/geometry.js';
import type { PixelImage } from '../../core/image.js';
import { randomOfPhoto } from '../../core/random.js';
import { describeShot, type ShotDescription } from '../../metadata/index.js';
import { lookAtImage, readImage, type ExaminedImage, type ReadImage } from '../../pipeline/examine-image.js';
import { finishImage, type ProcessedImage, type StagingArea } from '../../pipeline/process-image.js';
import { DEFAULT_SETTINGS, settingsHash, type ProcessSettings } from '../../pipeline/settings.js';
import { Stopwatch } from '../../pipeline/stopwatch.js';
import type { Toolbox } from '../../pipeline/toolbox.js';
import { planRedactions } from '../../redact/plan.js';
import { PROFILES } from '../../risk/destinations.js';
import { scoreRisk, type RiskScore } from '../../risk/score.js';
import type { CheckView, Edit, PhotoView, RiskView, Shape } from '../api.js';
import { redactionsOf, withEdit } from './edited-photo.js';
import { askOf } from './overridable.js';
import { asJpeg, redactPreview, shrink } from './preview.js';

/** Longer side of the copy that is looked at first, in pixels. */
const QUICK_SIDE = 640;
/** The result of the checks that the page does not wait for while a shape is moved. */
const NOT_WRITTEN_YET = [{ check: 'not-written-yet', status: 'not-found', details: '' }] as const;
/** The library's staging: in memory, because nothing of an original is ever written. */
const MEMORY: StagingArea = { stage: (bytes) => Promise.resolve(Uint8Array.from(bytes)) };

/** What a person decides before he decides anything. */
const NO_EDIT: Edit = {
  shapes: [],
  keep: [],
  cropToKeep: false,
  style: DEFAULT_SETTINGS.style,
  destination: DEFAULT_SETTINGS.destination,
  attestNone: [],
  caption: '',
};

/** A photo in the page, in memory only. */
export class OpenPhoto {
  readonly id = randomBytes(12).toString('hex');
  private readonly opened: PhotoView['opened'];
  private edit: Edit;
  private isReady = false;
  private finished: { readonly of: Edit; readonly result: Promise<ProcessedImage> } | undefined;
  /** Settles when everything was looked at thoroughly. */
  readonly ready: Promise<void>;

  private constructor(
    private readonly toolbox: Toolbox,
    readonly bytes: Uint8Array,
    private examined: ExaminedImage,
    private readonly pixels: PixelImage,
    private readonly preview: PixelImage,
    private readonly shot: ShotDescription,
    examineAll: () => Promise<ExaminedImage>,
    first: Partial<Edit>,
  ) {
    this.edit = { ...NO_EDIT, ...first };
    const { style, destination } = this.edit;
    this.opened = { style, destination };
    this.edit = { ...this.edit, shapes: this.autoShapes() };
    this.ready = examineAll().then((all) => {
      const wasUntouched = this.edit.shapes.every(({ id }) => id.startsWith('auto-'));
      this.examined = all;
      this.isReady = true;
      if (wasUntouched) this.edit = { ...this.edit, shapes: this.autoShapes() };
    });
    // Whoever waits for it hears of it; a photo that nobody waits for any more is dropped.
    this.ready.catch(() => undefined);
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
    const preview = await shrink(pixels);
    const seen = await quickLook(read, pixels, toolbox);
    const examineAll = () => lookAtImage(read, DEFAULT_SETTINGS, toolbox, new Stopwatch());
    return new OpenPhoto(toolbox, bytes, seen, pixels, preview, await shot, examineAll, first);
  }

  view(): PhotoView {
    const { format, metadata, notExamined } = this.examined;
    const groups: Record<string, number> = {};
    for (const { group, identifying } of metadata) if (identifying) groups[group] = (groups[group] ?? 0) + 1;
    return {
      id: this.id,
      width: this.pixels.width,
      height: this.pixels.height,
      format: format.id,
      state: this.isReady ? 'ready' : 'quick',
      opened: this.opened,
      autoShapes: this.autoShapes(),
      metadata: { ...this.shot, groups },
      notExamined: notExamined.map(({ kind, reason }) => ({ kind, reason })),
      risk: this.riskView(this.estimate()),
    };
  }

  /** Takes what a person decided. */
  change(edit: Edit): PhotoView {
    this.edit = edit;
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

  /**
   * Writes the photo in memory, reads it again and attacks it; once per edit.
   * @throws {ImageDeidError} what the pipeline throws
   */
  async finish(): Promise<ProcessedImage> {
    await this.ready;
    if (this.finished?.of !== this.edit) {
      const settings = this.settings();
      const random = randomOfPhoto(
        this.bytes,
        `${settingsHash(settings)}\n${JSON.stringify(this.edit.shapes)}`,
      );
      const result = finishImage(withEdit(this.examined, this.edit), settings, this.toolbox, MEMORY, random);
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
    const { keep, cropToKeep, style, destination, attestNone, caption } = this.edit;
    return {
      ...DEFAULT_SETTINGS,
      keep,
      cropToKeep,
      style,
      destination,
      attestNone: [...new Set(attestNone)].sort(),
      ...(caption.trim() !== '' && { caption: checkCaption(caption) }),
    };
  }

  private redactions(): Redaction[] {
    return redactionsOf(this.edit.shapes, this.pixels);
  }

  private autoShapes(): Shape[] {
    const [detections = []] = this.examined.detections;
    const policy = { keep: this.edit.keep, allowFaceInKeep: false };
    return planRedactions(detections, this.pixels, policy).redactions.map(({ kinds, polygon }, i) => ({
      id: `auto-${i}`,
      kinds: [...kinds],
      polygon: polygon.map(([x, y]): [number, number] => [x, y]),
    }));
  }

  /** The score as if the written photo were clean: what the checks find, the full check tells. */
  private estimate(): RiskScore {
    const edited = withEdit(this.examined, this.edit);
    return scoreRisk({
      ...edited,
      detections: edited.detections.flat(),
      caption: this.settings().caption ?? [],
      context: [],
      checks: NOT_WRITTEN_YET,
    });
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
      caption: (this.settings().caption ?? []).map(({ class: kind, start, length }) => ({
        class: kind,
        start,
        length,
      })),
    };
  }
}

/** What detectors see in a small copy, in pixels of the photo. */
async function quickLook(read: ReadImage, pixels: PixelImage, toolbox: Toolbox): Promise<ExaminedImage> {
  const small = await shrink(pixels, QUICK_SIDE);
  const [kx, ky] = [pixels.width / small.width, pixels.height / small.height];
  const found: Detection[] = [];
  for (const detector of toolbox.detectors) {
    const { detections } = await detector.examine(small, () => false);
    for (const detection of detections) {
      const polygon = detection.polygon.map(([x, y]) => [x * kx, y * ky] as const);
      const { x, y, width, height } = detection.box;
      const box = { x: x * kx, y: y * ky, width: width * kx, height: height * ky };
      found.push({ ...detection, polygon, box: detection.kind === 'face' ? box : boundingBox(polygon) });
    }
  }
  const detections = read.source.frames.map(() => found);
  return { ...read, detections, redactions: [], keptBack: [], notExamined: [] };
}
