import { signal as signalOf } from '@preact/signals';
import type * as z from 'zod/mini';
import {
  API,
  apiErrorSchema,
  checkViewSchema,
  othersSchema,
  photoViewSchema,
  queueEntrySchema,
  queueViewSchema,
  reasonViewSchema,
  sessionViewSchema,
  type DecisionRequest,
  type Edit,
  type Save,
} from '../../api.js';
import { ImageDeidError } from '../../../core/errors.js';
import type { Finding } from '../../../core/finding.js';
import { downloadName } from '../model/download-name.js';
import { Channel, StrangerError, UsedError } from '../../channel/open-channel.js';
import { keepTicket, takeSecret } from './secret.js';

/** The written photo, its small view with outlines, or the source. */
export type QueuePictureKind = 'picture' | 'outlined' | 'original';

/** A call that did not succeed; `status` is 0 when nobody answered. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    /** Absent when the failure is none of this project's errors. */
    readonly finding?: Finding,
  ) {
    super(message);
  }
}

/** Whether another program now answers in the server's place: nothing is sent any more. */
export const isStranger = signalOf(false);

let channel: Channel | undefined;

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: unknown;
  readonly body?: Blob;
  readonly signal?: AbortSignal | undefined;
}

/** Neither the page's own address nor anything that the browser stores is sent along. */
const send = (url: string, init: RequestInit) =>
  fetch(url, { ...init, cache: 'no-store', credentials: 'omit', redirect: 'error' });

/** @throws {ApiFailure} for every answer that reports a failure; an AbortError when `signal` ended the call */
async function call(path: string, options: Call = {}): Promise<Response> {
  return (await prepare(path, options))();
}

/** The same in two steps: a prepared call is sent without waiting. */
async function prepare(path: string, { method = 'GET', json, body, signal }: Call) {
  if (!channel) throw new ApiFailure('unknown', 0, 'No session has begun');
  // Neither the file's name nor its type according to the system is sent.
  const content = body ?? (json === undefined ? undefined : new Blob([JSON.stringify(json)]));
  const bytes = content && new Uint8Array(await content.arrayBuffer());
  const prepared = await channel.prepare(path, { method, body: bytes, signal });
  return async () => {
    const response = await failing(prepared, signal);
    if (response.ok) return response;
    throw await failureOf(response);
  };
}

async function failing<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof UsedError) throw new ApiFailure('used', 401, error.message);
    if (!(error instanceof StrangerError)) throw new ApiFailure('offline', 0, 'No answer');
    isStranger.value = true;
    throw new ApiFailure('stranger', 401, error.message);
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const { status } = response;
  const told = apiErrorSchema.safeParse(await response.json().catch(() => undefined)).data;
  if (!told) return new ApiFailure('unknown', status, `HTTP ${status}`);
  const { code, message, finding } = told;
  return new ApiFailure(code, status, message, finding && ImageDeidError.from(finding).finding);
}

/** What an answer holds. @throws {ApiFailure} unknown, when that is not what src/review/api.ts says */
async function read<T extends z.ZodMiniType>(schema: T, answer: Promise<Response>): Promise<z.infer<T>> {
  const response = await answer;
  const result = schema.safeParse(await response.json().catch(() => undefined));
  if (result.success) return result.data;
  throw new ApiFailure('unknown', response.status, 'The answer is not as src/review/api.ts has it');
}

const ofPhoto = (id: string) => `/photos/${encodeURIComponent(id)}`;

/** Every call of src/review/api.ts. */
export const api = {
  /** Begins the session of this page; comes before every other call. */
  begin: async () => {
    channel = await failing(() => Channel.open(API, takeSecret(), send, keepTicket));
  },
  session: async () => read(sessionViewSchema, call('/session')),
  alive: async () => void (await call('/alive', { method: 'POST' })),
  openFile: async (body: Blob) => {
    // Proves that the server is still there before the photo is even read.
    await call('/alive', { method: 'POST' });
    return read(photoViewSchema, call('/photos', { method: 'POST', body }));
  },
  ready: async (id: string, signal: AbortSignal) =>
    read(photoViewSchema, call(`${ofPhoto(id)}/ready`, { signal })),
  edit: async (id: string, json: Edit, signal: AbortSignal) =>
    read(photoViewSchema, call(`${ofPhoto(id)}/edit`, { method: 'PUT', json, signal })),
  picture: async (id: string, which: 'before' | 'after' | 'written', signal: AbortSignal) =>
    (await call(`${ofPhoto(id)}/${which}`, { signal })).blob(),
  check: async (id: string, signal: AbortSignal) =>
    read(checkViewSchema, call(`${ofPhoto(id)}/check`, { method: 'POST', signal })),
  save: async (id: string, json: Save) => {
    const response = await call(`${ofPhoto(id)}/save`, { method: 'POST', json });
    return { name: downloadName(response.headers.get('content-disposition')), file: await response.blob() };
  },
  /** Prepares a call by which the server forgets a photo: when it is sent, the page may be closing and cannot wait. */
  forgetLater: (id: string) => prepare(ofPhoto(id), { method: 'DELETE' }),
  reason: async (reason: string) =>
    read(reasonViewSchema, call('/reason', { method: 'POST', json: { reason } })),
  queue: async () => read(queueViewSchema, call('/queue')),
  others: async () => read(othersSchema, call('/queue/others')),
  queuePicture: async (seq: number, which: QueuePictureKind, signal: AbortSignal) =>
    (await call(`/queue/${seq}/${which}`, { signal })).blob(),
  openEntry: async (seq: number) => read(photoViewSchema, call(`/queue/${seq}/open`, { method: 'POST' })),
  decide: async (seq: number, json: DecisionRequest) =>
    read(queueEntrySchema, call(`/queue/${seq}/decision`, { method: 'POST', json })),
};
