import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { ImageDeidError } from '../../core/errors.js';
import type { Toolbox } from '../../pipeline/toolbox.js';
import type { ReviewedOutput } from '../../publish/index.js';
import { createApp } from './create-app.js';
import { newToken } from './guard.js';
import { PhotoStore } from './photo-store.js';

/** Of this machine only; no option changes it. */
const LOOPBACK = '127.0.0.1';

export interface RunningServer {
  /** To be opened; holds the token. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Starts the page's server on the loopback address.
 * @param port 0 for any that is free
 * @throws {ImageDeidError} usage, when the port is taken
 */
export function startServer(toolbox: Toolbox, port: number, output?: ReviewedOutput): Promise<RunningServer> {
  const token = newToken();
  const store = new PhotoStore();
  let bound = port;
  const app = createApp({ token, port: () => bound, toolbox, store, ...(output && { output }) });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port }, (address: AddressInfo) => {
      bound = address.port;
      resolve({
        address: `http://${LOOPBACK}:${bound}/#${token}`,
        close: () =>
          new Promise((closed) => {
            store.close();
            server.close(() => {
              closed();
            });
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (cause) => {
      const message = `The port ${port} cannot be used; choose another --port, or leave it out`;
      reject(new ImageDeidError('usage', 'usage', message, { cause }));
    });
  });
}
