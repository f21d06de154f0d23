import type { ContainerPart, MetadataFinding } from '../../../core/metadata.js';
import type { Check } from '../../contract.js';
import { METADATA_REREAD } from './declaration.js';

const { id: ID } = METADATA_REREAD;
const MOST_PARTS = 10;

/** Lists the metadata that a file holds; throws when it cannot. */
export type MetadataReader = (
  bytes: Uint8Array,
  parts: readonly ContainerPart[],
) => Promise<readonly MetadataFinding[]>;

/** Reads the written file's metadata as an outsider would: nothing identifying may come back. */
export function metadataReread(readMetadata: MetadataReader): Check {
  return {
    id: ID,
    async run({ staged, format }) {
      const findings = await readMetadata(staged, format.walk(staged));
      const left = findings.filter(({ identifying }) => identifying);
      if (left.length === 0) {
        return { check: ID, status: 'not-found', details: { id: 'metadata-reread/clean', values: {} } };
      }
      const parts = [...new Set(left.map(({ part, group }) => `${part} (${group})`))].slice(0, MOST_PARTS);
      const values = { entries: left.length, parts };
      return { check: ID, status: 'found', details: { id: 'metadata-reread/left', values } };
    },
  };
}
