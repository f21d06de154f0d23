/** The French social security number: its key is 97 − (number mod 97); Corsica's 2A and 2B count as 19 and 18. */
export function isNir(text: string): boolean {
  const digits = text.replaceAll(' ', '').replace(/2A/i, '19').replace(/2B/i, '18');
  if (digits.length === 13) return true;
  return digits.length === 15 && 97n - (BigInt(digits.slice(0, 13)) % 97n) === BigInt(digits.slice(13));
}

/** The NHS number of England and Wales, modulo 11. */
export function isNhsNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, i) => total + digit * (10 - i), 0);
  return (11 - (sum % 11)) % 11 === digits[9];
}

/** The international bank account number, ISO 13616, modulo 97. */
export function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '').toUpperCase();
  const turned = `${plain.slice(4)}${plain.slice(0, 4)}`;
  const digits = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}
