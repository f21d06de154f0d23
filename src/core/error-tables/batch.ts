import * as z from 'zod/mini';
import { STAGES } from '../error-codes.js';
import { count } from '../finding.js';
import { number, plainly, says, text, type ToldTable } from './table.js';

const seconds = z.strictObject({ seconds: number });
const version = z.strictObject({ version: text });
const answer = z.strictObject({ answer: text });

/** Processes, other machines, the local page, and what nobody expected. */
export const BATCH_ERRORS = {
  'error/internal/unexpected': says(
    z.strictObject({ stage: z.enum(STAGES) }),
    ({ stage }) => `An unexpected error arose in the stage "${stage}"`,
  ),
  'error/internal/no-checks': plainly('Expected at least one check but received none'),
  'error/engine-unavailable/slow-process': says(
    seconds,
    ({ seconds }) => `A process for photos does not start within ${seconds} s; try --jobs 1`,
  ),
  'error/engine-unavailable/process': says(
    z.strictObject({ exit: text }),
    ({ exit }) => `A process for photos ends at its start (${exit}); try --jobs 1`,
  ),
  'error/timeout/photo': says(seconds, ({ seconds }) => `The photo took longer than ${seconds} s`),
  'error/out-of-memory/photo': says(
    z.strictObject({ most: count }),
    ({ most }) => `The photo took more than ${most} MiB of memory`,
  ),
  'error/worker-crashed/process': plainly('The process that treated the photo crashed'),
} as const satisfies ToldTable;

export const QUEUE_ERRORS = {
  'error/worker-crashed/lost': plainly('The workers that treated the photo were lost, one after the other'),
  'error/worker-crashed/not-right': plainly('What workers say of the photo cannot be right'),
  'error/usage/queue-address': plainly(
    'Expected an address like redis://host:6379 or rediss://host:6379 for the queue',
  ),
  'error/usage/no-queue': says(
    z.strictObject({ variable: text }),
    ({ variable }) => `Expected --redis URL, or the environment variable ${variable}`,
  ),
  'error/queue-unavailable/eviction': plainly(
    'The queue may throw jobs away when its memory is full; set its maxmemory-policy to noeviction',
  ),
  'error/queue-unavailable/too-old': says(
    z.strictObject({ oldest: text }),
    ({ oldest }) => `The queue's server is too old; Redis from ${oldest} on or Valkey is needed`,
  ),
  'error/queue-unavailable/password': plainly('The queue does not take this user and password'),
  'error/queue-unavailable/rights': plainly('The queue lets this user do too little'),
  'error/queue-unavailable/certificate': says(
    z.strictObject({ code: text }),
    ({ code }) =>
      `The certificate of the queue's server is not to be trusted (${code}); a CA of your own is named with NODE_EXTRA_CA_CERTS`,
  ),
  'error/queue-unavailable/no-answer': says(
    z.strictObject({ code: text }),
    ({ code }) =>
      `The queue cannot be reached${code === '' ? '' : ` (${code})`}; is its server running, and the address right?`,
  ),
  'error/queue-unavailable/not-understood': says(
    version,
    ({ version }) =>
      `The workers and this run do not understand each other; all must be image-deid ${version}`,
  ),
  'error/queue-unavailable/other-version': says(
    version,
    ({ version }) =>
      `The queue holds a run of another version of image-deid than this worker's ${version}; install the same`,
  ),
  'error/input-gone/unseen': plainly(
    'Workers cannot read photos that this machine can read; give them the same mounts and rights, and the same command again',
  ),
  'error/input-gone/not-mounted': plainly(
    'The folder of the photos is not there on this machine; mount it at the same path as where "enqueue" runs',
  ),
  'error/usage/metrics': plainly('Expected --metrics with a port, or HOST:PORT'),
  'error/usage/metrics-port': says(
    z.strictObject({ code: text }),
    ({ code }) => `The port of --metrics cannot be opened (${code})`,
  ),
  'error/output-unwritable/not-mounted': plainly(
    'This machine does not see the output folder of a run in the queue; mount it at the same path, or give "enqueue" an --exchange',
  ),
  'error/output-unwritable/exchange': plainly(
    'The run hands its files over in a way that this version does not know',
  ),
  'error/usage/storage-address': plainly('Expected an address like s3://bucket/prefix'),
  'error/usage/storage-package': says(
    z.strictObject({ package: text }),
    ({ package: name }) =>
      `For s3:// addresses the optional package ${name} is needed beside this one: npm install ${name}`,
  ),
  'error/output-unwritable/storage': says(
    answer,
    ({ answer }) =>
      `The object storage of --exchange cannot be used (${answer}); check its endpoint, credentials and bucket`,
  ),
  'error/output-unwritable/storage-silent': plainly(
    'The object storage of --exchange cannot be used (no answer); check its endpoint, credentials and bucket',
  ),
  'error/usage/no-objects': plainly('There is no object under an s3:// address that was named'),
  'error/input-gone/storage': says(
    answer,
    ({ answer }) =>
      `The object storage of the photos cannot be read (${answer}); check its endpoint, credentials and bucket`,
  ),
  'error/input-gone/storage-silent': plainly(
    'The object storage of the photos cannot be read (no answer); check its endpoint, credentials and bucket',
  ),
} as const satisfies ToldTable;

export const REVIEW_ERRORS = {
  'error/malformed/no-picture': plainly('The photo has no picture'),
  'error/unsupported-format/pages': plainly(
    'A file of several pages cannot be edited here; use "image-deid run"',
  ),
  'error/internal/no-picture': plainly('The written photo has no picture'),
  'error/internal/not-held': plainly('The photo is not held'),
  'error/engine-unavailable/desk': plainly('The process for photos does not start'),
  'error/usage/port': says(
    z.strictObject({ port: count }),
    ({ port }) => `The port ${port} cannot be used; choose another --port, or leave it out`,
  ),
} as const satisfies ToldTable;
