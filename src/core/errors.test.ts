import { describe, expect, it } from 'vitest';
import { asImageDeidError, ImageDeidError } from './errors.js';

describe('ImageDeidError', () => {
  const error = new ImageDeidError({ id: 'error/too-large/file', values: { most: 9 } }, 'read');

  it('has the code and the English sentence of its finding', () => {
    expect(error.code).toBe('too-large');
    expect(error.message).toBe('The file has more than 9 bytes');
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'too-large',
      stage: 'read',
      id: 'error/too-large/file',
      values: { most: 9 },
      message: 'The file has more than 9 bytes',
    });
  });

  it('arrives in another process as it was', () => {
    expect(ImageDeidError.from(error.onTheWay()).toJSON()).toEqual(error.toJSON());
  });

  it.each([
    ['an id of another version', { id: 'error/too-large/page', values: {} }, 'error/too-large'],
    [
      'a value that cannot be right',
      { id: 'error/too-large/file', values: { most: 'a' } },
      'error/too-large',
    ],
    ['a value too many', { id: 'error/too-large/file', values: { most: 1, name: 'M' } }, 'error/too-large'],
    [
      'a value that would move the cursor',
      { id: 'error/usage/no-match', values: { input: '\u001b[2J' } },
      'error/usage',
    ],
    ['a code of another version', { id: 'error/too-blue/sky', values: {} }, 'error/internal'],
    ['a finding that is no error', { id: 'gate/unchecked', values: {} }, 'error/internal'],
    ['a name of every object', { id: 'constructor', values: {} }, 'error/internal'],
  ])('says no more than its code of %s', (_what, finding, id) => {
    const arrived = ImageDeidError.from({ ...finding, stage: 'read' });
    expect(arrived.finding).toEqual({ id, values: {} });
  });

  it('keeps what a library threw as its cause, and says none of it', () => {
    const cause = new Error('/home/martha/photo.jpg');
    const wrapped = asImageDeidError(cause, 'decode');
    expect(wrapped.cause).toBe(cause);
    expect(wrapped.finding).toEqual({ id: 'error/internal/unexpected', values: { stage: 'decode' } });
  });
});
