import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { ImageDeidError } from '../../core/errors.js';
import type { ReviewedOutput } from '../../publish/index.js';
import { Access } from './access.js';
import { createApp } from './create-app.js';
import { PhotoProcess } from './photo-process.js';
import { PhotoStore } from './photo-store.js';

/** Reachable from this machine only; no option changes this. */
const LOOPBACK = '127.0.0.1';

export interface RunningServer {
  /** The address to open; holds a secret that is good for one page. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Starts the process for photos, and the page's server on the loopback address.
 * @param port 0 for any free port
 * @param tell is given another address when somebody came with one that had already been used
 * @throws {ImageDeidError} usage, when the port is taken; model-missing, model-mismatch, engine-unavailable
 */
export async function startServer(
  port: number,
  output: ReviewedOutput | undefined,
  tell: (address: string) => void,
): Promise<RunningServer> {
  let bound = port;
  const access: Access = new Access(() => {
    tell(newAddress());
  });
  const newAddress = () => `http://${LOOPBACK}:${bound}/#${access.invite()}`;
  const desk: PhotoProcess = new PhotoProcess(() => {
    store.forget();
  });
  const store = new PhotoStore((id) => {
    // A process that has died no longer holds the photo.
    desk.call('drop', id).catch(() => undefined);
  });
  await desk.begin();
  const app = createApp({ access, port: () => bound, desk, store, ...(output && { output }) });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port }, (address: AddressInfo) => {
      bound = address.port;
      resolve({
        address: newAddress(),
        close: async () => {
          store.close();
          await desk.close();
          await new Promise<void>((closed) => {
            server.close(() => {
              closed();
            });
            if ('closeAllConnections' in server) server.closeAllConnections();
          });
        },
      });
    });
    server.on('error', (cause) => {
      const error = new ImageDeidError({ id: 'error/usage/port', values: { port } }, 'usage', { cause });
      desk.close().then(() => {
        reject(error);
      }, reject);
    });
  });
}
