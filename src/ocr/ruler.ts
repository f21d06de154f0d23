const UNIT = /\s?(mm|cm|in)\.?$/i;
const NUMBER = /^\d{1,3}([.,]\d)?$/;

/**
 * Whether a line could come from a ruler: one number of at most three digits before the decimal point, or several that
 * rise or fall by equal steps, with or without a unit. A date or an identity number is neither.
 */
export function isRulerText(text: string): boolean {
  const words = text.trim().replace(UNIT, '').split(/\s+/);
  if (!words.every((word) => NUMBER.test(word))) return false;
  const numbers = words.map((word) => Number(word.replace(',', '.')));
  const steps = numbers.slice(1).map((number, i) => number - (numbers[i] as number));
  return steps.every((step) => step !== 0 && step === steps[0]);
}
