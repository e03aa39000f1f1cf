import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { FILE_TYPES } from '@hems/shared/client/file-types';
import { compressed, encodingOf } from './compression.ts';
import type { Exchange } from './exchange.ts';
import { Refusal } from './problem.ts';

/** undefined: none that the app is made of */
const typeOf = (path: string): string | undefined => FILE_TYPES.get(extname(path).slice(1));

export type FileRequest = {
  /** absolute folder; nothing outside of it is served */
  readonly root: string;
  /** decoded path below it, beginning with `/` */
  readonly path: string;
  readonly cacheControl: string;
};

type Found = { readonly file: string; readonly etag: string; readonly type: string };

const find = async ({ root, path }: FileRequest): Promise<Found | undefined> => {
  const file = resolve(root, `.${path}`);
  if (path.includes('\0') || !file.startsWith(root + sep)) return undefined;
  const facts = await stat(file).catch(() => undefined);
  if (!facts?.isFile()) return undefined;
  const type = typeOf(file) ?? 'application/octet-stream';
  return { file, type, etag: `W/"${facts.size.toString(36)}-${facts.mtimeMs.toString(36)}"` };
};

/** Answers with the file, or says false when there is none. */
export const serveFile = async ({ request, response }: Exchange, wanted: FileRequest): Promise<boolean> => {
  const found = await find(wanted);
  if (!found) return false;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(405, `${wanted.path} answers GET and HEAD.`, { allow: 'GET, HEAD' });
  response.setHeader('cache-control', wanted.cacheControl);
  response.setHeader('etag', found.etag);
  response.setHeader('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === found.etag) {
    response.writeHead(304).end();
    return true;
  }
  response.setHeader('content-type', found.type);
  const plain = await readFile(found.file);
  const encoding = encodingOf(request.headers['accept-encoding'], found.type, plain.length);
  const bytes = encoding === undefined ? plain : await compressed({ ...found, plain, encoding });
  if (encoding !== undefined) response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return true;
};

const REVALIDATE = 'no-cache';
/** Vite puts a hash of the content into the names of what it writes there. */
const FOREVER = 'public, max-age=31536000, immutable';

/** The web app: its files, and `index.html` for every address that its own router knows. */
export const webApp =
  (root: string) =>
  async (exchange: Exchange, path: string): Promise<void> => {
    const cacheControl = path.startsWith('/assets/') ? FOREVER : REVALIDATE;
    if (await serveFile(exchange, { root, path, cacheControl })) return;
    if (typeOf(path) !== undefined) throw new Refusal(404, `There is no file ${path}.`);
    if (await serveFile(exchange, { root, path: '/index.html', cacheControl: REVALIDATE })) return;
    throw new Refusal(
      503,
      `The web app has not been built: ${join(root, 'index.html')} is missing. Start with npm start.`,
    );
  };
