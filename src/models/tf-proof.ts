import type * as Tf from '@tensorflow/tfjs-core';

/** The numbers 1 to 9 as one 3 × 3 picture … */
const PICTURE = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** … filtered: the diagonal of each 2 × 2 square added up, less 7, clipped to 0–6; exact in float32. */
const ANSWER = [0, 1, 5, 6];

/** Whether the backend in use computes convolution, addition and clipping correctly; leaves no tensor behind. */
export function computesCorrectly(tf: typeof Tf): boolean {
  const values = tf.tidy(() => {
    const picture = tf.tensor4d(PICTURE, [1, 3, 3, 1]);
    const filter = tf.tensor4d([1, 0, 0, 1], [2, 2, 1, 1]);
    const sums = tf.add(tf.conv2d(picture, filter, 1, 'valid'), tf.tensor1d([-7]));
    return tf.clipByValue(sums, 0, 6).dataSync();
  });
  return values.length === ANSWER.length && ANSWER.every((value, i) => value === values[i]);
}
