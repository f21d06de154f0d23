import { isOf } from '../core/finding.js';
import { CONTAINER_WALK } from './checks/container-walk/declaration.js';
import { DIMENSIONS_MATCH } from './checks/dimensions-match/declaration.js';
import { ENCODING_PROOF } from './checks/encoding-proof/declaration.js';
import { FACE_MATCH } from './checks/face-match/declaration.js';
import { JPEG_FINGERPRINT } from './checks/jpeg-fingerprint/declaration.js';
import { LEGIBLE_CODE } from './checks/legible-code/declaration.js';
import { LEGIBLE_TEXT } from './checks/legible-text/declaration.js';
import { METADATA_REREAD } from './checks/metadata-reread/declaration.js';
import { PIXELS_UNDER_REDACTIONS } from './checks/pixels-under-redactions/declaration.js';
import { SAME_CROP_HASH } from './checks/same-crop-hash/declaration.js';
import { SENSOR_NOISE } from './checks/sensor-noise/declaration.js';
import { UNCOVERED_FACE } from './checks/uncovered-face/declaration.js';
import { UNCOVERED_TATTOO } from './checks/uncovered-tattoo/declaration.js';
import { UNCOVERED_TEXT } from './checks/uncovered-text/declaration.js';
import { COMMON_FINDINGS, COMMON_WORDS } from './common-findings.js';
import type { CheckDeclaration, CheckResult } from './contract.js';

export { COMMON_FINDINGS, COMMON_WORDS };

/** Every check by its id, in the order of docs/RISK.md. Loads no model: it is what others know about the checks. */
export const CHECKS: ReadonlyMap<string, CheckDeclaration> = new Map(
  (
    [
      CONTAINER_WALK,
      METADATA_REREAD,
      ENCODING_PROOF,
      DIMENSIONS_MATCH,
      PIXELS_UNDER_REDACTIONS,
      FACE_MATCH,
      UNCOVERED_FACE,
      UNCOVERED_TATTOO,
      LEGIBLE_TEXT,
      UNCOVERED_TEXT,
      LEGIBLE_CODE,
      JPEG_FINGERPRINT,
      SENSOR_NOISE,
      SAME_CROP_HASH,
    ] as readonly CheckDeclaration[]
  ).map((declaration) => [declaration.id, declaration]),
);

/** Whether the check is declared and may say what the result says. A result that fails this is never a pass. */
export function isDeclared({ check, details }: CheckResult): boolean {
  const declaration = CHECKS.get(check);
  return declaration !== undefined && (isOf(declaration.findings, details) || isOf(COMMON_FINDINGS, details));
}
