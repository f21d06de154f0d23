import { numberFormat } from './number-format.js';

/** More digits tell nothing. */
const MOST_DIGITS = 4;

/**
 * A share 0–1 in words: whole percents, with one decimal below ten; only nothing is shown as "0 %".
 * @param other a share beside which it stands: as many decimals are shown as tell the two apart
 */
export function percent(share: number, locale: string, other = share): string {
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    const shown = written(share, locale, digits);
    if (share === other || shown !== written(other, locale, digits)) return shown;
  }
  return written(share, locale, MOST_DIGITS);
}

function written(share: number, locale: string, digits: number): string {
  const format = (value: number) =>
    numberFormat(locale, 'percent', 0, Math.max(digits, value < 0.0995 ? 1 : 0)).format(value);
  if (share > 0 && share < 0.0005) return `< ${format(0.001)}`;
  // A risk that is not certain must not be shown as certain.
  return format(share < 1 ? Math.min(share, 0.99) : 1);
}
