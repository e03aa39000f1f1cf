import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import type { Exchange } from './exchange.ts';
import { Refusal } from './problem.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export type FileRequest = {
  /** absolute folder; nothing outside of it is served */
  readonly root: string;
  /** decoded path below it, beginning with `/` */
  readonly path: string;
  readonly cacheControl: string;
};

type Found = { readonly file: string; readonly etag: string };

const find = async ({ root, path }: FileRequest): Promise<Found | undefined> => {
  const file = resolve(root, `.${path}`);
  if (path.includes('\0') || !file.startsWith(root + sep)) return undefined;
  const facts = await stat(file).catch(() => undefined);
  return facts?.isFile() ? { file, etag: `W/"${facts.size.toString(36)}-${facts.mtimeMs.toString(36)}"` } : undefined;
};

/** Answers with the file, or says false when there is none. */
export const serveFile = async ({ request, response }: Exchange, wanted: FileRequest): Promise<boolean> => {
  const found = await find(wanted);
  if (!found) return false;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(405, `${wanted.path} answers GET and HEAD.`, { allow: 'GET, HEAD' });
  response.setHeader('cache-control', wanted.cacheControl);
  response.setHeader('etag', found.etag);
  if (request.headers['if-none-match'] === found.etag) {
    response.writeHead(304).end();
    return true;
  }
  response.setHeader('content-type', TYPES[extname(found.file)] ?? 'application/octet-stream');
  const bytes = await readFile(found.file);
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
    if (extname(path) !== '') throw new Refusal(404, `There is no file ${path}.`);
    if (await serveFile(exchange, { root, path: '/index.html', cacheControl: REVALIDATE })) return;
    throw new Refusal(
      503,
      `The web app has not been built: ${join(root, 'index.html')} is missing. Start with npm start.`,
    );
  };
