import type { Context } from 'hono';
import * as z from 'zod/mini';
import { asImageDeidError, ImageDeidError } from '../../core/errors.js';
import { parseFields, type Fields, type Values } from '../../settings/field.js';
import { SEAL_BYTES } from '../channel/keys.js';
import { CallError } from './call-error.js';
import type { Guarded } from './guard.js';

/** Largest JSON body, in bytes. */
const MOST_JSON = 1024 * 1024;

/**
 * The content of a body, of at most `most` bytes.
 * @throws {ImageDeidError} too-large, empty-file; {CallError} bad-request, when it was not sealed by the page
 */
export async function readBody(context: Context<Guarded>, most: number): Promise<Uint8Array> {
  const bytes = await context.var.unsealed(await readRaw(context.req.raw, most + SEAL_BYTES, most));
  if (bytes.length === 0) throw new ImageDeidError({ id: 'error/empty-file/read', values: {} }, 'read');
  return bytes;
}

/** The content of a JSON body, which must fit the schema. @throws {CallError} bad-request */
export async function bodyOf<T extends z.ZodMiniType>(
  context: Context<Guarded>,
  schema: T,
): Promise<z.infer<T>> {
  return parsed(await readBody(context, MOST_JSON), schema);
}

/** The content of a JSON body with these fields. @throws {CallError} bad-request, with the field that is wrong */
export async function fieldsOf<F extends Fields>(context: Context<Guarded>, fields: F): Promise<Values<F>> {
  const value = jsonOf(await readBody(context, MOST_JSON));
  try {
    return parseFields(fields, value, 'request');
  } catch (cause) {
    throw new CallError('bad-request', asImageDeidError(cause, 'usage').message, { cause });
  }
}

/** Like `bodyOf`, but for a body that is not sealed, before a session begins. @throws {CallError} bad-request */
export async function openBodyOf<T extends z.ZodMiniType>({ req }: Context, schema: T): Promise<z.infer<T>> {
  return parsed(await readRaw(req.raw, MOST_JSON, MOST_JSON), schema);
}

/** The whole body, counted as it arrives: a length that a caller claims is no limit. @param told in the message */
async function readRaw({ body }: Request, most: number, told: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (body) {
    for await (const part of body as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > most)
        throw new ImageDeidError({ id: 'error/too-large/file', values: { most: told } }, 'read');
      parts.push(part);
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function parsed<T extends z.ZodMiniType>(bytes: Uint8Array, schema: T): z.infer<T> {
  const result = z.safeParse(schema, jsonOf(bytes));
  if (result.success) return result.data;
  throw new CallError('bad-request', 'The request is not as src/review/api.ts has it');
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new CallError('bad-request', 'Expected JSON', { cause });
  }
}
