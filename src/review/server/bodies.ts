import * as z from 'zod/mini';
import { ImageDeidError } from '../../core/errors.js';
import { CallError } from './call-error.js';

/** Of a JSON body. */
const MOST_JSON = 256 * 1024;

/** The whole body, counted as it comes: a length that a caller claims is no limit. @throws {ImageDeidError} too-large, empty-file */
export async function readBody({ body }: Request, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (body) {
    for await (const part of body as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > most)
        throw new ImageDeidError('too-large', 'read', `The file has more than ${most} bytes`);
      parts.push(part);
    }
  }
  if (length === 0) throw new ImageDeidError('empty-file', 'read', 'The file is empty');
  return Buffer.concat(parts);
}

/** A JSON body of that shape. @throws {CallError} bad-request */
export async function bodyOf<T extends z.ZodMiniType>(request: Request, schema: T): Promise<z.infer<T>> {
  let value: unknown;
  try {
    value = JSON.parse((await readBody(request, MOST_JSON)).toString('utf8'));
  } catch (cause) {
    throw new CallError('bad-request', 'Expected JSON', { cause });
  }
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw new CallError('bad-request', 'The request is not as src/review/api.ts has it');
}
