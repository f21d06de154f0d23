import { describe, expect, it } from 'vitest';
import { ImageDeidError } from '../core/errors.js';
import { parseQueueUrl } from './connection.js';

describe('the address of a queue', () => {
  it('names host, port, user, password, database and TLS', () => {
    expect(parseQueueUrl('redis://queue')).toEqual({ host: 'queue', port: 6379 });
    expect(parseQueueUrl('rediss://deid:p%40ss@[::1]:7000/2')).toEqual({
      host: '::1',
      port: 7000,
      username: 'deid',
      password: 'p@ss',
      db: 2,
      tls: {},
    });
  });

  it.each(['queue:6379', 'http://:secret@host', 'redis://', 'redis://host/name', 'redis://:secret%@host'])(
    'is not %s, and what is said holds no part of it',
    (text) => {
      const attempt = () => parseQueueUrl(text);
      expect(attempt).toThrow(ImageDeidError);
      expect(attempt).not.toThrow('secret');
    },
  );
});
