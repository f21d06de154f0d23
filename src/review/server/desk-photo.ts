import { randomBytes } from 'node:crypto';
import { ImageDeidError } from '../../core/errors.js';
import type { Frame, PixelImage } from '../../core/image.js';
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
import type { ShownFrames } from '../../publish/contract.js';
import { isLaxer, mostRisk, withinRun, type RunBounds } from '../../risk/index.js';
import { PREVIEW_SIDE, type CheckView, type Edit, type PhotoView, type Strip } from '../api.js';
import { FULL_SIZE, NO_EDIT, partOfEdit, settingsOfEdit } from './edit-settings.js';
import { redactionsOf, withEdit } from './edited-photo.js';
import { faceWays, portraitOf } from './face-ways.js';
import { featuresLeftOpen } from './features-left-open.js';
import { sheetOf, stripOf, stripPicture, type ReadFrames } from './frame-strip.js';
import { ShownSheets } from './shown-sheets.js';
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
  /** The frame that was asked for last, as small as the page shows it. */
  private previewed: { readonly at: number; readonly image: PixelImage } | undefined;
  private readonly shown = new ShownSheets();
  private finished: { readonly of: Edit; readonly result: Promise<ProcessedImage> } | undefined;

  private constructor(
    private readonly toolbox: Toolbox,
    readonly bytes: Uint8Array,
    private readonly read: ReadImage,
    private examined: ExaminedImage,
    private readonly pixels: PixelImage,
    private readonly shot: ShotDescription,
    preview: PixelImage,
    private readonly picture: Buffer,
    first: Partial<Edit>,
    private readonly run: RunBounds | undefined,
  ) {
    this.previewed = { at: 0, image: preview };
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
    // The page asks for this picture next, when the thorough look takes all of the processor.
    const preview = await shrunk(pixels, PREVIEW_SIDE);
    const [seen, picture] = await Promise.all([quickLook(read, pixels, toolbox), asJpeg(preview)]);
    return new DeskPhoto(toolbox, bytes, read, seen, pixels, await shot, preview, picture, first, run);
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
      ...(this.sheets && { strip: this.sheets }),
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
      prices: this.edit.leftOpen.map((more) => {
        const covered = { ...this.edit, shapes: [...this.edit.shapes, ...more] };
        return estimateRisk(withEdit(this.examined, covered, crop), this.settings()).after;
      }),
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

  async before(at: number): Promise<Buffer> {
    return at === 0 ? this.picture : asJpeg(await this.preview(at));
  }

  async after(at: number): Promise<Buffer> {
    const style = this.toolbox.styles[this.edit.style];
    const redactions = redactionsOf(this.edit.shapes, this.pixels);
    // The same random numbers each time, so that nothing flickers while a shape is moved.
    const random = randomOfPhoto(this.bytes, 'preview');
    return asJpeg(redactPreview(await this.preview(at), redactions, this.pixels, style, random));
  }

  /** A sheet of the photo as the full check wrote it; it counts as shown. @throws {ImageDeidError} what the pipeline throws */
  async written(sheet: number): Promise<Buffer> {
    const { edit } = this;
    const { frames } = (await this.finish()).redacted;
    const strip = this.sheets ?? { frames: 1, perSheet: 1, isAnimated: false };
    const picture = await sheetOf(strip, sheet, readerOf(frames));
    this.shown.add(edit, sheet);
    return picture;
  }

  /** All frames as they are, side by side and small. */
  async strip(): Promise<Buffer> {
    const { frames } = this.read.source;
    return stripPicture({ frames: frames.length, perSheet: 1, isAnimated: true }, readerOf(frames));
  }

  /**
   * What was shown of a photo of several frames, all of them; nothing for a single picture.
   * @throws {ImageDeidError} not-cleared, unless every sheet of what the last edit came to was shown
   */
  shownFrames(): ShownFrames | undefined {
    this.shown.assertAll(this.edit, this.sheets);
    return this.sheets && { frames: this.sheets.frames, perSheet: this.sheets.perSheet };
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
    const view = checkView(await this.finish(), this.edit, this.run);
    return { ...view, ...(this.sheets && { strip: this.sheets }) };
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

  /** How the photo is looked at, unless it is a single picture. Pages are not opened. */
  private get sheets(): Strip | undefined {
    return stripOf(this.read.source.frames.length, true);
  }

  /** One frame, as the page shows it. */
  private async preview(at: number): Promise<PixelImage> {
    if (this.previewed?.at !== at) {
      const [pixels = this.pixels] = await readerOf(this.read.source.frames)(at, 1);
      this.previewed = { at, image: await shrunk(pixels, PREVIEW_SIDE) };
    }
    return this.previewed.image;
  }

  private planned(): PlannedShapes {
    return plannedShapes(this.examined, this.edit, this.pixels);
  }
}

/** @throws {ImageDeidError} internal when there is no such frame */
function readerOf(frames: readonly Frame[]): ReadFrames {
  return (first, count) => {
    const images = frames.slice(first, first + count).map(({ pixels }) => pixels);
    if (images.length > 0) return Promise.resolve(images);
    throw new ImageDeidError({ id: 'error/internal/no-picture', values: {} }, 'decode');
  };
}
