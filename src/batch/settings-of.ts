import { mentionsIn } from '../caption/index.js';
import type { ProcessSettings } from '../pipeline/index.js';
import type { SourceFile } from '../source/index.js';

/** The settings for one photo: those of the run, and what the files beside the photo add. */
export function settingsOf({ keep = [], caption }: SourceFile, general: ProcessSettings): ProcessSettings {
  return {
    ...general,
    keep: [...general.keep, ...keep],
    ...(caption !== undefined && { caption: [...(general.caption ?? []), ...mentionsIn(caption)] }),
  };
}
