import { describe, expect, it } from 'vitest';
import { describeUnexpected } from './unexpected.js';

describe('describeUnexpected', () => {
  it('tells the kind and the place in this package, and nothing of the message or other paths', () => {
    const code = new URL('..', import.meta.url).pathname;
    const error = new TypeError('/home/martha/Martha.jpg\n    at /home/martha/Martha.jpg:1:1');
    error.stack = `TypeError: ${error.message}\n    at read (file://${code}batch/run-batch.js:64:12)\n    at ${code}cli/main.js:3:1`;
    expect(describeUnexpected(error)).toBe('TypeError, batch/run-batch.js:64');
    error.stack = `TypeError: ${error.message}\n    at node:fs:1:1`;
    expect(describeUnexpected(error)).toBe('TypeError');
    error.name = 'Martha Planted';
    expect(describeUnexpected(error)).toBe('Error');
    expect(describeUnexpected('Martha')).toBe('Error');
  });
});
