/** States that can be gone back to, and again forward. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** What the last change was about: a second one about the same is one step with it. */
  readonly about?: string;
}

const MOST_STEPS = 100;

/** A history that begins. */
export const startHistory = <T>(now: T): History<T> => ({ past: [], now, future: [] });

/**
 * With a new state.
 * @param about given for small steps, such as those of an arrow key: those in a row about the same are undone at once
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

/** Every state changed alike: what is not of a person's doing cannot be undone. */
export function rebase<T>(history: History<T>, change: (state: T) => T): History<T> {
  return {
    ...history,
    past: history.past.map(change),
    now: change(history.now),
    future: history.future.map(change),
  };
}
