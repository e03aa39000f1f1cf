import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import Busboy, { type BusboyHeaders } from '@fastify/busboy';
import type { ObjectLinks, WriteGrant } from '../../adapters/embedded/object-links.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { BodyTooLarge } from './body.ts';
import type { Exchange } from './exchange.ts';
import { Refusal } from './problem.ts';

export type ObjectRoutesParts = {
  readonly store: ObjectStore;
  readonly links: ObjectLinks;
  /** told once the object is on disk, as S3 tells the bus */
  readonly stored: (object: { readonly key: string; readonly bytes: number }) => void;
};

const UPLOADS = '/uploads/';
const DOWNLOADS = '/downloads/';
export const isOfObjects = (path: string): boolean => path.startsWith(UPLOADS) || path.startsWith(DOWNLOADS);

const ENDED = 'This link has ended, or was never given out. Ask the app for a new one.';
/** What a form adds to its file: boundaries, part headers, a few short fields. */
const FORM_BYTES = 16 * 1024;

const tooLarge = (maxBytes: number): BodyTooLarge => new BodyTooLarge(`a file may have up to ${maxBytes} bytes`);

const headersOf = ({ headers }: IncomingMessage): BusboyHeaders => {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    throw new Refusal(400, 'An upload is a form, multipart/form-data, with the file as its field "file".');
  return { ...headers, 'content-type': type };
};

/** The bytes of one part as they come; ends the store's write when there are too many of them, or the client goes away. */
async function* upTo(chunks: AsyncIterable<Uint8Array>, maxBytes: number, told: { bytes: number }) {
  for await (const chunk of chunks) {
    told.bytes += chunk.length;
    if (told.bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** Ends with the form, or with the reason why it does not. The request stays open: its answer is still to be sent. */
const formOf = (request: IncomingMessage, form: ReturnType<typeof Busboy>): Promise<void> =>
  new Promise((resolve, reject) => {
    form.once('finish', () => resolve());
    form.on('error', (error: unknown) => {
      request.unpipe(form);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
    request.once('close', () => {
      if (!request.complete) reject(new Error('the client went away before its file was complete'));
    });
    request.pipe(form);
  });

/** Keeps the file of a form under the key of the link. Nothing is held but the chunk in hand, and nothing is kept of what breaks off. */
const receive = async (
  request: IncomingMessage,
  store: ObjectStore,
  { key, maxBytes }: WriteGrant,
): Promise<number> => {
  const form = Busboy({ headers: headersOf(request), limits: { fields: 20, fieldSize: FORM_BYTES, files: 1 } });
  const told = { bytes: 0 };
  let written: Promise<void> | undefined;
  let broken: unknown;
  form.on('file', (name, file) => {
    if (name !== 'file') {
      file.resume();
      return;
    }
    // the parser says so on a stream that nobody may listen to yet
    file.on('error', (error) => file.destroy(error));
    request.once('close', () => {
      if (!request.complete) file.destroy(new Error('the client went away before its file was complete'));
    });
    written = store.putStream(key, upTo(file, maxBytes, told));
    written.catch((error: unknown) => {
      broken = error;
      form.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  try {
    await formOf(request, form);
  } catch (error) {
    await written?.catch(() => undefined);
    if (error === broken) throw error;
    throw new Refusal(400, `The form could not be read (${error instanceof Error ? error.message : String(error)}).`);
  }
  if (!written) throw new Refusal(400, 'The form has no file: it belongs into the field "file".');
  await written;
  return told.bytes;
};

const upload = async ({ request, response }: Exchange, parts: ObjectRoutesParts, token: string): Promise<void> => {
  if (request.method !== 'POST') throw new Refusal(405, 'An upload is a POST.', { allow: 'POST' });
  const granted = parts.links.openWrite(token);
  try {
    if (!granted) throw new Refusal(403, ENDED, { connection: 'close' });
    if (Number(request.headers['content-length'] ?? 0) > granted.maxBytes + FORM_BYTES)
      throw tooLarge(granted.maxBytes);
    const bytes = await receive(request, parts.store, granted);
    response.writeHead(204).end();
    parts.stored({ key: granted.key, bytes });
  } catch (error) {
    // read and dropped, so that the answer reaches a client that is still sending
    request.resume();
    throw error;
  }
};

const download = async (
  { request, response }: Exchange,
  { store, links }: ObjectRoutesParts,
  token: string,
): Promise<void> => {
  if (request.method !== 'GET') throw new Refusal(405, 'A download is a GET.', { allow: 'GET' });
  const granted = links.openRead(token);
  if (!granted) throw new Refusal(403, ENDED);
  const bytes = await store.getStream(granted.key);
  if (!bytes) throw new Refusal(404, 'This file is gone. Ask the app for a new one.');
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${granted.fileName}"`,
    'cache-control': 'no-store',
  });
  await pipeline(bytes, response);
};

/** `POST /uploads/<token>` and `GET /downloads/<token>`: what S3 answers at presigned addresses. No session: the token is the right. */
export const objectRoutes =
  (parts: ObjectRoutesParts) =>
  async (exchange: Exchange, path: string): Promise<void> => {
    if (path.startsWith(UPLOADS)) return await upload(exchange, parts, path.slice(UPLOADS.length));
    return await download(exchange, parts, path.slice(DOWNLOADS.length));
  };
