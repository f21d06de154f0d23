import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import { PRIVATE_FILE, replaceFile, unlessAbsent, writeNew } from './durable-files.js';

const KEY_BYTES = 32;
const keySchema = z.string().regex(/^[0-9a-f]{64}$/);
/** `settings`: hash of what decides about every photo. The first form is that of earlier versions, which had no key. */
const stateSchema = z.union([
  z.object({ schema: z.literal('image-deid/state@1'), settings: z.string() }),
  z.object({ schema: z.literal('image-deid/state@2'), settings: z.string(), key: keySchema }),
]);

/**
 * Lets two values be compared without telling what they are: HMAC-SHA-256 under a key that stays in the private state
 * folder. With a plain hash of something that can be guessed (a photo that is known but for a name on it, a pattern in
 * a setting), anybody who guesses could see when they are right.
 */
export class RunKey {
  /** @param key hexadecimal, 64 digits */
  constructor(private readonly key: string) {}

  /** @param what kind of value it is; the same value as another kind has another hash */
  of(what: 'source' | 'settings', value: string): string {
    return createHmac('sha256', Buffer.from(this.key, 'hex')).update(`${what}\n${value}`).digest('hex');
  }
}

/** Begins the state of a run: stores its settings and a newly drawn key. @throws when there is a state already */
export function beginState(stateFolder: string, settings: string): Promise<void> {
  return writeNew(pathOf(stateFolder), Buffer.from(stateOf(settings, drawnKey())), PRIVATE_FILE);
}

/** The hash of the settings of the run in a state folder; undefined when there is no run there. */
export async function settingsOfState(stateFolder: string): Promise<string | undefined> {
  return (await readState(stateFolder).catch(() => undefined))?.settings;
}

/**
 * The key of a run. A run that an earlier version began gets a key now; its existing records stay as they are.
 * The caller holds the folder's lock.
 * @throws {ImageDeidError} usage, when the state is gone or damaged
 */
export async function runKey(stateFolder: string): Promise<RunKey> {
  const state = await readState(stateFolder).catch((cause: unknown) => {
    throw new ImageDeidError({ id: 'error/usage/state-gone', values: {} }, 'usage', { cause });
  });
  if (state.schema === 'image-deid/state@2') return new RunKey(state.key);
  const key = drawnKey();
  await replaceFile(pathOf(stateFolder), stateOf(state.settings, key), PRIVATE_FILE);
  return new RunKey(key);
}

/** The key of a ledger that belongs to no run, in a file beside the ledger, made at the first call. */
export async function keyBeside(ledger: string): Promise<RunKey> {
  const path = join(dirname(ledger), 'ledger.key');
  const before = await unlessAbsent(readFile(path, 'utf8'));
  const key = keySchema.safeParse(before).data;
  if (key !== undefined) return new RunKey(key);
  const made = drawnKey();
  await replaceFile(path, made, PRIVATE_FILE);
  return new RunKey(made);
}

const pathOf = (stateFolder: string) => join(stateFolder, 'settings.json');

const drawnKey = () => randomBytes(KEY_BYTES).toString('hex');

function stateOf(settings: string, key: string): string {
  return JSON.stringify({ schema: 'image-deid/state@2', settings, key });
}

async function readState(stateFolder: string): Promise<z.infer<typeof stateSchema>> {
  return stateSchema.parse(JSON.parse(await readFile(pathOf(stateFolder), 'utf8')));
}
