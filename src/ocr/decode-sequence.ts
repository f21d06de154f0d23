/** What a line says. */
export interface Reading {
  readonly text: string;
  /** Mean probability of its characters, 0–1; 0 where there are none. */
  readonly confidence: number;
}

/**
 * The likeliest character of each step, without repeats and blanks (Graves et al., "Connectionist Temporal
 * Classification", 2006: best path decoding).
 * @param probabilities steps × characters, row by row
 * @param characters by class; the first is the blank
 */
export function decodeSequence(probabilities: Float32Array, characters: readonly string[]): Reading {
  const classes = characters.length;
  let text = '';
  let [sum, count, previous] = [0, 0, 0];
  for (let step = 0; step < probabilities.length; step += classes) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if ((probabilities[step + c] as number) > (probabilities[step + best] as number)) best = c;
    }
    if (best !== 0 && best !== previous) {
      text += characters[best] ?? '';
      sum += probabilities[step + best] as number;
      count++;
    }
    previous = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}
