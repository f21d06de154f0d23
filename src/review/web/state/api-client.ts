import {
  API,
  TOKEN_HEADER,
  type ApiError,
  type CheckView,
  type DecisionRequest,
  type Edit,
  type PhotoView,
  type QueueEntry,
  type QueueView,
  type Save,
  type SessionView,
} from '../../api.js';
import { downloadName } from '../model/download-name.js';
import { takeToken } from './token.js';

/** A call that did not succeed; `status` is 0 when nobody answered. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const token = takeToken();

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: unknown;
  readonly body?: Blob;
  readonly signal?: AbortSignal | undefined;
  readonly keepalive?: boolean;
}

/** @throws {ApiFailure} for every answer that is no success; an AbortError when `signal` ended it */
async function call(path: string, { method = 'GET', json, body, signal, keepalive = false }: Call = {}) {
  const headers = new Headers({ [TOKEN_HEADER]: token });
  // Neither the name of the file nor what the system takes it for is told.
  if (body) headers.set('content-type', 'application/octet-stream');
  if (json !== undefined) headers.set('content-type', 'application/json');
  const sent = body ?? (json === undefined ? null : JSON.stringify(json));
  let response: Response;
  try {
    response = await fetch(API + path, {
      method,
      headers,
      body: sent,
      signal: signal ?? null,
      keepalive,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiFailure('offline', 0, 'No answer');
  }
  if (response.ok) return response;
  throw await failureOf(response);
}

async function failureOf(response: Response): Promise<ApiFailure> {
  try {
    const { code, message } = (await response.json()) as ApiError;
    return new ApiFailure(code, response.status, message);
  } catch {
    return new ApiFailure('unknown', response.status, `HTTP ${response.status}`);
  }
}

// The server is part of this very program: its answers are taken as the contract says.
const asJson = async <T>(response: Response) => (await response.json()) as T;

const ofPhoto = (id: string) => `/photos/${encodeURIComponent(id)}`;

/** Every call of src/review/api.ts. */
export const api = {
  session: async () => asJson<SessionView>(await call('/session')),
  alive: async () => void (await call('/alive', { method: 'POST' })),
  openFile: async (body: Blob) => asJson<PhotoView>(await call('/photos', { method: 'POST', body })),
  ready: async (id: string, signal: AbortSignal) =>
    asJson<PhotoView>(await call(`${ofPhoto(id)}/ready`, { signal })),
  edit: async (id: string, json: Edit, signal: AbortSignal) =>
    asJson<PhotoView>(await call(`${ofPhoto(id)}/edit`, { method: 'PUT', json, signal })),
  picture: async (id: string, which: 'before' | 'after' | 'written', signal: AbortSignal) =>
    (await call(`${ofPhoto(id)}/${which}`, { signal })).blob(),
  check: async (id: string, signal: AbortSignal) =>
    asJson<CheckView>(await call(`${ofPhoto(id)}/check`, { method: 'POST', signal })),
  save: async (id: string, json: Save) => {
    const response = await call(`${ofPhoto(id)}/save`, { method: 'POST', json });
    return { name: downloadName(response.headers.get('content-disposition')), file: await response.blob() };
  },
  /** The page may be on its way out: nothing waits for the answer. */
  forget: async (id: string) => void (await call(ofPhoto(id), { method: 'DELETE', keepalive: true })),
  queue: async () => asJson<QueueView>(await call('/queue')),
  queuePicture: async (seq: number, which: 'picture' | 'outlined', signal: AbortSignal) =>
    (await call(`/queue/${seq}/${which}`, { signal })).blob(),
  openEntry: async (seq: number) => asJson<PhotoView>(await call(`/queue/${seq}/open`, { method: 'POST' })),
  decide: async (seq: number, json: DecisionRequest) =>
    asJson<QueueEntry>(await call(`/queue/${seq}/decision`, { method: 'POST', json })),
};
