import { asImageDeidError, ENDS_THE_RUN, type ImageDeidError } from '../core/errors.js';
import type { ModelIdentity } from '../models/model-store.js';
import {
  draftOfError,
  draftOfProcessed,
  processImage,
  type ProcessSettings,
  type SourceFacts,
  stageFinished,
  type Toolbox,
} from '../pipeline/index.js';
import { StagingPlace } from '../publish/index.js';
import { readSource, type SourceFile } from '../source/index.js';
import { arrived, type PhotoJob, type Treatment } from './contract.js';
import { settingsOf } from './settings-of.js';

/**
 * Treats one photo in this process, up to a staged file. A photo that cannot be treated gives a refusal.
 * @param staging the folder for finished files
 * @param onRead is told what was read before anything dangerous is done with it
 * @throws {ImageDeidError} those of `ENDS_THE_RUN`
 */
export async function treatPhoto(
  job: PhotoJob,
  toolbox: Toolbox,
  staging: string,
  onRead: (source: SourceFacts) => void,
): Promise<Treatment> {
  const place = new StagingPlace(staging);
  let file: SourceFile | undefined;
  let settings = job.settings;
  try {
    file = await readSource(arrived(job.entry), settings.limits);
    onRead(factsOf(file));
    if (job.known.includes(file.sha256)) return { kind: 'known' };
    settings = settingsOf(file, settings);
    const done = await processImage(file.bytes, settings, toolbox, place);
    const draft = {
      ...draftOfProcessed(done, factsOf(file), settings),
      ...(file.notUsed && { notUsed: file.notUsed }),
    };
    if (draft.outcome !== 'refused') {
      return { kind: 'treated', source: file.sha256, draft, staged: await stageFinished(done, place) };
    }
    await place.discard();
    return { kind: 'treated', source: file.sha256, draft };
  } catch (thrown) {
    await place.discard();
    const error = asImageDeidError(thrown, 'decode');
    if (ENDS_THE_RUN.includes(error.code)) throw error;
    return refusal(job, error, file && factsOf(file), toolbox.models, settings);
  }
}

/** The treatment of a photo that could not be treated; `known` when a record already says so. */
export function refusal(
  job: PhotoJob,
  error: ImageDeidError,
  source: SourceFacts | undefined,
  models: readonly ModelIdentity[],
  settings: ProcessSettings = job.settings,
): Treatment {
  const id = source?.sha256 ?? error.code;
  if (job.known.includes(id)) return { kind: 'known' };
  return { kind: 'treated', source: id, draft: draftOfError(error, source, settings, models) };
}

/**
 * What is known about a photo that crashed the process treating it: it is read for its refusal, but never decoded.
 * @returns undefined when it cannot be read
 */
export async function factsOfSource({ entry, settings }: PhotoJob): Promise<SourceFacts | undefined> {
  const file = await readSource(arrived(entry), settings.limits).catch(() => undefined);
  return file && factsOf(file);
}

function factsOf({ sha256, bytes }: SourceFile): SourceFacts {
  return { sha256, bytes: bytes.length };
}
