import { signal } from '@preact/signals';
import { isPhotoLost, failureWords, wasCancelled } from './failure-words.js';

/** What a person should know now; one at a time, the newest. */
export interface Notice {
  readonly tone: 'error' | 'info';
  readonly text: string;
}

export const notice = signal<Notice | undefined>(undefined);
/** Small changes, told only to screen readers. */
export const whisper = signal('');

export function inform(text: string): void {
  notice.value = { tone: 'info', text };
}

let leaveLost = (): void => undefined;

/** @param leave called when a call says that its photo is no longer held: nothing can be done with it */
export function onPhotoLost(leave: () => void): void {
  leaveLost = leave;
}

/** Shows what went wrong, unless the page itself cancelled it. */
export function report(error: unknown): void {
  if (wasCancelled(error)) return;
  if (isPhotoLost(error)) leaveLost();
  notice.value = { tone: 'error', text: failureWords(error) };
}

/** Starts something that nobody waits for; errors are shown. */
export function start(work: Promise<unknown>): void {
  work.catch(report);
}
