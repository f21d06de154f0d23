/** A share 0–1 in words: whole percents, with one decimal below ten; only nothing is shown as "0 %". */
export function percent(share: number, locale: string): string {
  const format = (value: number) =>
    new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: value < 0.0995 ? 1 : 0,
    }).format(value);
  if (share > 0 && share < 0.0005) return `< ${format(0.001)}`;
  // A risk that is not certain must not be shown as certain.
  return format(share < 1 ? Math.min(share, 0.99) : 1);
}
