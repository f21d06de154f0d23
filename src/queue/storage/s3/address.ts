import { ImageDeidError } from '../../../core/errors.js';

const SCHEME = 's3://';

/** A bucket, and the prefix of its keys: empty, or without a slash at the end. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

export function isS3Address(text: string): boolean {
  return text.startsWith(SCHEME);
}

/** Splits "s3://bucket/some/prefix" into its parts. @throws {ImageDeidError} usage */
export function parseS3Address(text: string): S3Address {
  const [bucket = '', ...rest] = text.slice(SCHEME.length).split('/');
  if (isS3Address(text) && /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    return { bucket, prefix: rest.join('/').replace(/\/+$/, '') };
  }
  throw new ImageDeidError({ id: 'error/usage/storage-address', values: {} }, 'usage');
}

/** Joins a bucket and a key into an address. */
export function s3Address(bucket: string, key: string): string {
  return `${SCHEME}${bucket}/${key}`;
}
