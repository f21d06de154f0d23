/** Of each group of items that are the same, only the surest; surest first (greedy non-maximum suppression). */
export function eachOnce<T extends { readonly score: number }>(
  seen: readonly T[],
  isSame: (surer: T, one: T) => boolean,
): T[] {
  const kept: T[] = [];
  for (const one of [...seen].sort((a, b) => b.score - a.score)) {
    if (!kept.some((surer) => isSame(surer, one))) kept.push(one);
  }
  return kept;
}
