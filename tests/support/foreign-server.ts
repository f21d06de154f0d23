import { once } from 'node:events';
import { createServer } from 'node:http';
import { PAGE_HEADER, SERVER_HEADER } from '../../src/review/channel/messages.js';

/** What took the port after the tool had ended, and is as friendly as can be. */
export interface ForeignServer {
  /** First line and body of every call. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

/** @param proofOf what it answers as its proof, from that of the page */
export async function listenForeignly(
  port: number,
  proofOf: (given: string) => string,
): Promise<ForeignServer> {
  const heard: string[] = [];
  const server = createServer((call, answer) => {
    const parts: Buffer[] = [];
    call.on('data', (part: Buffer) => parts.push(part));
    call.on('end', () => {
      heard.push(`${call.method} ${call.url}\n${Buffer.concat(parts).toString('latin1')}`);
      const proof = proofOf(String(call.headers[PAGE_HEADER]).split('.').at(-1) ?? '');
      answer.writeHead(call.url === '/api/alive' ? 204 : 200, { [SERVER_HEADER]: proof });
      answer.end(call.url === '/api/alive' ? undefined : '{}');
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    heard,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
