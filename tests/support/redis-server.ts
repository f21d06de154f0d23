import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { join } from 'node:path';
import { freePort } from './free-port.js';

/** Holds signs that a URL must encode. */
export const PASSWORD = 'p@ss/word%1';

/** A server of its own, on the loopback address, gone with the test. */
export interface RedisServer {
  /** With the password. */
  readonly url: string;
  /** The same over TLS. */
  readonly tlsUrl: string;
  /** Whom a client of `tlsUrl` has to trust. */
  readonly ca: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts redis-server of Debian with a password, with and without TLS. */
export async function startRedis(folder: string): Promise<RedisServer> {
  const [port, tlsPort] = [await freePort(), await freePort()];
  const { ca, cert, key } = makeCertificates(folder);
  const words = {
    bind: '127.0.0.1',
    port: String(port),
    'tls-port': String(tlsPort),
    'tls-ca-cert-file': ca,
    'tls-cert-file': cert,
    'tls-key-file': key,
    'tls-auth-clients': 'no',
    requirepass: PASSWORD,
    save: '',
    dir: folder,
  };
  const server = spawn(
    'redis-server',
    Object.entries(words).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await ready(server);
  const secret = encodeURIComponent(PASSWORD);
  return {
    url: `redis://:${secret}@127.0.0.1:${port}`,
    tlsUrl: `rediss://:${secret}@localhost:${tlsPort}`,
    ca,
    port,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', (cause) => {
      const message = 'These tests need redis-server; on Debian and Ubuntu: apt-get install redis-server';
      reject(new Error(message, { cause }));
    });
    let said = '';
    server.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Ready to accept connections')) resolve();
    });
    server.on('exit', () => {
      reject(new Error(`redis-server ends at its start: ${said}`));
    });
  });
}

/** A CA of our own and a certificate for localhost. */
function makeCertificates(folder: string) {
  const path = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe', cwd: folder });
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=image-deid test CA'],
  );
  openssl(
    ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'redis.key'],
    ...['-out', 'redis.csr', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
  );
  openssl(
    ...['x509', '-req', '-in', 'redis.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-copy_extensions', 'copy', '-days', '2', '-out', 'redis.pem'],
  );
  return { ca: path('ca.pem'), cert: path('redis.pem'), key: path('redis.key') };
}
