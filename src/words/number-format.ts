const FORMATS = new Map<string, Intl.NumberFormat>();

/** How a language writes numbers. Each way is made once, because making one takes longer than writing many numbers. */
export function numberFormat(
  locale: string,
  style: 'decimal' | 'percent',
  leastDigits: number,
  mostDigits: number,
): Intl.NumberFormat {
  const key = `${locale} ${style} ${leastDigits} ${mostDigits}`;
  const made =
    FORMATS.get(key) ??
    new Intl.NumberFormat(locale, {
      style,
      minimumFractionDigits: leastDigits,
      maximumFractionDigits: mostDigits,
    });
  FORMATS.set(key, made);
  return made;
}
