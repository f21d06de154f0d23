import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { ImageDeidError } from '../core/errors.js';
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
      throw unusable(
        'A file of that name exists, and a key is never written over; choose another name',
        error,
      );
    }
  });
}

/** @throws {ImageDeidError} usage */
export async function readSigningKey(path: string): Promise<KeyObject> {
  return readKey(path, createPrivateKey, '--sign takes the file that "image-deid keygen" wrote');
}

/** @throws {ImageDeidError} usage */
export async function readPublicKey(path: string): Promise<KeyObject> {
  return readKey(path, createPublicKey, '--public-key takes the .pub file that "image-deid keygen" wrote');
}

async function readKey(path: string, parse: (pem: Buffer) => KeyObject, hint: string): Promise<KeyObject> {
  let key: KeyObject;
  try {
    key = parse(await readFile(path));
  } catch (cause) {
    throw unusable(`The key cannot be read; ${hint}`, cause);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw unusable(`Expected an Ed25519 key but received ${key.asymmetricKeyType ?? 'another'}; ${hint}`);
}

function unusable(message: string, cause?: unknown): ImageDeidError {
  return new ImageDeidError('usage', 'usage', message, { cause });
}

export function signatureOf(bytes: Uint8Array, key: KeyObject): Uint8Array {
  return sign(null, bytes, key);
}

export function isSignedBy(bytes: Uint8Array, signature: Uint8Array, publicKey: KeyObject): boolean {
  return verify(null, bytes, publicKey, signature);
}
