import { Hono, type Context } from 'hono';
import { neutralName, recordStatement } from '../../publish/index.js';
import { EDIT_FIELDS, saveSchema } from '../api.js';
import { bodyOf, fieldsOf, readBody } from './bodies.js';
import { CallError } from './call-error.js';
import { assertRecordable } from './override-reason.js';
import type { Guarded } from './guard.js';
import type { PhotoProcess } from './photo-process.js';
import type { PhotoStore } from './photo-store.js';

/** Most uploads at once: each is held in memory as a whole. */
const MOST_UPLOADS = 2;

/** The calls about one photo; see src/review/api.ts. */
export function photoRoutes(store: PhotoStore, desk: PhotoProcess, maxBytes: number): Hono<Guarded> {
  const routes = new Hono<Guarded>();
  let uploads = 0;

  routes.post('/', async (context) => {
    if (uploads >= MOST_UPLOADS) {
      throw new CallError('busy', 'Too many photos are being opened; try again in a moment');
    }
    uploads++;
    try {
      const view = await desk.call('open', await readBody(context, maxBytes), {});
      store.add(view.id);
      return context.json(view, 201);
    } finally {
      uploads--;
    }
  });

  const photoOf = (context: Context<Guarded>) => store.known(context.req.param('id') ?? '');
  routes.get('/:id/ready', async (context) => context.json(await desk.call('ready', photoOf(context))));
  routes.put('/:id/edit', async (context) => {
    const edit = await fieldsOf(context, EDIT_FIELDS);
    return context.json(await desk.call('edit', photoOf(context), edit));
  });
  for (const which of ['before', 'after', 'written'] as const) {
    routes.get(`/:id/${which}`, async (context) =>
      jpeg(context, await desk.call('picture', photoOf(context), which)),
    );
  }
  routes.post('/:id/check', async (context) => context.json(await desk.call('check', photoOf(context))));
  routes.post('/:id/save', async (context) => {
    const save = await bodyOf(context, saveSchema);
    assertRecordable(save);
    const { bytes, extension, record } = await desk.call('save', photoOf(context), save);
    if (record) await recordStatement(record, save.overrideReason);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${neutralName(extension)}"`,
    });
  });
  routes.delete('/:id', (context) => {
    store.delete(context.req.param('id'));
    return context.body(null, 204);
  });
  return routes;
}

/** A picture for the page. */
export function jpeg(context: Context, bytes: Uint8Array): Response {
  return context.body(new Uint8Array(bytes), 200, { 'content-type': 'image/jpeg' });
}
