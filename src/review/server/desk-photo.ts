import { randomBytes } from 'node:crypto';
import { ImageDeidError } from '../../core/errors.js';
import type { PixelImage } from '../../core/image.js';
import { numbersOfPhoto, randomOfPhoto } from '../../core/random.js';
import { shrunk } from '../../imaging/resized.js';
import { describeShot, type ShotDescription } from '../../metadata/index.js';
import {
  DEFAULT_SETTINGS,
  estimateRisk,
  type ExaminedImage,
  finishImage,
  lookAtImage,
  lookScale,
  type ProcessedImage,
  type ProcessSettings,
  readImage,
  type ReadImage,
  settingsHash,
  type StagingArea,
  Stopwatch,
  type Toolbox,
} from '../../pipeline/index.js';
import { isLaxer, mostRisk, withinRun, type RunBounds } from '../../risk/index.js';
import { PREVIEW_SIDE, type CheckView, type Edit, type PhotoView } from '../api.js';
import { FULL_SIZE, NO_EDIT, partOfEdit, settingsOfEdit } from './edit-settings.js';
import { redactionsOf, withEdit } from './edited-photo.js';
import { faceWays, portraitOf } from './face-ways.js';
import { featuresLeftOpen } from './features-left-open.js';
import { checkView, groupsOf, riskView } from './photo-views.js';
import { coverOfFeature, isUntouched, plannedShapes, type PlannedShapes } from './planned-shapes.js';
import { asJpeg, redactPreview } from './preview.js';
import { quickLook } from './quick-look.js';

/** Staging in memory, as in the library, because nothing of an original is ever written. */
const MEMORY: StagingArea = { stage: (bytes) => Promise.resolve(Uint8Array.from(bytes)) };

/** A photo that a page has open, as its process holds it: pixels, what was found, the last edit. In memory only. */
export class DeskPhoto {
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
    private readonly run: RunBounds | undefined,
  ) {
    this.edit = { ...NO_EDIT, ...first };
    const { style, extent, faces, destination, keep, cropToKeep } = this.edit;
    this.opened = { style, extent, faces, destination, keep, cropToKeep };
    this.edit = { ...this.edit, shapes: this.planned().shapes };
    this.look(this.settings());
  }

  /**
   * Decodes a photo and looks at a small copy of it; the thorough look goes on.
   * @param first what is already decided
   * @param run that the photo belongs to, if any
   * @throws {ImageDeidError} what decoding and detectors throw; unsupported-format for pages
   */
  static async open(
    bytes: Uint8Array,
    toolbox: Toolbox,
    first: Partial<Edit> = {},
    run?: RunBounds,
  ): Promise<DeskPhoto> {
    const shot = describeShot(bytes);
    const read = await readImage(bytes, DEFAULT_SETTINGS, toolbox, new Stopwatch());
    const [frame, ...more] = read.source.frames;
    if (!frame) throw new ImageDeidError({ id: 'error/malformed/no-picture', values: {} }, 'decode');
    if (more.some(({ delay }) => delay === undefined)) {
      throw new ImageDeidError({ id: 'error/unsupported-format/pages', values: {} }, 'decode');
    }
    const { pixels } = frame;
    const preview = await shrunk(pixels, PREVIEW_SIDE);
    const seen = await quickLook(read, pixels, toolbox);
    return new DeskPhoto(toolbox, bytes, read, seen, pixels, preview, await shot, first, run);
  }

  /** Settles when all thorough looks are finished. @throws {ImageDeidError} what a detector throws */
  async whenReady(): Promise<void> {
    while (this.looks < this.begun) await this.ready;
  }

  view(): PhotoView {
    const { width, height } = this.pixels;
    const crop = partOfEdit(this.edit, this.pixels);
    const edited = withEdit(this.examined, this.edit, crop);
    const { shapes, told } = this.planned();
    const portrait = portraitOf(this.examined.detections[0] ?? [], this.pixels);
    return {
      id: this.id,
      width,
      height,
      format: this.examined.format.id,
      state: this.looks < this.begun ? 'quick' : 'ready',
      looks: this.looks,
      opened: this.opened,
      autoShapes: shapes,
      openFeatures: featuresLeftOpen(edited, crop).map(({ feature, box }) => ({
        feature,
        polygon: coverOfFeature(feature, box, this.pixels),
      })),
      planned: told,
      ...(portrait && { portrait: portrait.box }),
      ways:
        portrait && this.looks > 0 && this.edit.keep.length > 0
          ? faceWays(edited, this.edit, portrait, this.pixels, this.run?.maxRisk)
          : [],
      ...(crop && { crop }),
      metadata: { ...this.shot, groups: groupsOf(this.examined) },
      notExamined: this.examined.notExamined.map(({ kind, reason }) => ({ kind, reason })),
      risk: riskView(estimateRisk(edited, this.settings()), this.edit, this.run),
      ...(this.run && {
        run: {
          destination: this.run.destination,
          most: mostRisk(this.run.destination, this.run.maxRisk),
          isExceeded: isLaxer(this.edit.destination, this.run),
        },
      }),
    };
  }

  /** Takes over what a person decided. */
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
    const redactions = redactionsOf(this.edit.shapes, this.pixels);
    // The same random numbers each time, so that nothing flickers while a shape is moved.
    const random = randomOfPhoto(this.bytes, 'preview');
    return asJpeg(redactPreview(this.preview, redactions, this.pixels, style, random));
  }

  /** The photo as the full check wrote it. @throws {ImageDeidError} what the pipeline throws */
  async written(): Promise<Buffer> {
    const [first] = (await this.finish()).redacted.frames;
    if (!first) throw new ImageDeidError({ id: 'error/internal/no-picture', values: {} }, 'encode');
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
        withEdit(this.examined, this.edit, partOfEdit(this.edit, this.pixels)),
        settings,
        this.toolbox,
        MEMORY,
        numbers,
      );
      this.finished = { of: this.edit, result: this.bound(result, settings) };
    }
    return this.finished.result;
  }

  /** @throws {ImageDeidError} what the pipeline throws */
  async check(): Promise<CheckView> {
    return checkView(await this.finish(), this.edit, this.run);
  }

  /** The settings that the last edit asks for. */
  settings(): ProcessSettings {
    return settingsOfEdit(this.edit, this.run?.maxRisk);
  }

  private async bound(
    result: Promise<ProcessedImage>,
    { destination }: ProcessSettings,
  ): Promise<ProcessedImage> {
    const done = await result;
    return this.run ? { ...done, decision: withinRun(done.decision, destination, this.run) } : done;
  }

  /** Begins a thorough look, as large as these settings publish the photo; it waits for one that still goes on. */
  private look(settings: ProcessSettings): void {
    this.begun++;
    this.lookedScale = lookScale(this.pixels, settings);
    this.ready = this.ready.then(async () => {
      const all = await lookAtImage(this.read, settings, this.toolbox, new Stopwatch());
      this.examined = all;
      this.looks++;
      if (isUntouched(this.edit.shapes)) this.edit = { ...this.edit, shapes: this.planned().shapes };
    });
    // Callers of `whenReady` get this error; a photo that nobody waits for is dropped in any case.
    this.ready.catch(() => undefined);
  }

  private planned(): PlannedShapes {
    return plannedShapes(this.examined, this.edit, this.pixels);
  }
}
