import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';

const ROOT = join(import.meta.dirname, '..');
const RECORDER = join(ROOT, 'functions/testing/asked.ts');

const ENTRY = /^functions\/((?:api|events|jobs|partner|partner\/openadr)\/[\w-]+)\.ts$/;
const PORTS = 'functions/runtime/ports.ts';

/**
 * While tests run, every handler says which function it is and every port notes what it is asked, without a line in what is deployed:
 * functions/testing/asked.ts writes it down. Undefined: the file is neither. Lines stay where they are.
 */
export const ledThrough = (code: string, file: string): string | undefined => {
  const path = relative(ROOT, file);
  const [, entry] = ENTRY.exec(path) ?? [];
  if (entry !== undefined && code.includes('export const handler = '))
    return `${code.replace('export const handler = ', 'const ownHandler = ')}
import { asFunction as ownFunction } from '${RECORDER}';
export const handler = ownFunction('${entry}', ownHandler);
`;
  if (path !== PORTS) return undefined;
  const watched = code.replaceAll(
    /^(export const (\w+) = \/\* @__PURE__ \*\/ )provider\b/gm,
    `$1watchedProvider('$2')`,
  );
  return `${watched}\nimport { watchedProvider } from '${RECORDER}';\n`;
};

/** For NODE_OPTIONS, as an address: a path with a space would be two options. */
export const registerOption = (root: string): string =>
  `--import=${pathToFileURL(join(root, '.ci/asked-register.mjs')).href}`;

/** For the processes of vitest. */
export const asked: Plugin = {
  name: 'hems-asked',
  enforce: 'pre',
  transform: (code, id) => ledThrough(code, id),
};
