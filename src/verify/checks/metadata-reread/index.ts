import type { ContainerPart, MetadataFinding } from '../../../core/metadata.js';
import type { Check } from '../../contract.js';

const ID = 'metadata-reread';

/** Names what metadata a file holds; throws when it cannot. */
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
        return { check: ID, status: 'not-found', details: 'No identifying metadata could be read' };
      }
      const parts = [...new Set(left.map(({ part, group }) => `${part} (${group})`))].slice(0, 10).join(', ');
      return { check: ID, status: 'found', details: `${left.length} identifying entries left: ${parts}` };
    },
  };
}
