import { z } from 'zod';
import { ImageDeidError } from '../../../core/errors.js';

/** Made and understood only by the package. */
type S3Command = object;
/** What a server may answer, as far as it is used. */
const answerSchema = z.object({
  Body: z.custom<AsyncIterable<Uint8Array>>(isStream).optional(),
  ContentLength: z.number().int().nonnegative().optional(),
  Contents: z.array(z.object({ Key: z.string(), ETag: z.string().default('') })).optional(),
  NextContinuationToken: z.string().optional(),
});
const failureSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number().int() }) });
interface Place {
  readonly Bucket: string;
  readonly Key: string;
}
/** The part of the optional package @aws-sdk/client-s3 that is used. */
interface S3Module {
  readonly S3Client: new (config: object) => { send(command: S3Command): Promise<unknown> };
  readonly GetObjectCommand: new (input: Place & { readonly IfMatch?: string }) => S3Command;
  readonly PutObjectCommand: new (
    input: Place & { readonly Body: Uint8Array; readonly ContentLength: number },
  ) => S3Command;
  readonly DeleteObjectCommand: new (input: Place) => S3Command;
  readonly ListObjectsV2Command: new (input: {
    readonly Bucket: string;
    readonly Prefix: string;
    readonly MaxKeys?: number;
    readonly ContinuationToken?: string;
  }) => S3Command;
}

/** What to ask, and a way to do so. */
export interface S3 {
  readonly sdk: S3Module;
  /** @throws what the SDK throws; an error without a status when the answer is not one of such a server */
  readonly send: (command: S3Command) => Promise<z.infer<typeof answerSchema>>;
}

const PACKAGE = '@aws-sdk/client-s3';
/** Longest time for one request; the SDK tries three times. */
const MOST_MILLISECONDS = 60_000;

/**
 * Opens the official SDK, which takes endpoint, region and credentials from its own environment variables and files.
 * @param load imports the package; a parameter so that its absence can be tested
 * @throws {ImageDeidError} usage, when the package is not installed
 */
export async function openS3(
  load: (name: string) => Promise<unknown> = (name) => import(name) as Promise<unknown>,
): Promise<S3> {
  // It prints on stderr which versions of Node it will require some day, which is no use to somebody reading a log.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  let sdk: S3Module;
  try {
    sdk = (await load(PACKAGE)) as S3Module;
  } catch (cause) {
    const message = `For s3:// addresses the optional package ${PACKAGE} is needed beside this one: npm install ${PACKAGE}`;
    throw new ImageDeidError('usage', 'usage', message, { cause });
  }
  // Servers other than Amazon's rarely support one host name per bucket.
  const isOwn = [process.env['AWS_ENDPOINT_URL_S3'], process.env['AWS_ENDPOINT_URL']].some(Boolean);
  const requestHandler = { requestTimeout: MOST_MILLISECONDS, connectionTimeout: MOST_MILLISECONDS / 6 };
  const client = new sdk.S3Client({ ...(isOwn && { forcePathStyle: true }), requestHandler });
  return { sdk, send: async (command) => answerSchema.parse(await client.send(command)) };
}

function isStream(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The HTTP status that the server answered with, as the SDK reports it. */
export function s3Status(error: unknown): number | undefined {
  return failureSchema.safeParse(error).data?.$metadata.httpStatusCode;
}

/** Every object under a prefix, a thousand at a time. */
export async function* listObjects(
  { sdk, send }: S3,
  bucket: string,
  prefix: string,
): AsyncGenerator<{ readonly key: string; readonly etag: string }> {
  let token: string | undefined;
  do {
    const { Contents = [], NextContinuationToken } = await send(
      new sdk.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    for (const { Key, ETag } of Contents) yield { key: Key, etag: ETag };
    token = NextContinuationToken;
  } while (token !== undefined);
}
