import { computed, signal } from '@preact/signals';
import {
  addToLine,
  endOpen,
  leaveEarlier,
  openNext,
  placeIn,
  waitingIn,
  type ItemState,
  type Line,
} from '../model/line.js';

/** The files that a person gave, and what has become of them: held by their names until the page closes. */
export const line = signal<Line<File>>([]);
/** Which photo of how many is open. */
export const place = computed(() => placeIn(line.value));
/** How many photos wait. */
export const waiting = computed(() => waitingIn(line.value));

/** @param isNext before all that wait, instead of after them */
export function addPhotos(files: readonly File[], isNext: boolean): void {
  line.value = addToLine(line.value, files, isNext);
}

/** Takes the next photo; undefined when none waits. */
export function takePhoto(): File | undefined {
  const next = openNext(line.value);
  line.value = next.line;
  return next.what;
}

/** The photo that was taken is open, in the place of the one before. */
export function photoIsOpen(): void {
  line.value = leaveEarlier(line.value);
}

/** What has become of the photo that was taken last. */
export function endPhoto(state: ItemState): void {
  line.value = endOpen(line.value, state);
}
