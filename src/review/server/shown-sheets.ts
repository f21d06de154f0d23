import { ImageDeidError } from '../../core/errors.js';
import { sheetsOf, type Strip } from '../api.js';

/** What a person was shown of a file of several frames or pages, in the version that was shown last. */
export class ShownSheets {
  private readonly sheets = new Set<number>();
  private version: unknown;

  /** @param version equal for the same content only */
  add(version: unknown, sheet: number): void {
    if (version !== this.version) this.sheets.clear();
    this.version = version;
    this.sheets.add(sheet);
  }

  /**
   * Nothing leaves of which a person has seen a part only.
   * @param strip undefined for a single picture, for which the other rules are enough
   * @throws {ImageDeidError} not-cleared
   */
  assertAll(version: unknown, strip: Strip | undefined): void {
    const all = strip ? sheetsOf(strip) : 0;
    const shown = version === this.version ? this.sheets.size : 0;
    if (shown >= all) return;
    throw new ImageDeidError({ id: 'error/not-cleared/not-shown', values: { shown, sheets: all } }, 'score');
  }
}
