import { createHash } from 'node:crypto';
import {
  DEFAULT_SETTINGS,
  draftOfProcessed,
  type ProcessedImage,
  readImage,
  stageFinished,
  Stopwatch,
  type Toolbox,
} from '../../pipeline/index.js';
import { shrunk } from '../../imaging/resized.js';
import { ImageDeidError } from '../../core/errors.js';
import { StagingPlace } from '../../publish/index.js';
import { PREVIEW_SIDE, type Edit, type Save } from '../api.js';
import { asJpeg } from './preview.js';
import type { Desk } from './desk.js';
import { DeskPhoto } from './desk-photo.js';
import { mayLeave, type RunBounds } from '../../risk/index.js';

/** The photos that are open, in memory only. */
export class PhotoDesk implements Desk {
  private readonly photos = new Map<string, DeskPhoto>();

  constructor(private readonly toolbox: Toolbox) {}

  async open(bytes: Uint8Array, first: Partial<Edit>, run?: RunBounds) {
    const photo = await DeskPhoto.open(bytes, this.toolbox, first, run);
    this.photos.set(photo.id, photo);
    return photo.view();
  }

  async glance(bytes: Uint8Array) {
    const { source } = await readImage(bytes, DEFAULT_SETTINGS, this.toolbox, new Stopwatch());
    const [first] = source.frames;
    if (!first) throw new ImageDeidError({ id: 'error/malformed/no-picture', values: {} }, 'decode');
    return asJpeg(await shrunk(first.pixels, PREVIEW_SIDE));
  }

  async ready(id: string) {
    const photo = this.get(id);
    await photo.whenReady();
    return photo.view();
  }

  edit(id: string, edit: Edit) {
    return Promise.resolve(this.get(id).change(edit));
  }

  async picture(id: string, which: 'before' | 'after' | 'written') {
    return this.get(id)[which]();
  }

  async check(id: string) {
    return this.get(id).check();
  }

  async save(id: string, save: Save) {
    const { done, draft } = await this.finish(id, save);
    const isOverridden = done.decision.outcome !== 'cleared' && save.overrideReason !== undefined;
    const isStated = draft.settings.attestNone.length > 0;
    return {
      bytes: done.staged,
      extension: done.outputFormat.extension,
      ...((isOverridden || isStated) && { record: draft }),
    };
  }

  async stage(id: string, save: Save, folder: string) {
    const { done, draft } = await this.finish(id, save);
    const place = new StagingPlace(folder);
    try {
      await place.stage(done.staged, done.outputFormat.extension);
      return { staged: await stageFinished(done, place), draft };
    } catch (error) {
      await place.discard();
      throw error;
    }
  }

  drop(id: string) {
    this.photos.delete(id);
    return Promise.resolve();
  }

  /** The written photo and its record, if it may leave. */
  private async finish(id: string, save: Save) {
    const photo = this.get(id);
    const settings = photo.settings();
    const done: ProcessedImage = await photo.finish();
    if (!mayLeave(done, save)) {
      throw new ImageDeidError({ id: 'error/not-cleared/photo', values: {} }, 'score');
    }
    const sha256 = createHash('sha256').update(photo.bytes).digest('hex');
    return { done, draft: draftOfProcessed(done, { sha256, bytes: photo.bytes.length }, settings) };
  }

  private get(id: string): DeskPhoto {
    const photo = this.photos.get(id);
    if (photo) return photo;
    throw new ImageDeidError({ id: 'error/internal/not-held', values: {} }, 'worker');
  }
}
