import type * as z from 'zod/mini';
import type { Route } from '../api/route.ts';

type Part<Name extends string, Value> =
  Record<string, never> extends Value ? { readonly [name in Name]?: Value } : { readonly [name in Name]: Value };

/** What a call of the route needs: `params`, `query` and `body`, each optional when nothing in it is required. */
export type RequestOf<R extends Route> = Part<'params', z.input<R['params']>> &
  Part<'query', z.input<R['query']>> &
  Part<'body', z.input<R['body']>>;

const texts = (part: unknown): [name: string, text: string][] =>
  Object.entries(part ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [],
  );

/** The address of a call: each `{name}` of the path filled in, the query behind it. */
export const requestUrl = (apiBase: string, route: Route, request: RequestOf<Route>): string => {
  const params = new Map(texts(request.params));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params.get(name);
    if (value === undefined) throw new TypeError(`${route.name}: the path needs ${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(texts(request.query)).toString();
  return `${apiBase}${path}${query === '' ? '' : `?${query}`}`;
};
