import { SaxesParser } from 'saxes';
import { Unreadable2b } from '../../ports/openadr-2b.ts';

/** The namespaces of the 2.0b schema. */
export const NS = {
  oadr: 'http://openadr.org/oadr-2.0b/2012/07',
  ei: 'http://docs.oasis-open.org/ns/energyinterop/201110',
  pyld: 'http://docs.oasis-open.org/ns/energyinterop/201110/payloads',
  emix: 'http://docs.oasis-open.org/ns/emix/2011/06',
  power: 'http://docs.oasis-open.org/ns/emix/2011/06/power',
  scale: 'http://docs.oasis-open.org/ns/emix/2011/06/siscale',
  xcal: 'urn:ietf:params:xml:ns:icalendar-2.0',
  strm: 'urn:ietf:params:xml:ns:icalendar-2.0:stream',
} as const;

export type Element = {
  readonly space: string;
  readonly local: string;
  readonly children: Element[];
  text: string;
};

const MAX_DEPTH = 24;
const MAX_ELEMENTS = 10_000;
const MAX_TEXT = 4096;

const refuse = (why: string): never => {
  throw new Unreadable2b(why);
};

/** The whole document as a tree; entities, depth and numbers that make parsing expensive are refused. */
export const parseXml = (xml: string): Element => {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | undefined;
  let count = 0;
  parser.on('error', (error) => refuse(`not well-formed XML: ${error.message}`));
  parser.on('doctype', () => refuse('a DOCTYPE, and so its entities, are not taken'));
  parser.on('opentag', ({ uri, local }) => {
    count += 1;
    if (open.length >= MAX_DEPTH || count > MAX_ELEMENTS)
      refuse(`at most ${MAX_ELEMENTS} elements, nested ${MAX_DEPTH} deep, are taken`);
    const element: Element = { space: uri, local, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const text = (more: string): void => {
    const element = open.at(-1);
    if (!element) return;
    element.text += more;
    if (element.text.length > MAX_TEXT) refuse(`a text of more than ${MAX_TEXT} characters is not taken`);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml).close();
  return root ?? refuse('an empty document');
};

type Name = readonly [space: keyof typeof NS, local: string];

export const childrenOf = (element: Element | undefined, [space, local]: Name): Element[] =>
  (element?.children ?? []).filter((one) => one.space === NS[space] && one.local === local);

/** The element at the end of a path of names; undefined where there is none. */
export const at = (element: Element | undefined, ...path: readonly Name[]): Element | undefined =>
  path.reduce<Element | undefined>((within, name) => childrenOf(within, name)[0], element);

export const textAt = (element: Element | undefined, ...path: readonly Name[]): string | undefined =>
  at(element, ...path)?.text.trim();

export const required = (element: Element | undefined, ...path: readonly Name[]): string => {
  const text = textAt(element, ...path);
  return text === undefined || text === '' ? refuse(`${path.map(([, local]) => local).join('/')} is missing`) : text;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Text for an element or attribute; what XML 1.0 cannot hold is left out. */
const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are what XML 1.0 has no place for
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

/** An element with a text in it, or with elements. */
export const el = (name: string, ...inside: readonly string[]): string => `<${name}>${inside.join('')}</${name}>`;
export const leaf = (name: string, text: string | number): string => el(name, escaped(String(text)));
