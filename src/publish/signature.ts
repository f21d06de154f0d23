import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { ImageDeidError, type ErrorFinding } from '../core/errors.js';
import { systemCode } from '../core/system-code.js';
import { PRIVATE_FILE, PUBLIC_FILE, writeNew } from './durable-files.js';
import { writing } from './output-errors.js';

/** Beside summary.json: 64 bytes, Ed25519 (RFC 8032) over that file's bytes; openssl and others can check it too. */
export const SIGNATURE_FILE = 'summary.json.sig';

/**
 * Makes a pair of keys: PATH readable by its owner alone (PKCS #8, PEM), PATH.pub for everybody (SPKI, PEM).
 * @returns the public key's path
 * @throws {ImageDeidError} usage, when one of them exists; output-unwritable, disk-full
 */
export async function writeKeyPair(path: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicPath = `${path}.pub`;
  await writeKey(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), PRIVATE_FILE);
  try {
    await writeKey(publicPath, publicKey.export({ type: 'spki', format: 'pem' }), PUBLIC_FILE);
  } catch (error) {
    await rm(path);
    throw error;
  }
  return publicPath;
}

async function writeKey(path: string, pem: string | Buffer, mode: number): Promise<void> {
  await writing(async () => {
    try {
      await writeNew(path, Buffer.from(pem), mode);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      throw unusable({ id: 'error/usage/key-exists', values: {} }, error);
    }
  });
}

/** @throws {ImageDeidError} usage */
export async function readSigningKey(path: string): Promise<KeyObject> {
  return readKey(path, createPrivateKey, 'signing');
}

/** @throws {ImageDeidError} usage */
export async function readPublicKey(path: string): Promise<KeyObject> {
  return readKey(path, createPublicKey, 'public');
}

async function readKey(
  path: string,
  parse: (pem: Buffer) => KeyObject,
  which: 'signing' | 'public',
): Promise<KeyObject> {
  let key: KeyObject;
  try {
    key = parse(await readFile(path));
  } catch (cause) {
    throw unusable({ id: `error/usage/${which}-key`, values: {} }, cause);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  const type = key.asymmetricKeyType ?? 'another';
  throw unusable({ id: `error/usage/${which}-key-type`, values: { type } });
}

function unusable(finding: ErrorFinding, cause?: unknown): ImageDeidError {
  return new ImageDeidError(finding, 'usage', { cause });
}

export function signatureOf(bytes: Uint8Array, key: KeyObject): Uint8Array {
  return sign(null, bytes, key);
}

export function isSignedBy(bytes: Uint8Array, signature: Uint8Array, publicKey: KeyObject): boolean {
  return verify(null, bytes, publicKey, signature);
}
