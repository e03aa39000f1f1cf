import { serializeInnerList, type BareItem, type InnerList } from 'structured-headers';
import type { HttpRequest } from './request.ts';

/** What one signature covers and says of itself, in the order in which it says it (RFC 9421, 2.3). */
export type SignatureInput = {
  readonly components: readonly string[];
  readonly parameters: ReadonlyMap<string, BareItem>;
};

type Derived = (url: URL, request: Pick<HttpRequest, 'method' | 'url'>) => string;

/** RFC 9421, 2.2. `@query-param` and the parameters of components are left out: nobody needs them here. */
const DERIVED: Readonly<Record<string, Derived>> = {
  '@method': (_, { method }) => method.toUpperCase(),
  '@target-uri': (_, { url }) => url,
  '@authority': ({ host }) => host.toLowerCase(),
  '@scheme': ({ protocol }) => protocol.slice(0, -1),
  '@path': ({ pathname }) => pathname,
  '@query': ({ search }) => (search === '' ? '?' : search),
};

/** Line folding is obsolete; where it comes nevertheless, it counts as one space (RFC 9421, 2.1). */
const unfolded = (value: string): string => value.trim().replaceAll(/\s*\r?\n\s+/g, ' ');

const valueOf = (component: string, url: URL, request: Pick<HttpRequest, 'method' | 'url' | 'headers'>) => {
  // what every object inherits is no component
  if (component.startsWith('@'))
    return Object.hasOwn(DERIVED, component) ? DERIVED[component]?.(url, request) : undefined;
  const value = Object.hasOwn(request.headers, component) ? request.headers[component] : undefined;
  return value === undefined ? undefined : unfolded(value);
};

/** The value of `Signature-Input` for one signature. */
export const inputText = ({ components, parameters }: SignatureInput): string => {
  const list: InnerList = [components.map((name) => [name, new Map()]), new Map(parameters)];
  return serializeInnerList(list);
};

/**
 * The text that is signed (RFC 9421, 2.5); undefined where a covered component is not of this request, or is none that is understood here.
 */
export const signatureBase = (
  request: Pick<HttpRequest, 'method' | 'url' | 'headers'>,
  input: SignatureInput,
): string | undefined => {
  const url = URL.parse(request.url);
  if (url === null) return undefined;
  const lines = input.components.map((component) => {
    const value = valueOf(component, url, request);
    return value === undefined ? undefined : `"${component}": ${value}`;
  });
  if (lines.includes(undefined)) return undefined;
  return [...lines, `"@signature-params": ${inputText(input)}`].join('\n');
};
