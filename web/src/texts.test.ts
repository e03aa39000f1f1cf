import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What a resident sees is made here; fixtures and tests are not. */
const PLACES = [
  'web/src',
  'shared/view',
  'shared/chart',
  'shared/format',
  'shared/queries',
  'shared/client',
  'shared/errors',
];
const NOT_SHOWN = /\.test\.tsx?$|\/(testing|gallery)\//;

/** A language calls itself by its own name in every language. */
const NAMES_OF_LANGUAGES = ['한국어', 'English'];
/** Units are written alike in both languages. */
const UNITS = ['kW', 'kWh', 'W', '%', 'CO₂'];
const HANGUL = /[\p{Script=Hangul}]/u;
const LETTER = /\p{L}/u;
/** Attributes that are read by eye or by ear. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|alt|placeholder|label|summary|text|hint|caption)$/;

type Node = { readonly type: string; readonly [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** The parts of an expression that it can come to: of `state === 'failed' && …` only the right one is shown. */
const shownOf = (node: Node): unknown[] => {
  if (node.type === 'ConditionalExpression') return [node['consequent'], node['alternate']];
  if (node.type === 'LogicalExpression') return [...(node['operator'] === '&&' ? [] : [node['left']]), node['right']];
  if (node.type === 'BinaryExpression') return node['operator'] === '+' ? [node['left'], node['right']] : [];
  return node.type === 'JSXExpressionContainer' ? [node['expression']] : [];
};

/** The texts that an expression can come to, as far as they stand in it. */
const textsIn = (node: unknown): string[] => {
  if (!isNode(node)) return [];
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? [node['value']] : [];
  if (node.type === 'TemplateLiteral')
    return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
  return shownOf(node).flatMap(textsIn);
};

/** Texts of a source that stand outside the message modules, each with its line. */
const textsOutside = (name: string, source: string): string[] => {
  const found: string[] = [];
  const tell = (text: string, start: number): void => {
    const said = text.trim();
    if (!LETTER.test(said) || UNITS.includes(said) || NAMES_OF_LANGUAGES.includes(said)) return;
    found.push(`${name}:${source.slice(0, start).split('\n').length} ${said}`);
  };
  const { program, errors } = parseSync(name, source);
  if (errors.length > 0) throw new Error(`${name} cannot be read: ${errors[0]?.message}`);
  new Visitor({
    Literal: ({ value, start }) => {
      if (typeof value === 'string' && HANGUL.test(value)) tell(value, start);
    },
    TemplateElement: ({ value, start }) => {
      if (HANGUL.test(value.raw)) tell(value.raw, start);
    },
    JSXText: ({ value, start }) => tell(value, start),
    JSXAttribute: ({ name: attribute, value, start }) => {
      if (attribute.type !== 'JSXIdentifier' || !SPOKEN.test(attribute.name)) return;
      for (const text of textsIn(value)) tell(text, start);
    },
    JSXElement: ({ children }) => {
      for (const child of children)
        if (child.type === 'JSXExpressionContainer') for (const text of textsIn(child)) tell(text, child.start);
    },
  }).visit(program);
  return [...new Set(found)];
};

const sourcesIn = (place: string): string[] =>
  readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !NOT_SHOWN.test(path));

describe('what a resident reads', () => {
  it.each(PLACES)('stands in the message modules and nowhere in %s', (place) => {
    const sources = sourcesIn(place);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap((path) => textsOutside(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });

  it.each([
    ['between tags', '<p>Hello</p>'],
    ['as a label for the ear', '<p aria-label="Power now" />'],
    ['as a choice of two', '<p>{isOn ? "on" : s.off}</p>'],
    ['after a condition', '<p>{isOn && "on"}</p>'],
    ['around a figure', '<p title={`about ${n}`} />'],
    ['handed to a component', '<Field label="Name" />'],
    ['in Korean, wherever it stands', '<p>{say({ name: "이름" })}</p>'],
    ['in Korean around a figure', '<p>{say(`${n}개`)}</p>'],
  ])('is found %s', (_, jsx) => expect(textsOutside('a.tsx', `const a = ${jsx};`)).toHaveLength(1));

  it.each([
    ['a text from the messages', '<p aria-label={s.label}>{s.text(n)}</p>'],
    ['a unit', '<p>{power} <small>kW</small></p>'],
    ['a sign', '<p> · {n}% </p>'],
    ['a class, an address, a key', '<a href="/inbox" className={isOn ? "on" : "off"} key={`${n} row`} />'],
    ['Korean in a comment', '<p>{/* 대시보드 */}</p>'],
  ])('may be %s', (_, jsx) => expect(textsOutside('a.tsx', `const a = ${jsx};`)).toEqual([]));
});
