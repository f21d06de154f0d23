/** Spearman's ρ between the places of items in one order and in another, −1 to 1. @param ranks of the items, from 0 */
export function rankCorrelation(ranks: readonly number[]): number {
  const n = ranks.length;
  const squares = ranks.reduce((sum, rank, place) => sum + (rank - place) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}
