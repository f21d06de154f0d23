import { once } from 'node:events';
import { createServer } from 'node:http';
import { ImageDeidError } from '../../core/errors.js';
import { systemCode } from '../../core/system-code.js';
import type { WorkerMetrics } from './worker-metrics.js';

const LOOPBACK = '127.0.0.1';

/**
 * Serves metrics at /metrics.
 * @param where a port of the loopback address, or HOST:PORT
 * @returns a function that stops serving
 * @throws {ImageDeidError} usage
 */
export async function serveMetrics(metrics: WorkerMetrics, where: string): Promise<() => void> {
  const [, host = LOOPBACK, port] = /^(?:\[?([^[\]]+)\]?:)?(\d{1,5})$/.exec(where) ?? [];
  if (port === undefined || Number(port) > 65535) {
    throw new ImageDeidError('usage', 'usage', 'Expected --metrics with a port, or HOST:PORT');
  }
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(Number(port), host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = systemCode(cause);
    throw new ImageDeidError('usage', 'usage', `The port of --metrics cannot be opened (${code})`, { cause });
  }
  server.unref();
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
