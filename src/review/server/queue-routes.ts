import { lstat, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Hono, type Context } from 'hono';
import sharp from 'sharp';
import { DETECTION_KINDS } from '../../core/detection.js';
import { ImageDeidError } from '../../core/errors.js';
import { DEFAULT_LIMITS } from '../../core/limits.js';
import { DEFAULT_SETTINGS } from '../../pipeline/index.js';
import type { ReviewDecision, ReviewedOutput, ReviewedPhoto } from '../../publish/index.js';
import { askOf, isLaxer, mayLeave, withinRun } from '../../risk/index.js';
import { readSource, type SourceFile } from '../../source/index.js';
import {
  decisionSchema,
  PREVIEW_SIDE,
  type DecisionRequest,
  type QueueEntry,
  type QueueView,
} from '../api.js';
import { bodyOf } from './bodies.js';
import { CallError } from './call-error.js';
import { assertRecordable } from './override-reason.js';
import { jpeg } from './photo-routes.js';
import type { Guarded } from './guard.js';
import type { PhotoProcess } from './photo-process.js';
import type { PhotoStore } from './photo-store.js';

const QUALITY = 85;

/** The calls about a finished batch; see src/review/api.ts. */
export function queueRoutes(output: ReviewedOutput, store: PhotoStore, desk: PhotoProcess): Hono<Guarded> {
  const routes = new Hono<Guarded>();
  const photoOf = (context: Context<Guarded>) => output.photo(Number(context.req.param('seq')));

  routes.get('/', async (context) => {
    const photos = await output.list();
    const entries = await Promise.all(photos.map((photo) => entryOf(photo, output)));
    const view: QueueView = { entries, counts: await output.counts() };
    return context.json(view);
  });
  routes.get('/:seq/picture', async (context) => {
    const written = sharp(await output.read(await photoOf(context)), {
      limitInputPixels: DEFAULT_LIMITS.maxPixels,
    });
    const small = written.resize(PREVIEW_SIDE, PREVIEW_SIDE, { fit: 'inside', withoutEnlargement: true });
    return jpeg(
      context,
      await small.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY }).toBuffer(),
    );
  });
  routes.get('/:seq/outlined', async (context) => {
    const picture = await output.outlined(await photoOf(context));
    return picture ? jpeg(context, picture) : context.body(null, 404);
  });
  routes.post('/:seq/open', async (context) => {
    const photo = await photoOf(context);
    const original = await originalOf(photo, output);
    if (!original) {
      const message = 'The original is not where it was, or has changed; it cannot be edited any more';
      return context.json({ code: 'unreadable', message }, 410);
    }
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

/** What stands in the way of the file that lies there, and the checks that led to it. */
function decidedOf({ record, made }: ReviewedPhoto) {
  const { reasons, lookingIsEnough, checks = [], settings } = made;
  // A person's edit is recorded with what they made of it, and not with what the gate said.
  const outcome = reasons.length === 0 ? 'cleared' : made === record ? record.outcome : 'review';
  const decision = { outcome, lookingIsEnough: lookingIsEnough === true, reasons };
  const isMarked = reasons.some(({ id }) => id === 'gate/laxer-than-run');
  return {
    decision: isMarked ? decision : withinRun(decision, settings.destination, record.settings),
    checks,
  };
}

async function entryOf(photo: ReviewedPhoto, output: ReviewedOutput): Promise<QueueEntry> {
  const { record, made, outcome, output: file, decision } = photo;
  const { destination } = made.settings;
  const found = made.found?.detections ?? {};
  const path = output.sourcePath(photo);
  const { after = 1 } = made.risk ?? {};
  return {
    seq: record.seq,
    state: ({ review: 'review', cleared: 'accepted', refused: 'rejected' } as const)[outcome],
    kinds: DETECTION_KINDS.filter((kind) => (found[kind] ?? 0) > 0),
    reasons: made.reasons,
    asks: askOf(decidedOf(photo)),
    // A record may hold a risk that is not a number, which JSON does not have.
    risk: Number.isNaN(after) ? 1 : after,
    destination,
    isLaxerThanRun: isLaxer(destination, record.settings),
    width: file.width,
    height: file.height,
    canEdit: path !== undefined && (await lstat(path).catch(() => undefined)) !== undefined,
    ...(decision?.reviewer !== undefined && { reviewer: decision.reviewer }),
  };
}

/** The photo that the record is about; undefined when it is gone or has been replaced by another. */
async function originalOf(photo: ReviewedPhoto, output: ReviewedOutput): Promise<SourceFile | undefined> {
  const path = output.sourcePath(photo);
  if (!path) return undefined;
  const root = Buffer.from(dirname(path.toString('latin1')), 'latin1');
  const entry = { path, root, named: true, display: '' };
  const file = await readSource(entry, DEFAULT_LIMITS).catch(() => undefined);
  return file && output.isOriginal(photo, file.sha256) ? file : undefined;
}
