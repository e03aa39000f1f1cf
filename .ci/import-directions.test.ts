import { readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lintPlanted, ROOT } from './planted.ts';

/**
 * The table of the architecture page, section 2, written down a second time: what each room may import beside itself.
 * The linter's configuration is copied beside a planted tree and must refuse exactly the rest.
 */
const DOMAIN = ['models/usage', 'shared/view'];
const ENTRY = ['functions/runtime', 'functions/use-cases', ...DOMAIN];
const ADAPTER = ['functions/ports', 'node:fs', ...DOMAIN];
const MAY_IMPORT: Record<string, readonly string[]> = {
  'models/usage': [],
  'shared/view': ['models/usage'],
  'shared/queries': ['react', ...DOMAIN],
  'functions/api': ENTRY,
  'functions/events': ENTRY,
  'functions/jobs': ENTRY,
  'functions/partner': ENTRY,
  'functions/use-cases': ['functions/ports', ...DOMAIN],
  'functions/ports': DOMAIN,
  'functions/adapters/aws': ['@aws-sdk/client-iot', ...ADAPTER],
  'functions/adapters/blocks': ADAPTER,
  'functions/adapters/embedded': ADAPTER,
  'functions/adapters/files': ADAPTER,
  'functions/adapters/providers': ADAPTER,
  // It ends up in every Lambda: the embedded adapters and the local host stay out.
  'functions/runtime': [
    'functions/ports',
    'functions/use-cases',
    'functions/adapters/aws',
    'functions/adapters/blocks',
    'functions/adapters/files',
    'functions/adapters/providers',
    'node:fs',
    '@middy/core',
    ...DOMAIN,
  ],
  'functions/local': [
    'functions/api',
    'functions/events',
    'functions/jobs',
    'functions/partner',
    'functions/use-cases',
    'functions/ports',
    'functions/runtime',
    'functions/adapters/aws',
    'functions/adapters/blocks',
    'functions/adapters/embedded',
    'functions/adapters/files',
    'functions/adapters/providers',
    'node:fs',
    ...DOMAIN,
  ],
  'infra/stacks': ['node:fs', 'aws-cdk-lib', ...DOMAIN],
  'web/src': ['react', 'shared/queries', ...DOMAIN],
};
const ROOMS = Object.keys(MAY_IMPORT);
const PACKAGES = ['node:fs', '@aws-sdk/client-iot', '@middy/core', 'aws-cdk-lib', 'react'];

type Plant = { readonly file: string; readonly specifier: string; readonly allowed: boolean };

const workspace = (room: string) => room.split('/')[0];

/** How `file` may name `target`, and how it never may. */
const specifiers = (file: string, target: string): { proper: string; never: string[] } => {
  if (PACKAGES.includes(target)) return { proper: target, never: [] };
  const path = relative(dirname(file), `${target}/x.ts`);
  const byName = `@hems/${target}/x`;
  return workspace(file) === workspace(target) ? { proper: path, never: [byName] } : { proper: byName, never: [path] };
};

const plantsOf = (room: string): Plant[] =>
  [`${room}/planted.ts`, `${room}/inner/planted.ts`].flatMap((file) =>
    [...ROOMS, ...PACKAGES]
      .filter((target) => target !== room)
      .flatMap((target) => {
        const { proper, never } = specifiers(file, target);
        const allowed = MAY_IMPORT[room]?.includes(target) ?? false;
        return [
          { file, specifier: proper, allowed },
          ...never.map((specifier) => ({ file, specifier, allowed: false })),
        ];
      }),
  );

/** Every way to write an import; one line each, so that a report's line says which. */
const forms = (specifier: string, n: number): string[] => [
  `import { a${n} } from '${specifier}';`,
  `import type { B${n} } from '${specifier}';`,
  `export { c${n} } from '${specifier}';`,
  `export const d${n} = () => import('${specifier}');`,
];
const FORMS = forms('', 0).length;

const foldersIn = async (path: string): Promise<string[]> => {
  const entries = await readdir(join(ROOT, path), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${path}/${name}`);
};

describe('the linter keeps imports going one way', () => {
  let reported = new Set<string>();
  const plants = ROOMS.flatMap(plantsOf);
  const files = Object.groupBy(plants, ({ file }) => file);

  beforeAll(async () => {
    const text = (inFile: Plant[] = []) => inFile.flatMap(({ specifier }, n) => forms(specifier, n)).join('\n');
    reported = await lintPlanted(
      Object.fromEntries(Object.entries(files).map(([file, inFile]) => [file, text(inFile)])),
    );
  }, 60_000);

  test.each(ROOMS)('%s imports what the table says, in every form and from every depth, and nothing else', (room) => {
    const wrong = Object.entries(files)
      .filter(([file]) => file.startsWith(`${room}/`))
      .flatMap(([file, inFile = []]) =>
        inFile.flatMap(({ specifier, allowed }, n) =>
          forms(specifier, n)
            .filter(
              (_, form) => reported.has(`${file}:${n * FORMS + form + 1} eslint(no-restricted-imports)`) === allowed,
            )
            .map((line) => `${allowed ? 'refused' : 'let in'}: ${file}: ${line}`),
        ),
      );
    expect(wrong).toEqual([]);
  });

  test('every folder of functions/ has a row in the table', async () => {
    // Contract suites and the test kit are tests, the state machines are JSON.
    const noRooms = [
      'functions/adapters/contract',
      'functions/testing',
      'functions/workflows',
      'functions/node_modules',
    ];
    const adapters = await foldersIn('functions/adapters');
    const rooms = (await foldersIn('functions')).filter((path) => path !== 'functions/adapters');
    expect([...rooms, ...adapters].filter((path) => ![...ROOMS, ...noRooms].includes(path))).toEqual([]);
  });
});
