import { z } from 'zod';
import { draftSchema, errorOnTheWaySchema } from '../../batch/index.js';
import { outputExtension, stagedSchema } from '../../publish/index.js';
import { checkViewSchema, photoViewSchema } from '../api.js';
import type { Desk, DeskAnswer, DeskCall } from './desk.js';

/** Contents are not checked again: they were parsed when they came from the page. */
export const deskCallSchema = z.object({
  call: z.number(),
  method: z.enum(['open', 'glance', 'ready', 'edit', 'picture', 'check', 'save', 'stage', 'drop']),
  args: z.array(z.unknown()),
}) satisfies z.ZodType<DeskCall>;

export const deskAnswerSchema = z.union([
  z.object({ call: z.number(), failed: errorOnTheWaySchema }),
  z.object({ call: z.number(), result: z.unknown() }),
]) satisfies z.ZodType<DeskAnswer>;

const bytes = z.instanceof(Uint8Array);
const saved = z.object({ bytes, extension: outputExtension, record: draftSchema.exactOptional() });
const staged = z.object({ staged: stagedSchema, draft: draftSchema });

/** What each call of `Desk` may return: it holds hostile photos and is believed no further. @throws {z.ZodError} */
export const deskResults: { readonly [K in keyof Desk]: (result: unknown) => Awaited<ReturnType<Desk[K]>> } =
  {
    open: (result) => photoViewSchema.parse(result),
    glance: (result) => bytes.parse(result),
    ready: (result) => photoViewSchema.parse(result),
    edit: (result) => photoViewSchema.parse(result),
    picture: (result) => bytes.parse(result),
    check: (result) => checkViewSchema.parse(result),
    save: (result) => saved.parse(result),
    stage: (result) => staged.parse(result),
    drop: () => undefined,
  };
