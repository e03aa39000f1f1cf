import { expect, test } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import { openadrContract } from '@hems/shared/openadr/contract';
import { partnerContract } from '@hems/shared/partner-api/contract';
import type * as mini from 'zod/mini';
import { jsonSchemaOf } from './json-schema.ts';

const patternsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, one]) =>
        name === 'pattern' && typeof one === 'string' ? [one] : patternsIn(one),
      )
    : [];

const schemas: readonly mini.ZodMiniType[] = [
  ...Object.values(contract)
    .flat()
    .flatMap(({ params, query, body }) => [params, query, body]),
  ...Object.values(partnerContract)
    .flat()
    .flatMap(({ params, query, body }) => [params, query, body]),
  ...Object.values(openadrContract)
    .flat()
    .flatMap(({ query, body }) => [query, body]),
];
const PATTERNS = [...new Set(schemas.flatMap((schema) => patternsIn(jsonSchemaOf(schema, 'input'))))];

/** As long as a body may be, of what each pattern repeats: one that looks back at every character would take hours. */
const LENGTH = 100_000;
const REPEATED = [
  'a',
  '0',
  '-',
  '.',
  'a.',
  'a-',
  '@',
  'a@',
  '가',
  ' ',
  '_',
  'A-',
  '0.0',
  '+',
  'aA0-',
  '\u200e',
  '\ud800',
];
const MOST_MS = 300;

test('no text, however long, keeps a rule of the contracts busy', () => {
  expect(PATTERNS.length).toBeGreaterThan(20);
  const slow = PATTERNS.flatMap((pattern) => {
    const rule = new RegExp(pattern, /\\[pu]\{/.test(pattern) ? 'u' : '');
    return REPEATED.flatMap((one) =>
      ['', '!', '\n', '@'].flatMap((end) => {
        const text = one.repeat(Math.ceil(LENGTH / one.length)) + end;
        const begun = performance.now();
        rule.test(text);
        const ms = performance.now() - begun;
        return ms > MOST_MS ? [`${pattern} at ${one}…${end}: ${ms.toFixed(0)} ms`] : [];
      }),
    );
  });
  expect(slow).toEqual([]);
});
