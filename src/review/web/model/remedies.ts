import * as z from 'zod/mini';
import { schemaOf, type Finding } from '../../../core/finding.js';
import { REMEDY_FINDINGS, type RemedyFinding } from '../../../core/findings.js';

const told = z.object({ remedies: z.array(schemaOf(REMEDY_FINDINGS)) });

/** What would bring the risk under its limit, as the gate worked it out; other reasons tell it in their sentences. */
export function remediesOf({ id, values }: Finding): readonly RemedyFinding[] {
  return id === 'gate/risk' ? (told.safeParse(values).data?.remedies ?? []) : [];
}
