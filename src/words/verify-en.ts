import type { WordsOf } from '../core/finding.js';
import type { VERIFY_FINDINGS } from '../core/findings.js';

/** What `verify` finds in a folder, in English. */
export const verifyEn: WordsOf<typeof VERIFY_FINDINGS> = {
  'verify/fewer-records': ({ records, expected }) =>
    `It has ${records} records, not ${expected} or more: an earlier state was put back`,
  'verify/folder-unreadable': 'The folder cannot be read',
  'verify/unknown-file': 'The ledger knows no such file',
  'verify/system-file': 'The system’s own; nothing of the run',
  'verify/attributes': ({ names }) => `It carries attributes that travel with a copy: ${names.join(', ')}`,
  'verify/review-absent': ({ photos }) =>
    `The ${photos} photos that a person must look at are not in this copy`,
  'verify/not-a-file': ({ kind }) =>
    ({ folder: 'It is a folder', link: 'It is a link', other: 'It is no regular file' })[kind],
  'verify/too-large': 'The file is larger than it may be',
  'verify/unreadable': 'The file cannot be read',
  'verify/record-foreign': ({ record }) =>
    `Record ${record} of the ledger is not one that this tool writes; nothing was done with it`,
  'verify/record-contradicts': ({ record }) =>
    `Record ${record} contradicts itself: only what was not refused names a photo`,
  'verify/chain-broken': ({ line }) => `The chain is broken at line ${line}; what follows was not read`,
  'verify/line-torn': 'The last line is torn off; run the same command again',
  'verify/missing': 'The file is missing',
  'verify/other-file': 'The file is not the one that was checked (its SHA-256 differs from the ledger)',
  'verify/no-summary': 'Without it, records cut off the ledger’s end do not show',
  'verify/not-a-summary': 'The file is not a summary as this tool writes it',
  'verify/unsigned': 'The run is not signed',
  'verify/wrong-signature': 'The signature is not of this summary and this key',
  'verify/other-ledger': 'The ledger is not the one that summary.json describes',
  'verify/other-counts': 'Its counts are not those of the ledger',
  'verify/no-report': 'It is not in this copy, or not all of it',
  'verify/report-not-vouched': 'The summary does not vouch for it: the run is of an earlier version',
  'verify/other-report': 'It is not the one that was written with the summary',
};
