import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { ROOT } from './planted.ts';

/** A code without a text is told by its kind alone, which says nothing of what to do. */

/** Of routes for operators, who read `detail`. */
const OPERATORS = ['in-use', 'no-household', 'not-waiting', 'other-address', 'answered-already', 'not-corrected'];

/** Codes that are no literal of their `new Refused(…)`, by the file that has it. */
const COMPUTED: Record<string, readonly string[]> = {
  'functions/use-cases/devices/replace-device.ts': ['not-active', 'other-kind', 'taken', 'not-heard', 'both-measure'],
  'functions/use-cases/members/accept-invitation.ts': ['invitation-used', 'invitation-withdrawn', 'invitation-expired'],
  'functions/use-cases/members/change-members.ts': ['role', 'last-owner'],
  'functions/use-cases/onboarding/prove-residence.ts': ['wrong-code', 'code-expired', 'code-used'],
};

/** Doors and use cases of partners, whose programs read the code and whose people read `detail`; residents dispute there too. */
const OF_PARTNERS =
  /^functions\/(partner|runtime\/(partner|openadr|idempotency)|use-cases\/(stores\/(partner-cursors|openadr)|partners|sites|connectors|webhooks|sandbox|green-button|openadr|government))\b/;
const OF_RESIDENTS_TOO = /^functions\/use-cases\/government\/(entry-)?disputes\.ts$/;

const FILES = globSync('functions/{api,events,jobs,partner,runtime,use-cases}/**/*.ts', { cwd: ROOT }).filter(
  (file) => !file.endsWith('.test.ts') && (!OF_PARTNERS.test(file) || OF_RESIDENTS_TOO.test(file)),
);

type Node = Readonly<Record<string, unknown>> & { readonly type: string };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const nodesIn = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesIn)];
};

// eslint-disable-next-line typescript/no-deprecated -- Vite's new name for it is not among what vitest passes on
const parse = (file: string): Node[] => nodesIn(parseAst(readFileSync(join(ROOT, file), 'utf8'), { lang: 'ts' }));

/** What stands as the code of each `new Refused(…)`: its text, or null where it is worked out. */
const codesOf = (file: string): (string | null)[] =>
  parse(file)
    .filter(({ type, callee }) => type === 'NewExpression' && isNode(callee) && callee['name'] === 'Refused')
    .flatMap((made) => {
      const given = Array.isArray(made['arguments']) ? made['arguments'].filter(isNode) : [];
      if (given.some(({ type }) => type === 'SpreadElement')) return [null];
      const [, , code] = given;
      if (!code) return [];
      return [typeof code['value'] === 'string' ? code['value'] : null];
    });

const FOUND = FILES.map((file) => ({ file, codes: codesOf(file) }));
const computedIn = FOUND.filter(({ codes }) => codes.includes(null)).map(({ file }) => file);
const literal = new Set(FOUND.flatMap(({ codes }) => codes.filter((code) => code !== null)));

const keysOf = (file: string): unknown[] =>
  parse(file).flatMap(({ type, key }) => (type === 'Property' && isNode(key) ? [key['value'] ?? key['name']] : []));
const TEXTS = ['ko', 'en'].map((language) => keysOf(`shared/i18n/${language}/errors.ts`));
const lacksText = (code: string): boolean => !TEXTS.every((keys) => keys.includes(code));

test('every code that a refusal carries tells a resident what to do', () => {
  expect(literal.size).toBeGreaterThan(30);
  const all = [...literal, ...Object.values(COMPUTED).flat()];
  expect(all.filter((code) => lacksText(code) && !OPERATORS.includes(code))).toEqual([]);
});

test('a code that is worked out is listed with its file', () => {
  expect(computedIn.toSorted()).toEqual(Object.keys(COMPUTED).toSorted());
});

test('what is excepted is a code, and has no text', () => {
  expect(OPERATORS.filter((code) => !literal.has(code) || !lacksText(code))).toEqual([]);
});
