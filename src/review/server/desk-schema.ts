import { z } from 'zod';
import { draftSchema } from '../../batch/draft-schema.js';
import { errorOnTheWaySchema } from '../../batch/worker-messages.js';
import { outputExtension, stagedSchema } from '../../publish/index.js';
import type { CheckView, PhotoView } from '../api.js';
import type { Desk, DeskAnswer, DeskCall } from './desk.js';

/** Contents are not checked again: they were parsed when they came from the page. */
export const deskCallSchema = z.object({
  call: z.number(),
  method: z.enum(['open', 'ready', 'edit', 'picture', 'check', 'save', 'stage', 'drop']),
  args: z.array(z.unknown()),
}) satisfies z.ZodType<DeskCall>;

export const deskAnswerSchema = z.union([
  z.object({ call: z.number(), failed: errorOnTheWaySchema }),
  z.object({ call: z.number(), result: z.unknown() }),
]) satisfies z.ZodType<DeskAnswer>;

const bytes = z.instanceof(Uint8Array);
const id = z.string().regex(/^[0-9a-f]{24}$/);
/** Only the page reads these; all that the server uses is the id. */
const photoView = z.custom<PhotoView>((value) => z.looseObject({ id }).safeParse(value).success);
const checkView = z.custom<CheckView>((value) => z.looseObject({}).safeParse(value).success);
const saved = z.object({ bytes, extension: outputExtension, override: draftSchema.exactOptional() });
const staged = z.object({ staged: stagedSchema, draft: draftSchema });

/** What each call of `Desk` may return: it holds hostile photos and is believed no further. @throws {z.ZodError} */
export const deskResults: { readonly [K in keyof Desk]: (result: unknown) => Awaited<ReturnType<Desk[K]>> } =
  {
    open: (result) => photoView.parse(result),
    ready: (result) => photoView.parse(result),
    edit: (result) => photoView.parse(result),
    picture: (result) => bytes.parse(result),
    check: (result) => checkView.parse(result),
    save: (result) => saved.parse(result),
    stage: (result) => staged.parse(result),
    drop: () => undefined,
  };
