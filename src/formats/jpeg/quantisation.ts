/** Tables K.1 (luminance) and K.2 (chrominance) of ITU-T T.81, annex K, in the zigzag order of a DQT segment. */
const LUMINANCE = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60,
  57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112,
  100, 120, 92, 101, 103, 99,
]; // prettier-ignore
const CHROMINANCE = [
  17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99,
]; // prettier-ignore

/** A table of annex K scaled as the Independent JPEG Group's library does for a quality of 1–100. */
function scaled(table: readonly number[], quality: number): string {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  return table.map((v) => Math.min(255, Math.max(1, Math.floor((v * percent + 50) / 100)))).join();
}

const STANDARD = new Set(
  Array.from({ length: 100 }, (_, i) => [scaled(LUMINANCE, i + 1), scaled(CHROMINANCE, i + 1)]).flat(),
);

/**
 * Whether the content of a DQT segment is made of standard tables only: cameras and editors have their own, which
 * tell them apart (Farid 2006, "Digital image ballistics from JPEG quantization").
 */
export function isStandardQuantisation(content: Uint8Array): boolean {
  if (content.length === 0 || content.length % 65 !== 0) return false;
  for (let at = 0; at < content.length; at += 65) {
    // The upper half of the first byte says 8 or 16 bits.
    if ((content[at] as number) > 3) return false;
    if (!STANDARD.has(content.subarray(at + 1, at + 65).join())) return false;
  }
  return true;
}
