/** What has become of one of several photos that a person gave at once. */
export type ItemState = 'waiting' | 'open' | 'saved' | 'left' | 'failed';

export interface Item<T> {
  readonly what: T;
  readonly state: ItemState;
}
/** Photos that are treated one after the other, in their order. */
export type Line<T> = readonly Item<T>[];

/** Adds some, at the end or before all that wait; a line of which nothing is left begins anew. */
export function addToLine<T>(line: Line<T>, more: readonly T[], isNext = false): Line<T> {
  const isOver = line.every(({ state }) => state !== 'waiting' && state !== 'open');
  const before = isOver ? [] : line.filter(({ state }) => !isNext || state !== 'waiting');
  const after = isOver ? [] : line.filter(({ state }) => isNext && state === 'waiting');
  return [...before, ...more.map((what): Item<T> => ({ what, state: 'waiting' })), ...after];
}

/** The line with its next photo open, beside the one that is still; `what` is absent when none waits. */
export function openNext<T>(line: Line<T>): { readonly line: Line<T>; readonly what?: T } {
  const next = line.find(({ state }) => state === 'waiting');
  if (!next) return { line };
  return { line: line.map((item) => (item === next ? { ...item, state: 'open' } : item)), what: next.what };
}

/** What has become of the photo that was opened last; nothing changes when none is open. */
export function endOpen<T>(line: Line<T>, state: ItemState): Line<T> {
  const last = lastOpen(line);
  return line.map((item, i) => (i === last ? { ...item, state } : item));
}

/** The photo that was opened last has taken the place of the one before, which was left without saving. */
export function leaveEarlier<T>(line: Line<T>): Line<T> {
  const last = lastOpen(line);
  return line.map((item, i) => (item.state === 'open' && i !== last ? { ...item, state: 'left' } : item));
}

export const waitingIn = <T>(line: Line<T>): number => line.filter(({ state }) => state === 'waiting').length;

/** Which photo of how many is open, from 1; undefined when none is, or when it is the only one. */
export function placeIn<T>(line: Line<T>): { readonly at: number; readonly all: number } | undefined {
  const at = lastOpen(line);
  return at < 0 || line.length < 2 ? undefined : { at: at + 1, all: line.length };
}

const lastOpen = <T>(line: Line<T>): number => line.map(({ state }) => state).lastIndexOf('open');
