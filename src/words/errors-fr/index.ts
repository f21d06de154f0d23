import type { ERROR_FINDINGS, ERROR_PART_FINDINGS } from '../../core/error-tables/index.js';
import type { WordsOf } from '../../core/finding.js';
import { batchFr, queueFr, reviewFr } from './batch.js';
import { formatsFr } from './formats.js';
import { enginesFr, modelsFr } from './models.js';
import { plainFr } from './plain.js';
import { publishFr } from './publish.js';
import { cliFr, settingsFr } from './settings.js';
import { sourceFr } from './source.js';

/** Pourquoi une photo n’a pas pu être traitée, ou un traitement n’a pas pu continuer, en français. */
export const errorsFr: WordsOf<typeof ERROR_FINDINGS & typeof ERROR_PART_FINDINGS> = {
  ...plainFr,
  ...sourceFr,
  ...formatsFr,
  ...modelsFr,
  ...enginesFr,
  ...publishFr,
  ...batchFr,
  ...queueFr,
  ...reviewFr,
  ...cliFr,
  ...settingsFr,
};
