import { ImageDeidError } from '../../core/errors.js';
import type { ShownFrames } from '../../publish/contract.js';
import type { ReviewedOutput, ReviewedPhoto } from '../../publish/index.js';
import { sheetsOf, type Strip } from '../api.js';
import { sheetOf, stripOf, stripPicture } from './frame-strip.js';
import { ShownSheets } from './shown-sheets.js';
import { isAnimatedFormat, writtenFrames } from './written-frames.js';

/** How the photo of an entry is looked at; undefined for a single picture. */
export function stripOfEntry({ output: { frames, format } }: ReviewedPhoto): Strip | undefined {
  return stripOf(frames, isAnimatedFormat(format));
}

/** The frames and pages of a batch's photos, and which of them were shown since this server began. */
export class EntryFrames {
  private readonly shown = new Map<number, ShownSheets>();

  constructor(private readonly output: ReviewedOutput) {}

  /** One sheet as JPEG; it counts as shown. @throws {ImageDeidError} usage when there is none; unclean-output */
  async sheet(photo: ReviewedPhoto, sheet: number): Promise<Buffer> {
    const strip = stripOfEntry(photo);
    if (!strip || sheet >= sheetsOf(strip)) throw noSuch();
    const picture = await sheetOf(strip, sheet, await this.read(photo));
    this.of(photo).add(photo.output.sha256, sheet);
    return picture;
  }

  /** All frames side by side, as JPEG. @throws {ImageDeidError} usage when it is a single picture; unclean-output */
  async strip(photo: ReviewedPhoto): Promise<Buffer> {
    const strip = stripOfEntry(photo);
    if (!strip) throw noSuch();
    return stripPicture(strip, await this.read(photo));
  }

  /**
   * What the ledger says was shown of a photo that is accepted as it is; nothing for a single picture.
   * @throws {ImageDeidError} not-cleared, unless every sheet was shown
   */
  shownOf(photo: ReviewedPhoto): { readonly shown?: ShownFrames } {
    const strip = stripOfEntry(photo);
    this.of(photo).assertAll(photo.output.sha256, strip);
    return strip ? { shown: { frames: strip.frames, perSheet: strip.perSheet } } : {};
  }

  private async read(photo: ReviewedPhoto) {
    return writtenFrames(await this.output.read(photo), photo.output.format);
  }

  private of({ record: { seq } }: ReviewedPhoto): ShownSheets {
    const known = this.shown.get(seq) ?? new ShownSheets();
    this.shown.set(seq, known);
    return known;
  }
}

function noSuch(): ImageDeidError {
  return new ImageDeidError({ id: 'error/usage/no-such-photo', values: {} }, 'usage');
}
