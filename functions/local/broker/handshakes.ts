import { createServer, type Server, type Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';

/**
 * TLS handshakes at a time. When a whole fleet comes back in one moment, all handshakes together take longer than devices wait for theirs, and
 * the work on them is lost: of 1,500 that returned at once 330 were outside after half a minute, and hardly one came in any more.
 * So many at a time brought 10,000 of 10,000 back within 73 s on a quiet machine of two cores (docs/adr/0040, measured 2026-11-23 16:10 UTC).
 */
const HANDSHAKES_MAX = 128;
/** Who has waited so long is sent away before it gives up by itself, and comes again after a pause of its own. */
const WAIT_MS = 20_000;

export type HandshakesInTurn = {
  readonly server: Server;
  /** takes no more, and sends away who still waits */
  close(): void;
};

/**
 * A server in front of `tls` that hands it so many connections at a time; their time for a handshake begins then. Who came last comes in first: whoever has
 * waited longest is nearest to giving up, and a broker that always serves those serves nobody.
 */
export const handshakesInTurn = (tls: TlsServer, most = HANDSHAKES_MAX, waitMs = WAIT_MS): HandshakesInTurn => {
  const waiting = new Map<Socket, NodeJS.Timeout>();
  const newestFirst: Socket[] = [];
  const underWay = new Set<number>();

  const begin = (socket: Socket): void => {
    const { remotePort } = socket;
    if (remotePort === undefined) {
      // it went away while it waited
      socket.destroy();
      return;
    }
    underWay.add(remotePort);
    socket.once('close', () => done(remotePort));
    tls.emit('connection', socket);
  };
  const done = (port: number | undefined): void => {
    if (port !== undefined) underWay.delete(port);
    while (underWay.size < most) {
      const next = newestFirst.pop();
      if (!next) return;
      if (leave(next)) begin(next);
    }
  };
  const leave = (socket: Socket): boolean => {
    clearTimeout(waiting.get(socket));
    const isThere = waiting.delete(socket);
    // those who waited longest leave by themselves
    for (let [oldest] = newestFirst; oldest && !waiting.has(oldest); [oldest] = newestFirst) newestFirst.shift();
    return isThere;
  };
  // of itself a handshake that has failed or taken too long leaves its connection open, and its turn would never end
  tls.on('tlsClientError', (_error, socket) => socket.destroy());
  tls.on('secureConnection', ({ remotePort }) => done(remotePort));
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    if (underWay.size < most) return begin(socket);
    const late = setTimeout(() => socket.destroy(), waitMs);
    waiting.set(socket, late.unref());
    newestFirst.push(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => leave(socket));
  });
  return {
    server,
    close: () => {
      server.close();
      for (const socket of waiting.keys()) socket.destroy();
    },
  };
};
