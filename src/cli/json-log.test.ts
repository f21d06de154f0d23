import { describe, expect, it } from 'vitest';
import { ImageDeidError } from '../core/errors.js';
import { JsonLog } from './json-log.js';
import type { ObservedStep } from './observer.js';

function logged(act: (log: JsonLog) => void): unknown[] {
  const lines: string[] = [];
  act(
    new JsonLog(
      (text) => lines.push(text),
      () => new Date(0),
    ),
  );
  return lines.map((line) => JSON.parse(line) as unknown);
}
const time = '1970-01-01T00:00:00.000Z';

describe('JsonLog', () => {
  it('tells a photo’s number, what became of it and how long it took, and nothing else', () => {
    const record = {
      seq: 7,
      outcome: 'refused',
      error: { code: 'timeout', stage: 'worker' },
      timings: { decode: 20, detect: 300 },
      source: { hmac: 'a'.repeat(64) },
    } as unknown as NonNullable<ObservedStep['record']>;
    expect(logged((log) => log.step({ record, hasChanged: true }))).toEqual([
      {
        time,
        level: 'warn',
        event: 'photo',
        seq: 7,
        outcome: 'refused',
        code: 'timeout',
        stage: 'worker',
        hasChanged: true,
        milliseconds: 320,
      },
    ]);
    expect(logged((log) => log.step({ hasChanged: false }))).toEqual([
      { time, level: 'debug', event: 'photo-known' },
    ]);
  });

  it('leaves out what a system error may name', () => {
    const cause = new Error('ENOENT: open /home/martha/photo.jpg');
    const error = new ImageDeidError('input-gone', 'read', 'The folder of the photos is gone', { cause });
    expect(logged((log) => log.fail(error))).toEqual([
      {
        time,
        level: 'error',
        event: 'run-failed',
        code: 'input-gone',
        stage: 'read',
        message: 'The folder of the photos is gone',
      },
    ]);
  });
});
