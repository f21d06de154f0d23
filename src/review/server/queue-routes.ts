import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import sharp from 'sharp';
import { ImageDeidError } from '../../core/errors.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { DEFAULT_SETTINGS } from '../../pipeline/index.js';
import type { ReviewDecision, ReviewedOutput, ReviewedPhoto } from '../../publish/index.js';
import { mayLeave } from '../../risk/index.js';
import { decisionSchema, PREVIEW_SIDE, type ApiError, type DecisionRequest, type QueueView } from '../api.js';
import { bodyOf } from './bodies.js';
import { CallError } from './call-error.js';
import { assertRecordable } from './override-reason.js';
import { jpeg } from './photo-routes.js';
import { decidedOf, entryOf, originalOf, settledEntry } from './queue-entry.js';
import type { Guarded } from './guard.js';
import type { PhotoProcess } from './photo-process.js';
import type { PhotoStore } from './photo-store.js';

const QUALITY = 85;
const GONE: ApiError = {
  code: 'unreadable',
  message: 'The original is not where it was, or has changed',
};

/** The calls about a finished batch; see src/review/api.ts. */
export function queueRoutes(output: ReviewedOutput, store: PhotoStore, desk: PhotoProcess): Hono<Guarded> {
  const routes = new Hono<Guarded>();
  const photoOf = (context: Context<Guarded>) => output.photo(Number(context.req.param('seq')));
  const anyOf = (context: Context<Guarded>) => output.any(Number(context.req.param('seq')));

  routes.get('/', async (context) => {
    const photos = await output.list();
    const entries = await Promise.all(photos.map((photo) => entryOf(photo, output)));
    const view: QueueView = { entries, counts: await output.counts() };
    return context.json(view);
  });
  routes.get('/others', async (context) =>
    context.json((await output.others()).map((photo) => settledEntry(photo, output))),
  );
  routes.get('/:seq/original', async (context) => {
    const original = await originalOf(await anyOf(context), output);
    return original ? jpeg(context, await desk.call('glance', original.bytes)) : context.json(GONE, 410);
  });
  routes.get('/:seq/picture', async (context) => {
    const written = sharp(await output.read(await anyOf(context)), {
      limitInputPixels: DEFAULT_LIMITS.maxPixels,
    });
    const small = written.resize(PREVIEW_SIDE, PREVIEW_SIDE, { fit: 'inside', withoutEnlargement: true });
    return jpeg(
      context,
      await small.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY }).toBuffer(),
    );
  });
  routes.get('/:seq/outlined', async (context) => {
    const picture = await output.outlined(await anyOf(context));
    return picture ? jpeg(context, picture) : context.body(null, 404);
  });
  routes.post('/:seq/open', async (context) => {
    const photo = await photoOf(context);
    const original = await originalOf(photo, output);
    if (!original) return context.json(GONE, 410);
    const { extent, faces } = { ...DEFAULT_SETTINGS, ...photo.record.settings };
    const { destination, maxRisk, style, cropToKeep } = photo.record.settings;
    const { bytes, keep = [] } = original;
    const first = { destination, style, extent, faces, keep, cropToKeep: cropToKeep && keep.length > 0 };
    const view = await desk.call('open', bytes, first, { destination, maxRisk });
    store.add(view.id);
    return context.json(view, 201);
  });
  routes.post('/:seq/decision', async (context) => {
    const request = await bodyOf(context, decisionSchema);
    assertRecordable(request);
    const photo = await photoOf(context);
    const decided = await decide(photo, request, output, store, desk);
    return context.json(await entryOf(decided, output));
  });
  return routes;
}

async function decide(
  photo: ReviewedPhoto,
  request: DecisionRequest,
  output: ReviewedOutput,
  store: PhotoStore,
  desk: PhotoProcess,
): Promise<ReviewedPhoto> {
  const { decision, initials, overrideReason } = request;
  const by = { reviewer: initials, ...(overrideReason !== undefined && { overrideReason }) };
  if (decision === 'undo') return output.decide(photo, { outcome: 'review', reviewer: initials });
  // An earlier decision has to be undone first, by somebody who has seen it.
  if (photo.decision && photo.outcome !== 'review') {
    throw new ImageDeidError({ id: 'error/decided/already', values: {} }, 'publish');
  }
  if (decision === 'reject') return output.decide(photo, { outcome: 'refused', reviewer: initials });
  if (request.edited !== undefined) return acceptEdited(photo, request, output, store, desk);
  if (!mayLeave(decidedOf(photo), { hasLooked: true, overrideReason })) {
    throw new ImageDeidError({ id: 'error/not-cleared/no-reason', values: {} }, 'score');
  }
  return output.decide(photo, { outcome: 'cleared', ...by });
}

async function acceptEdited(
  photo: ReviewedPhoto,
  { initials, overrideReason, edited = '' }: DecisionRequest,
  output: ReviewedOutput,
  store: PhotoStore,
  desk: PhotoProcess,
): Promise<ReviewedPhoto> {
  const override = overrideReason !== undefined ? { overrideReason } : {};
  const save = { hasLooked: true, ...override };
  const made = await desk.call('stage', store.known(edited), save, output.staging);
  try {
    if (!output.isOriginal(photo, made.draft.source.sha256)) {
      throw new CallError('bad-request', 'The photo that was edited is another one');
    }
    const decision: ReviewDecision = { outcome: 'cleared', reviewer: initials, ...override, edited: made };
    const decided = await output.decide(photo, decision);
    store.delete(edited);
    return decided;
  } finally {
    const { photo: file, plain, outlined = plain } = made.staged;
    for (const name of [file, plain, outlined]) await rm(join(output.staging, name), { force: true });
  }
}
