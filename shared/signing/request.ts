/** An HTTP request as its signature sees it. */
export type HttpRequest = {
  readonly method: string;
  /** absolute, as the client sent it; build it with `targetUri` */
  readonly url: string;
  /** names in lower case, several values joined with `, ` */
  readonly headers: Readonly<Record<string, string>>;
  /** empty: no body */
  readonly body: Uint8Array<ArrayBuffer>;
};

/** Everything but the unreserved characters of RFC 3986, which `encodeURIComponent` leaves five more of. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A query with names and values encoded, in the order of names and then of values; without parameters the empty text. */
export const canonicalQuery = (parameters: readonly (readonly [name: string, value: string])[]): string =>
  parameters
    .map(([name, value]): readonly [string, string] => [encoded(name), encoded(value)])
    .toSorted(([a, x], [b, y]) => inOrder(a, b) || inOrder(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/**
 * The one spelling of an address that is signed: a gateway hands on a query that it has decoded, so both sides write it anew. `path` is
 * taken as it stands.
 */
export const targetUri = (
  origin: string,
  path: string,
  parameters: readonly (readonly [name: string, value: string])[],
): string => {
  const query = canonicalQuery(parameters);
  return query === '' ? origin + path : `${origin}${path}?${query}`;
};
