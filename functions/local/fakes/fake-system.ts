import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Longer than anybody waits for a page. */
const SLOW_MS = 30_000;

/** What a fake does instead of answering, for as long as it is set. */
const FAULTS = {
  down: (response: ServerResponse) => void response.destroy(),
  busy: (response: ServerResponse) => void response.writeHead(503, { 'retry-after': '1' }).end(),
  slow: (response: ServerResponse) => void setTimeout(() => response.end('{}'), SLOW_MS).unref(),
  'no-json': (response: ServerResponse) => void response.writeHead(200).end('<html>maintenance</html>'),
};
export type Fault = keyof typeof FAULTS;

export type Asked = { readonly url: URL; readonly headers: IncomingMessage['headers'] };

const HOST = '127.0.0.1';
/** A system of others on this machine: `answer` gives its JSON, or a status where it refuses. */
export const fakeSystem = async (answer: (asked: Asked) => unknown) => {
  let fault: Fault | undefined;
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (fault) {
      FAULTS[fault](response);
      return;
    }
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    const answered = answer({ url, headers: request.headers });
    if (typeof answered === 'number') response.writeHead(answered).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake has no port');
  return {
    origin: `http://${HOST}:${address.port}`,
    fail: (with_: Fault | undefined): void => {
      fault = with_;
    },
    requests: () => requests,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
