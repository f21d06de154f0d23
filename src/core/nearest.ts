/** A shorter word is near too many others. */
const SHORTEST = 3;

/**
 * The word that was probably meant: one that begins like it, or the one that differs least, at most in every third
 * letter; two letters that changed places count once, and capitals do not count.
 * @returns undefined when none is near
 */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  if (given.length < SHORTEST) return undefined;
  const longer = choices.filter((choice) => choice.toLowerCase().startsWith(given));
  if (longer.length === 1) return longer[0];
  const most = Math.floor(given.length / 3);
  const [best] = choices
    .map((choice) => ({ choice, changes: distance(given, choice.toLowerCase()) }))
    .filter(({ changes }) => changes <= most)
    .sort((a, b) => a.changes - b.changes);
  return best?.choice;
}

/** How many letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (last?.[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last?.[j - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before?.[j - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [before, last] = [last, row];
  }
  return last?.[b.length] ?? Infinity;
}
