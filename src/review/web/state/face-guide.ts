import { computed, signal } from '@preact/signals';
import { boxPolygon } from '../../../core/geometry.js';
import { SETTINGS_OF_WAY, type FaceWay } from '../../api.js';
import { firstMark, guideStep, type GuideState } from '../model/guide-step.js';
import { isKeep, type Region } from '../model/region.js';
import type { PhotoEditor } from './photo-editor.js';

/** Leads from a photo that is mostly a face to what may be seen of it. */
export class FaceGuide {
  readonly step;
  readonly #photo: PhotoEditor;
  readonly #answer = signal<GuideState['answer']>('none');
  readonly #isPlacing = signal(false);

  constructor(photo: PhotoEditor) {
    this.#photo = photo;
    const { keep, faces } = photo.view.peek().opened;
    // It was decided before the photo was opened.
    if (keep.length > 0 || faces !== 'whole') this.#answer.value = 'over';
    this.step = computed(() =>
      guideStep({
        hasPortrait: photo.view.value.portrait !== undefined,
        hasKeep: photo.history.value.now.list.some(isKeep),
        answer: this.#answer.value,
        isPlacing: this.#isPlacing.value,
      }),
    );
  }

  /** The lesion is on the face. */
  yes(): void {
    this.#answer.value = 'yes';
  }

  /** Adds a mark for keys to move. @returns what is added; undefined without a portrait */
  firstMark(): Region['polygon'] | undefined {
    const { portrait, width, height } = this.#photo.view.value;
    if (!portrait) return undefined;
    this.yes();
    this.#isPlacing.value = true;
    return boxPolygon(firstMark(portrait, { width, height }));
  }

  /** The mark is where it belongs. */
  placed(): void {
    this.#isPlacing.value = false;
  }

  /** The mark moves again. @returns its key */
  again(): string | undefined {
    this.#isPlacing.value = true;
    return this.#photo.history.value.now.list.find(isKeep)?.key;
  }

  choose(way: FaceWay): void {
    const regions = this.#photo.history.value.now;
    const list = way === 'covered' ? regions.list.filter((region) => !isKeep(region)) : regions.list;
    this.#photo.change({ ...regions, list }, undefined, SETTINGS_OF_WAY[way]);
    this.end();
  }

  /** The photo is treated as always. */
  end(): void {
    this.#answer.value = 'over';
    this.#isPlacing.value = false;
  }

  /** Shows the choices once more. */
  reopen(): void {
    this.#answer.value = 'yes';
  }
}
