import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { missingBinaries } from './complete-lockfile.ts';
import { ROOT } from './planted.ts';

/** The rows of the style page's "Smells to watch" that no lint rule can express. */

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const lsFiles = ['ls-files', '--cached', '--others', '--exclude-standard'];
/** Every file of the repository: tracked, or new and not ignored. */
const FILES = [...new Set(execFileSync('git', lsFiles, { cwd: ROOT, encoding: 'utf8' }).split('\n'))].filter(
  (file) => file !== '' && existsSync(join(ROOT, file)),
);
const isTest = (file: string): boolean =>
  /\.(test|spec|contract)\.|^(functions|web)\/.*\btesting\/|^infra\/test\/|^web\/e2e\/|^\.ci\//.test(file);
const CODE = FILES.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !isTest(file));

/** `file:line: text` wherever a line matches. */
const linesThat = (match: RegExp, files: readonly string[]): string[] =>
  files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, n) => (match.test(line) ? [`${file}:${n + 1}: ${line.trim()}`] : [])),
  );

const isNode = (value: unknown): value is { type: string; body?: unknown } =>
  typeof value === 'object' && value !== null && 'type' in value;
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isStatement = (value: unknown): boolean => isNode(value) && !/^(Import|TSType|TSInterface)/.test(value.type);

/** A file as a syntax tree. */
// eslint-disable-next-line typescript/no-deprecated -- Vite's new name for it is not among what vitest passes on
const parse = (file: string): unknown => parseAst(read(file), { lang: 'ts' });

/** Statements of a program at every depth; imports and types are none. */
const statements = (value: unknown): number => {
  if (isList(value)) return value.reduce<number>((sum, item) => sum + statements(item), 0);
  if (!isNode(value)) return 0;
  const own = isList(value.body) ? value.body.filter(isStatement).length : 0;
  return Object.values(value).reduce<number>((sum, child) => sum + statements(child), own);
};

test('an entry file is a table of contents: at most 20 statements', () => {
  const entries = CODE.filter((file) => /^functions\/(api|partner|events|jobs)\//.test(file));
  const long = entries.map((file) => [file, statements(parse(file))] as const);
  expect(long.filter(([, count]) => count > 20)).toEqual([]);
});

test('no file is a drawer for odds and ends', () => {
  expect(FILES.filter((file) => /(^|[/.-])(utils?|helpers?|common|misc|managers?)([/.-]|$)/i.test(file))).toEqual([]);
});

test('routes and topics are written once, in shared', () => {
  const outside = CODE.filter((file) => !file.startsWith('shared/'));
  expect(linesThat(/['"`/]v1\/|hems\/v1/, outside)).toEqual([]);
});

test.each(['models', 'shared', 'functions', 'infra', 'web'])(
  '%s/ says it in code: less than a fifth of its lines are comments',
  (room) => {
    const lines = CODE.filter((file) => file.startsWith(`${room}/`)).flatMap((file) => read(file).split('\n'));
    const written = lines.filter((line) => line.trim() !== '');
    const comments = written.filter((line) => /^\s*(\/\/|\/?\*)/.test(line));
    expect(comments.length / written.length).toBeLessThan(0.2);
  },
);

test('a test file mocks at most four modules', () => {
  const mocks = (file: string): number => read(file).match(/\bvi\.(mock|doMock)\(/g)?.length ?? 0;
  expect(FILES.filter((file) => /\.tsx?$/.test(file) && mocks(file) > 4)).toEqual([]);
});

test.each(['react', 'react-dom', 'zod'])(
  'one %s for all rooms: a second copy breaks hooks, or doubles a bundle',
  (name) => {
    // npm writes one `"node_modules/…/<name>": {` line into the lockfile for each copy it installs.
    const copies = linesThat(new RegExp(`^    "(.*/)?node_modules/${name}": \\{$`), ['package-lock.json']);
    expect(copies).toHaveLength(1);
  },
);

test('the lockfile names the binaries of every platform; .ci/complete-lockfile.ts adds what npm left out', () => {
  expect(missingBinaries.map(({ name }) => name)).toEqual([]);
});

test('no file names a machine, a home folder or a package registry', () => {
  const text = FILES.filter((file) => !/\.(png|ico|woff2?|jpg|pdf)$/.test(file) && file !== '.ci/smells.test.ts');
  expect(linesThat(/\/work\/|\/root\/|\/Users\/|\/home\/[a-z]|registry\.npmjs|pypi\.org|deb\.debian/, text)).toEqual(
    [],
  );
});

test('every path that the pages name exists', () => {
  const pages = FILES.filter((file) =>
    /^(README|CONTRIBUTING)[\w.]*\.md$|^docs\/(?!api\/|reports\/).*\.md$/.test(file),
  );
  const room = /^(models|shared|functions|infra|web|docs|\.ci|\.github)\/[\w./-]+$/;
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`([^`\s]+)`|\]\(([^)#\s]+)/g)]
      .map(([, code, link]) => code ?? link ?? '')
      .flatMap((path) => (room.test(path) ? [[page, path] as const] : [])),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(([, path]) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('a room has at most five configuration files', () => {
  const isConfig = (file: string): boolean =>
    /(^|\/)(tsconfig.*|package|components|.*\.config)\.(json|ts|mjs|js)$|rc\.json$/.test(file);
  const of = (room: string): string[] => FILES.filter((file) => file.startsWith(`${room}/`) && isConfig(file));
  expect(['models', 'shared', 'functions', 'infra', 'web'].filter((room) => of(room).length > 5)).toEqual([]);
});
