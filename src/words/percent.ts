import { numberFormat } from './number-format.js';

/** More digits tell nothing. */
const MOST_DIGITS = 4;
/** What floating point leaves between two shares that are the same. */
const SAME = 1e-12;

/**
 * A share 0–1 in words: whole percents, with one decimal below ten; only nothing is shown as "0 %".
 * @param other a share beside which it stands: as many decimals are shown as tell the two apart, and where these are
 * not enough, that it is more or less than what is written
 */
export function percent(share: number, locale: string, other = share): string {
  for (let digits = 0; digits <= MOST_DIGITS; digits++) {
    const shown = written(share, locale, digits);
    if (share === other || shown !== written(other, locale, digits)) return shown;
  }
  const shown = written(share, locale, MOST_DIGITS);
  const rounded = Number(share.toFixed(MOST_DIGITS + 2));
  if (Math.abs(share - rounded) < SAME || shown.startsWith('<')) return shown;
  return `${share > rounded ? '>' : '<'} ${shown}`;
}

function written(share: number, locale: string, digits: number): string {
  const format = (value: number) =>
    numberFormat(locale, 'percent', 0, Math.max(digits, value < 0.0995 ? 1 : 0)).format(value);
  const least = 10 ** -(Math.max(digits, 1) + 2);
  if (share > 0 && share < least / 2) return `< ${format(least)}`;
  // A risk that is not certain must not be shown as certain.
  return format(share < 1 ? Math.min(share, 1 - 10 ** -(digits + 2)) : 1);
}
