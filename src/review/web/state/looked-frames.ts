import { signal } from '@preact/signals';
import { sheetsOf, type QueueEntry, type Strip } from '../../api.js';

/** Which sheets of the batch's photos this page has shown, by the number of their entry. */
const shown = signal<ReadonlyMap<number, ReadonlySet<number>>>(new Map());
const NONE: ReadonlySet<number> = new Set();

export const lookedOf = (seq: number): ReadonlySet<number> => shown.value.get(seq) ?? NONE;

export function look(seq: number, sheet: number): void {
  shown.value = new Map([...shown.value, [seq, new Set([...lookedOf(seq), sheet])]]);
}

/** The photo of the entry is another one now, or the server has begun anew. */
export function forgetLooks(seq: number): void {
  shown.value = new Map([...shown.value].filter(([other]) => other !== seq));
}

/** Whether nothing is left to look at; a single picture is on the screen as a whole. */
export const isLookedAt = (strip: Strip | undefined, looked: ReadonlySet<number>): boolean =>
  !strip || looked.size >= sheetsOf(strip);

/** Whether an entry was shown as a whole. */
export const isEntryLookedAt = ({ seq, strip }: QueueEntry): boolean => isLookedAt(strip, lookedOf(seq));
