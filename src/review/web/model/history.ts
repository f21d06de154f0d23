/** States that one can go back to and forward again. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** What the last change was about: another change about the same thing counts as the same step. */
  readonly about?: string;
}

const MOST_STEPS = 100;

/** A new history. */
export const startHistory = <T>(now: T): History<T> => ({ past: [], now, future: [] });

/**
 * Adds a new state.
 * @param about given for small steps, such as those of an arrow key: several in a row about one thing are undone at
 * once
 */
export function pushState<T>(history: History<T>, now: T, about?: string): History<T> {
  const continues = about !== undefined && about === history.about;
  const past = continues ? history.past : [...history.past, history.now].slice(-MOST_STEPS);
  return { past, now, future: [], ...(about === undefined ? {} : { about }) };
}

/** One step back, or the same history at its beginning. */
export function undo<T>({ past, now, future }: History<T>): History<T> {
  const previous = past.at(-1);
  if (previous === undefined) return { past, now, future };
  return { past: past.slice(0, -1), now: previous, future: [now, ...future] };
}

/** One step forward again, or the same history at its end. */
export function redo<T>({ past, now, future }: History<T>): History<T> {
  const [next, ...later] = future;
  if (next === undefined) return { past, now, future };
  return { past: [...past, now], now: next, future: later };
}

/** Changes every state alike: what a person did not do cannot be undone. */
export function rebase<T>(history: History<T>, change: (state: T) => T): History<T> {
  return {
    ...history,
    past: history.past.map(change),
    now: change(history.now),
    future: history.future.map(change),
  };
}
