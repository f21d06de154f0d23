import { ImageDeidError } from '../../../core/errors.js';

/** The part of the optional package @aws-sdk/client-s3 that is used. */
export interface S3Client {
  send(command: S3Command): Promise<S3Answer>;
  destroy(): void;
}
/** Made and understood only by the package. */
export type S3Command = object;
export interface S3Answer {
  readonly Body?: AsyncIterable<Uint8Array>;
  readonly ContentLength?: number;
  readonly Contents?: readonly { readonly Key?: string; readonly ETag?: string }[];
  readonly NextContinuationToken?: string;
}
interface Place {
  readonly Bucket: string;
  readonly Key: string;
}
export interface S3Module {
  readonly S3Client: new (config: object) => S3Client;
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

/** A client and the commands for it. */
export interface S3 {
  readonly client: S3Client;
  readonly sdk: S3Module;
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
    throw new ImageDeidError({ id: 'error/usage/storage-package', values: { package: PACKAGE } }, 'usage', {
      cause,
    });
  }
  // Servers other than Amazon's rarely support one host name per bucket.
  const isOwn = [process.env['AWS_ENDPOINT_URL_S3'], process.env['AWS_ENDPOINT_URL']].some(Boolean);
  const requestHandler = { requestTimeout: MOST_MILLISECONDS, connectionTimeout: MOST_MILLISECONDS / 6 };
  return { sdk, client: new sdk.S3Client({ ...(isOwn && { forcePathStyle: true }), requestHandler }) };
}

/** The HTTP status that the server answered with, as the SDK reports it. */
export function s3Status(error: unknown): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}

/** Every object under a prefix, a thousand at a time. */
export async function* listObjects(
  { client, sdk }: S3,
  bucket: string,
  prefix: string,
): AsyncGenerator<{ readonly key: string; readonly etag: string }> {
  let token: string | undefined;
  do {
    const { Contents = [], NextContinuationToken }: S3Answer = await client.send(
      new sdk.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    for (const { Key = '', ETag = '' } of Contents) yield { key: Key, etag: ETag };
    token = NextContinuationToken;
  } while (token !== undefined);
}
