import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { asImageDeidError, ImageDeidError, type ErrorCode } from '../../core/errors.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { VERSION } from '../../core/version.js';
import type { ReviewedOutput } from '../../publish/index.js';
import { DESTINATIONS, PROFILES } from '../../risk/index.js';
import {
  API,
  reasonSchema,
  rememberedSchema,
  type ApiError,
  type ReasonView,
  type SessionView,
} from '../api.js';
import { helloSchema } from '../channel/messages.js';
import type { Access } from './access.js';
import { bodyOf, openBodyOf } from './bodies.js';
import { CallError, type CallErrorCode } from './call-error.js';
import { guard, type Guarded } from './guard.js';
import { photoRoutes } from './photo-routes.js';
import type { PhotoProcess } from './photo-process.js';
import type { PhotoStore } from './photo-store.js';
import { identifiersIn } from './override-reason.js';
import { remember } from './remembered.js';
import { queueRoutes } from './queue-routes.js';

const WEB = fileURLToPath(new URL('../web', import.meta.url));
const STATUS: Partial<Record<ErrorCode | CallErrorCode, 400 | 404 | 409 | 413 | 429 | 500>> = {
  'bad-request': 400,
  usage: 400,
  gone: 404,
  busy: 429,
  'too-large': 413,
  'not-cleared': 409,
  'reason-identifies': 409,
  decided: 409,
  crashed: 500,
  stopped: 500,
  internal: 500,
};

/** What the server works with. */
export interface ReviewParts {
  readonly access: Access;
  /** The port under which the server is reached. */
  readonly port: () => number;
  readonly desk: PhotoProcess;
  readonly store: PhotoStore;
  /** Absent when only single photos are edited. */
  readonly output?: ReviewedOutput;
}

/** The page and its calls (src/review/api.ts), behind the guard. */
export function createApp({ access, port, desk, store, output }: ReviewParts): Hono<Guarded> {
  const app = new Hono<Guarded>();
  app.use(guard(access, port));
  app.post(`${API}/session`, async (context) => {
    const answer = await access.greet(await openBodyOf(context, helloSchema));
    if (answer) return context.json(answer, 201);
    const message = 'The address was used already; open the one that image-deid printed last';
    return context.json({ code: 'used', message } satisfies ApiError, 401);
  });
  app.get(`${API}/session`, (context) => {
    const view: SessionView = {
      version: VERSION,
      hasBatch: output !== undefined,
      destinations: DESTINATIONS.map((id) => ({ id, mostRisk: PROFILES[id].mostRisk })),
      maxBytes: DEFAULT_LIMITS.maxBytes,
    };
    return context.json(view);
  });
  app.use(`${API}/*`, async (_context, next) => {
    store.alive();
    await next();
  });
  app.post(`${API}/alive`, (context) => context.body(null, 204));
  app.post(`${API}/reason`, async (context) => {
    const { reason } = await bodyOf(context, reasonSchema);
    return context.json({ found: identifiersIn(reason) } satisfies ReasonView);
  });
  app.put(`${API}/remembered`, async (context) => {
    await remember(await bodyOf(context, rememberedSchema));
    return context.body(null, 204);
  });
  app.route(`${API}/photos`, photoRoutes(store, desk, DEFAULT_LIMITS.maxBytes));
  if (output) app.route(`${API}/queue`, queueRoutes(output, store, desk));
  app.use('/*', serveStatic({ root: WEB }));
  app.notFound((context) =>
    context.json({ code: 'nothing-here', message: 'There is nothing here' } satisfies ApiError, 404),
  );
  app.onError((thrown, context) => {
    const error = thrown instanceof CallError ? thrown : asImageDeidError(thrown, 'worker');
    const { code, message } = error;
    const known = error instanceof CallError ? error.cause : error;
    const finding = known instanceof ImageDeidError ? { finding: known.onTheWay() } : {};
    return context.json({ code, message, ...finding } satisfies ApiError, STATUS[code] ?? 422);
  });
  return app;
}
