/** What the page and its server compute alike, with the WebCrypto that browsers and Node share. Nothing here does I/O. */
const SECRET_BYTES = 24;
const NONCE_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

/** Bytes by which a sealed body is longer than what it holds. */
export const SEAL_BYTES = IV_BYTES + TAG_BYTES;

type Key = Parameters<typeof crypto.subtle.sign>[1];
type Bytes = Uint8Array<ArrayBuffer>;
/** A method, a path and a nonce; or whatever else a proof is about. */
type Statement = readonly string[];

/** Of one session. None of it travels. */
export interface SessionKeys {
  /** Which session a call belongs to; no secret. */
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

/** Half of an agreement on keys: made for one session and thrown away. */
export interface Half {
  /** Raw P-256 point in base64url. */
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
 * The keys of a session, from both halves and the one-time secret: who has read the secret later cannot compute them, and
 * who does not know it cannot either.
 * @param halves of the page and of the server, in this order
 * @throws when a half is no point of the curve
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

/** Whether a proof is right, in a time that does not tell where it is wrong. */
export async function isProof(key: Key, statement: Statement, proof: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', key, toBytes(proof), encode(statement));
}

/** Bytes that only the other side of the session can read, for this one call. */
export async function seal(key: Key, call: Statement, bytes: Bytes): Promise<Bytes> {
  const iv = randomBytes(IV_BYTES);
  const how = { name: 'AES-GCM', iv, additionalData: encode(call) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, bytes));
  const whole = new Uint8Array(iv.length + sealed.length);
  whole.set(iv);
  whole.set(sealed, iv.length);
  return whole;
}

/** What was sealed. @throws when it was sealed by somebody else or for another call */
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

/** What is no base64url gives no bytes, and so no proof. */
function toBytes(text: string): Bytes {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return new Uint8Array();
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
