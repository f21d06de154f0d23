import { ImageDeidError } from '../../../core/errors.js';

const SCHEME = 's3://';

/** A bucket and what its keys begin with; empty, or without a slash at the end. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

export function isS3Address(text: string): boolean {
  return text.startsWith(SCHEME);
}

/** "s3://bucket/some/prefix" in its parts. @throws {ImageDeidError} usage */
export function parseS3Address(text: string): S3Address {
  const [bucket = '', ...rest] = text.slice(SCHEME.length).split('/');
  if (isS3Address(text) && /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    return { bucket, prefix: rest.join('/').replace(/\/+$/, '') };
  }
  throw new ImageDeidError('usage', 'usage', 'Expected an address like s3://bucket/prefix');
}

/** The other way round. */
export function s3Address(bucket: string, key: string): string {
  return `${SCHEME}${bucket}/${key}`;
}
