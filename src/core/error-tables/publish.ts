import * as z from 'zod/mini';
import { count } from '../finding.js';
import { inner, plainly, says, text, type ToldTable } from './table.js';

const record = z.strictObject({ record: count });

/** The output folder, its ledger, its signature, and what a person decides about its photos. */
export const PUBLISH_ERRORS = {
  'error/usage/unsigned-records': says(
    z.strictObject({ records: count }),
    ({ records }) =>
      `${records} records of the ledger were never signed; when you know that they are this run's own, give --sign with --adopt-unsigned`,
  ),
  'error/signature-broken/summary': plainly(
    'The signature in the folder is not of its summary and this key: somebody changed the folder, or another key signed it. Nothing was treated and nothing was signed',
  ),
  'error/signature-broken/unreadable': plainly(
    'The signature in the folder cannot be read: somebody changed the folder, or another key signed it. Nothing was treated and nothing was signed',
  ),
  'error/signature-broken/ledger': plainly(
    'The ledger is not the one that was signed: somebody changed the folder, or another key signed it. Nothing was treated and nothing was signed',
  ),
  'error/unclean-output/staged-other': plainly(
    'The finished photo is not the one that was checked and was thrown away',
  ),
  'error/unclean-output/staged-format': plainly(
    'The finished photo is not of its format and was thrown away',
  ),
  'error/unclean-output/staged-view': plainly(
    'The finished photo has a small view that holds more than pixels and was thrown away',
  ),
  'error/unclean-output/staged-parts': plainly(
    'The finished photo holds more than pixels and was thrown away',
  ),
  'error/unclean-output/staged-unreadable': plainly('The finished photo cannot be read and was thrown away'),
  'error/unclean-output/staged-no-file': plainly('The finished photo is no file and was thrown away'),
  'error/ledger-broken/chain': says(
    z.strictObject({ line: count }),
    ({ line }) =>
      `The ledger's chain is broken at line ${line}; "run --repair" with the same options sets what follows aside and treats its photos again`,
  ),
  'error/ledger-broken/other-version': says(
    record,
    ({ record }) =>
      `Record ${record} of the ledger is of a kind that this version does not know; nothing was done with it`,
  ),
  'error/ledger-broken/foreign': says(
    record,
    ({ record }) =>
      `Record ${record} of the ledger is not one that this tool writes; nothing was done with it`,
  ),
  'error/ledger-broken/names': says(
    z.strictObject({ line: count }),
    ({ line }) =>
      `Line ${line} of the private name map is not one that this tool writes; nothing was done with it`,
  ),
  'error/ledger-broken/unnamed': says(
    record,
    ({ record }) =>
      `The private name map does not say which file record ${record} is about; nothing was done with it`,
  ),
  'error/output-locked/lost': plainly(
    'This run showed no sign of life for a minute, and another one has taken its output folder over; it ends here, and what it had finished is kept',
  ),
  'error/output-locked/taken': plainly(
    'Another run is working in this output folder; wait for it or choose another --out',
  ),
  'error/disk-full/output': plainly(
    'There is no space left for the output; free some and give the same command again',
  ),
  'error/output-unwritable/system': says(
    z.strictObject({ code: text }),
    ({ code }) => `The output folder cannot be written${code ? ` (${code})` : ''}; nothing was overwritten`,
  ),
  'error/output-unwritable/is-file': plainly(
    'The output folder, or one above it, is a file; nothing was written',
  ),
  'error/output-unwritable/unreadable': plainly('The output folder cannot be read; nothing was written'),
  'error/output-unwritable/changed': plainly(
    'A finished photo is not the one that was checked any more; the storage is not reliable',
  ),
  'error/output-inside-input/output': plainly(
    'The output folder lies inside the input folder; choose an --out beside it. Nothing was written',
  ),
  'error/output-inside-input/input': plainly(
    'An input lies inside the output folder; choose an --out beside it. Nothing was written',
  ),
  'error/output-not-empty/no-run': plainly(
    'The output folder is not empty and holds no run to go on with; choose another --out. Nothing was written',
  ),
  'error/usage/other-settings': plainly(
    'The output folder holds a run with other settings; give the same options again, or choose another --out',
  ),
  'error/usage/not-reviewable': plainly(
    'The folder is not the --out of a run with its .state; only such a folder can be reviewed',
  ),
  'error/usage/no-names': plainly(
    'The folder is not the --out of a run with its .state; only there it is written which photo came from which file',
  ),
  'error/usage/names-unreadable': plainly(
    'The private name map cannot be read; only the owner of the run’s .state can',
  ),
  'error/usage/no-such-photo': plainly('No photo of that number was sent to review'),
  'error/unclean-output/changed': plainly('The photo in the folder is not the one that was checked'),
  'error/unclean-output/not-clean': says(
    z.strictObject({ why: inner }),
    ({ why }) => `The photo is not clean any more: ${why.id}`,
  ),
  'error/decided/meanwhile': plainly('Somebody else has decided about this photo meanwhile'),
  'error/decided/already': plainly('Somebody has decided about this photo already'),
  'error/not-cleared/photo': plainly('The photo was not cleared'),
  'error/not-cleared/laxer-than-run': plainly(
    'The photo is for a destination that accepts more than the run did: that needs a reason',
  ),
  'error/not-cleared/no-reason': plainly('The photo was not cleared, and no reason is enough'),
  'error/not-cleared/not-shown': says(
    z.strictObject({ shown: count, sheets: count }),
    ({ shown, sheets }) =>
      `The photo has several frames or pages, and only ${shown} of ${sheets} pictures of them were looked at`,
  ),
  'error/usage/state-gone': plainly(
    'The run’s private settings are gone or damaged; without its key it cannot go on',
  ),
  'error/usage/key-exists': plainly(
    'A file of that name exists, and a key is never written over; choose another name',
  ),
  'error/usage/signing-key': plainly(
    'The key cannot be read; --sign takes the file that "image-deid keygen" wrote',
  ),
  'error/usage/public-key': plainly(
    'The key cannot be read; --public-key takes the .pub file that "image-deid keygen" wrote',
  ),
  'error/usage/signing-key-type': says(
    z.strictObject({ type: text }),
    ({ type }) =>
      `Expected an Ed25519 key but received ${type}; --sign takes the file that "image-deid keygen" wrote`,
  ),
  'error/usage/public-key-type': says(
    z.strictObject({ type: text }),
    ({ type }) =>
      `Expected an Ed25519 key but received ${type}; --public-key takes the .pub file that "image-deid keygen" wrote`,
  ),
  'error/usage/no-ledger': plainly(
    'The folder holds no ledger.jsonl that can be read; give the --out of a run',
  ),
  'error/internal/nothing-staged': plainly('No photo is staged'),
} as const satisfies ToldTable;
