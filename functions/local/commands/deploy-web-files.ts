import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const refusals: readonly [RegExp, string][] = [
  [/<script(?![^>]*\ssrc=)[^>]*>/i, 'a script without src'],
  [/<style[\s>]/i, 'a style element'],
  [/<[a-z][^>]*\sstyle\s*=/i, 'a style attribute'],
  [/<[a-z][^>]*\son[a-z]+\s*=/i, 'an event handler'],
];

/** What the app's Content-Security-Policy would keep from running or showing. */
export const refusedByPolicy = (html: string): string[] =>
  refusals.filter(([pattern]) => pattern.test(html)).map(([, what]) => what);

const WORKER = 'sw.js';
const VERSION = /"VERSION":"\w+/;

/** The worker keeps the page with the headers that it came with: other headers make another version of the app. */
const workerUnder = (headers: string, worker: string): Uint8Array => {
  if (!VERSION.test(worker)) throw new Error(`${WORKER} names no version; did the build of web/ fail?`);
  const stamp = createHash('sha256').update(headers).digest('hex').slice(0, 8);
  return Buffer.from(worker.replace(VERSION, `$&${stamp}`));
};

/** The built app and its configuration, by path without a leading slash; `headers`: the header file that the host answers with. */
export const webFiles = async (built: string, config: object, headers: string): Promise<Map<string, Uint8Array>> => {
  const entries = await readdir(built, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = new Map<string, Uint8Array>(
    await Promise.all(
      paths.map(async (path) => [relative(built, path).replaceAll(sep, '/'), await readFile(path)] as const),
    ),
  );
  const page = files.get('index.html');
  if (!page) throw new Error(`${built} holds no index.html; did the build of web/ fail?`);
  const refused = refusedByPolicy(Buffer.from(page).toString());
  if (refused.length > 0)
    throw new Error(`index.html holds ${refused.join(' and ')}, which its Content-Security-Policy refuses`);
  const worker = files.get(WORKER);
  if (!worker) throw new Error(`${built} holds no ${WORKER}; did the build of web/ fail?`);
  files.set(WORKER, workerUnder(headers, Buffer.from(worker).toString()));
  return files.set('config.json', Buffer.from(JSON.stringify(config)));
};
