import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { DETECTION_KINDS, FACE_FEATURES } from '../../dist/core/detection.js';

const BOX = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const DETECTION = z.looseObject({
  kind: z.enum(DETECTION_KINDS),
  feature: z.enum(FACE_FEATURES).optional(),
  box: BOX,
});
const REDACTION = z.looseObject({
  kinds: z.array(z.enum(DETECTION_KINDS)),
  box: BOX,
  polygon: z.array(z.tuple([z.number(), z.number()])),
});
const SEEN = z.looseObject({
  file: z.string(),
  error: z.undefined().optional(),
  detections: z.array(DETECTION),
  redactions: z.array(REDACTION),
  timings: z.looseObject({ detect: z.number() }),
});
const REFUSED = z.looseObject({ file: z.string(), error: z.looseObject({}) });

/** What `image-deid inspect --json`, or a tool that is compared with it, says about a photo. */
const ANSWER = z.union([REFUSED, SEEN]);
export type Seen = z.infer<typeof SEEN>;
export type Answer = z.infer<typeof ANSWER>;

export function isSeen(answer: Answer): answer is Seen {
  return answer.error === undefined;
}

/** A program's answers to photos: one line of JSON each. @throws {Error} when a line is something else */
export function answersOf(program: string, words: readonly string[]): Answer[] {
  const { stdout } = spawnSync(program, words, { maxBuffer: 2 ** 30, encoding: 'utf8' });
  return parseAnswers(stdout);
}

export function parseAnswers(text: string): Answer[] {
  return parseLines(text).map((line) => ANSWER.parse(line));
}

/** One value of JSON per line. */
export function parseLines(text: string): unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
