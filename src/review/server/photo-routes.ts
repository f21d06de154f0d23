import { createHash, randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { ImageDeidError } from '../../core/errors.js';
import type { Toolbox } from '../../pipeline/toolbox.js';
import { editSchema, saveSchema } from '../api.js';
import { bodyOf, readBody } from './bodies.js';
import { OpenPhoto } from './open-photo.js';
import { mayLeave } from './overridable.js';
import { recordOverride } from './override-record.js';
import type { PhotoStore } from './photo-store.js';

/** Uploads at once: each is held in memory whole. */
const MOST_UPLOADS = 2;
const NAME_BYTES = 8;

/** The calls about one photo; see src/review/api.ts. */
export function photoRoutes(store: PhotoStore, toolbox: Toolbox, maxBytes: number): Hono {
  const routes = new Hono();
  let uploads = 0;

  routes.post('/', async (context) => {
    if (uploads >= MOST_UPLOADS) {
      throw new ImageDeidError('usage', 'usage', 'Too many photos are being opened; try again in a moment');
    }
    uploads++;
    try {
      const bytes = await readBody(context.req.raw, maxBytes);
      const photo = await OpenPhoto.open(bytes, toolbox);
      store.add(photo);
      return context.json(photo.view(), 201);
    } finally {
      uploads--;
    }
  });

  const photoOf = (context: Context) => store.get(context.req.param('id') ?? '');
  routes.get('/:id/ready', async (context) => {
    const photo = photoOf(context);
    await photo.ready;
    return context.json(photo.view());
  });
  routes.put('/:id/edit', async (context) =>
    context.json(photoOf(context).change(await bodyOf(context.req.raw, editSchema))),
  );
  routes.get('/:id/before', async (context) => jpeg(context, await photoOf(context).before()));
  routes.get('/:id/after', async (context) => jpeg(context, await photoOf(context).after()));
  routes.post('/:id/check', async (context) => context.json(await photoOf(context).check()));
  routes.post('/:id/save', async (context) => {
    const photo = photoOf(context);
    const save = await bodyOf(context.req.raw, saveSchema);
    const settings = photo.settings();
    const done = await photo.finish();
    if (!mayLeave(done, save)) {
      const message = done.decision.reasons.join('; ');
      throw new ImageDeidError('not-cleared', 'score', message);
    }
    if (done.decision.outcome !== 'cleared' && save.overrideReason !== undefined) {
      const sha256 = createHash('sha256').update(photo.bytes).digest('hex');
      await recordOverride(photo.bytes, sha256, done, settings, save.overrideReason);
    }
    const name = `${randomBytes(NAME_BYTES).toString('hex')}.${done.outputFormat.extension}`;
    return context.body(new Uint8Array(done.staged), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
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
