/** What the page and its server both compute, with WebCrypto, which browsers and Node share. Nothing here does I/O. */
const SECRET_BYTES = 24;
const NONCE_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

/** By how many bytes a sealed body is longer than its content. */
export const SEAL_BYTES = IV_BYTES + TAG_BYTES;

type Key = Parameters<typeof crypto.subtle.sign>[1];
type Bytes = Uint8Array<ArrayBuffer>;
/** What a proof is about: a method, a path and a nonce, or something else. */
type Statement = readonly string[];

/** The keys of one session. None of them travels. */
export interface SessionKeys {
  /** Says which session a call belongs to; not a secret. */
  readonly id: string;
  /** Proves that a call is the page's. */
  readonly page: Key;
  /** Proves that an answer is the server's. */
  readonly server: Key;
  /** Seals what a call carries. */
  readonly body: Key;
  /** The one-time secret with which the same page, loaded again, begins its next session. */
  readonly ticket: string;
}

/** One side's half of a key agreement: made for one session and thrown away. */
export interface Half {
  /** The raw P-256 point in base64url. */
  readonly open: string;
  readonly secret: Key;
}

export const newSecret = (): string => toText(randomBytes(SECRET_BYTES));
export const newNonce = (): string => toText(randomBytes(NONCE_BYTES));

/** A new half. */
export async function newHalf(): Promise<Half> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const raw = await crypto.subtle.exportKey('raw', publicKey);
  return { open: toText(new Uint8Array(raw)), secret: privateKey };
}

/** A one-time secret as a key for proofs. */
export const keyOfSecret = (secret: string): Promise<Key> => hmacKey(toBytes(secret));

/**
 * The keys of a session, from both halves and the one-time secret: neither somebody who reads the secret later nor
 * somebody who does not know it can compute them.
 * @param halves of the page and of the server, in this order
 * @throws when a half is not a point of the curve
 */
export async function sessionKeys(own: Half, other: string, halves: Statement, secret: string) {
  const point = await crypto.subtle.importKey('raw', toBytes(other), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: point }, own.secret, 256);
  const root = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const derive = async (purpose: string): Promise<Bytes> => {
    const how = { name: 'HKDF', hash: 'SHA-256', salt: toBytes(secret), info: encode([purpose, ...halves]) };
    return new Uint8Array(await crypto.subtle.deriveBits(how, root, 256));
  };
  const keys: SessionKeys = {
    id: toText(await derive('id')),
    page: await hmacKey(await derive('page')),
    server: await hmacKey(await derive('server')),
    body: await crypto.subtle.importKey('raw', await derive('body'), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]),
    ticket: toText(await derive('ticket')),
  };
  return keys;
}

/** A proof in base64url. */
export async function prove(key: Key, statement: Statement): Promise<string> {
  return toText(new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(statement))));
}

/** Whether a proof is right; the time it takes does not tell where the proof is wrong. */
export async function isProof(key: Key, statement: Statement, proof: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', key, toBytes(proof), encode(statement));
}

/** Encrypts bytes so that only the other side of the session can read them, for this one call. */
export async function seal(key: Key, call: Statement, bytes: Bytes): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES);
  const how = { name: 'AES-GCM', iv, additionalData: encode(call) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, bytes));
  const whole = new Uint8Array(iv.length + sealed.length);
  whole.set(iv);
  whole.set(sealed, iv.length);
  return whole;
}

/** Decrypts what was sealed. @throws when somebody else sealed it, or for another call */
export async function unseal(key: Key, call: Statement, bytes: Bytes): Promise<Bytes> {
  const how = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES), additionalData: encode(call) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, bytes.subarray(IV_BYTES)));
}

const hmacKey = (bytes: Bytes): Promise<Key> =>
  crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign', 'verify']);

const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

const encode = (statement: Statement): Bytes => new TextEncoder().encode(JSON.stringify(statement));

function toText(bytes: Bytes): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A text that is not base64url gives no bytes, and so no proof. */
function toBytes(text: string): Bytes {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return new Uint8Array();
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
