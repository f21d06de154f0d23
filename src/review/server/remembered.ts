import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userStateFolder } from '../../publish/index.js';
import { rememberedSchema, type Remembered } from '../api.js';

/** Beside the record of overrides. */
const NAME = 'page.json';

/** What the page remembers on this machine; nothing when that is unknown or damaged. */
export async function remembered(): Promise<Partial<Remembered>> {
  const text = await readFile(join(userStateFolder(), NAME), 'utf8').catch(() => '{}');
  try {
    return rememberedSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Remembers it for the next photo, of this session or a later one. @throws {Error} of the file system */
export async function remember(what: Remembered): Promise<void> {
  await mkdir(userStateFolder(), { recursive: true, mode: 0o700 });
  const fresh = join(userStateFolder(), `${NAME}.${process.pid}`);
  await writeFile(fresh, JSON.stringify(what), { mode: 0o600 });
  await rename(fresh, join(userStateFolder(), NAME));
}
