import { beforeAll, describe, expect, test } from 'vitest';
import { lintPlanted } from './planted.ts';

/** One planted line for each habit that the configuration promises to keep. */
const REFUSED: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['models/usage/time.ts', 'export const now = () => Date.now();', 'eslint(no-restricted-globals)'],
  ['models/usage/dice.ts', 'export const dice = () => Math.random();', 'eslint(no-restricted-properties)'],
  ['functions/use-cases/time.ts', 'export const now = () => new Date();', 'eslint(no-restricted-globals)'],
  ['functions/use-cases/dice.ts', 'export const dice = () => Math.random();', 'eslint(no-restricted-properties)'],
  ['functions/use-cases/id.ts', "import { randomUUID } from 'node:crypto';", 'eslint(no-restricted-imports)'],
  ['shared/view/page.ts', 'export const width = () => window.innerWidth;', 'eslint(no-restricted-globals)'],
  ['functions/api/env.ts', 'export const stage = process.env.STAGE;', 'node(no-process-env)'],
  ['functions/adapters/aws/env.ts', "import { env } from 'node:process';", 'eslint(no-restricted-imports)'],
  ['functions/api/zod.ts', "import { z } from 'zod';", 'unicorn(import-style)'],
  ['shared/view/zod.ts', "import { z } from 'zod/mini';", 'unicorn(import-style)'],
  ['functions/ports/default.ts', 'export default 1;', 'import(no-default-export)'],
  ['functions/ports/type.ts', "export type A = import('../x.ts').A;", 'typescript(consistent-type-imports)'],
  ['functions/local/self.ts', "import { a } from './self.ts'; export { a };", 'import(no-self-import)'],
  ['functions/local/any.ts', 'export const a = (b: any) => b;', 'typescript(no-explicit-any)'],
  ['functions/local/bang.ts', 'export const a = (b?: string) => b!;', 'typescript(no-non-null-assertion)'],
  ['functions/local/as.ts', 'export const a = (b: unknown) => b as string;', 'typescript(no-unsafe-type-assertion)'],
  ['functions/local/room.ts', 'export namespace Room { export const a = 1; }', 'typescript(no-namespace)'],
  ['functions/local/many.ts', 'export const a = (b: 1, c: 1, d: 1, e: 1) => b + c + d + e;', 'eslint(max-params)'],
  [
    'functions/local/long.ts',
    `export const a = () => {${'\n  call();'.repeat(60)}\n};`,
    'eslint(max-lines-per-function)',
  ],
  [
    'functions/local/lost.ts',
    'export const a = (b: () => Promise<void>) => { b(); };',
    'typescript(no-floating-promises)',
  ],
  [
    'functions/local/kinds.ts',
    "export const a = (kind: 'ev' | 'pv') => { switch (kind) { case 'ev': return 1; } return 0; };",
    'typescript(switch-exhaustiveness-check)',
  ],
];

const ALLOWED: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['functions/runtime/env.ts', 'export const stage = process.env.STAGE;', 'node(no-process-env)'],
  ['functions/use-cases/hash.ts', "import { createHash } from 'node:crypto';", 'eslint(no-restricted-imports)'],
  ['models/usage/time.test.ts', 'export const day = new Date();', 'eslint(no-restricted-globals)'],
];

describe('the linter keeps the habits of the house', () => {
  let reported = new Set<string>();

  beforeAll(async () => {
    const cycle = {
      'functions/local/hen.ts': "import { egg } from './egg.ts'; export const hen = () => egg;",
      'functions/local/egg.ts': "import { hen } from './hen.ts'; export const egg = () => hen;",
    };
    const files = [...REFUSED, ...ALLOWED].map(([file, code]) => [file, code]);
    reported = await lintPlanted({ ...cycle, ...Object.fromEntries(files) }, '--type-aware');
  }, 60_000);

  test.each(REFUSED)('%s: %s', (file, _code, rule) => {
    expect(reported).toContain(`${file}:1 ${rule}`);
  });

  test('two files that import each other are a cycle', () => {
    expect(reported).toContain('functions/local/hen.ts:1 import(no-cycle)');
  });

  test.each(ALLOWED)('%s may say: %s', (file, _code, rule) => {
    expect(reported).not.toContain(`${file}:1 ${rule}`);
  });
});
