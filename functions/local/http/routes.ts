import { contract, type Noun } from '@hems/shared/api/contract';
import type { Route } from '@hems/shared/api/route';
import { Refusal } from './problem.ts';

export type Match = {
  readonly noun: Noun;
  readonly route: Route;
  readonly pathParameters: Record<string, string>;
};

type Entry = { readonly noun: Noun; readonly route: Route; readonly segments: readonly string[] };

const isNoun = (name: string): name is Noun => name in contract;

const ENTRIES: readonly Entry[] = Object.entries(contract).flatMap(([noun, routes]) =>
  isNoun(noun) ? routes.map((route: Route) => ({ noun, route, segments: route.path.split('/') })) : [],
);

const ROOTS = new Set(ENTRIES.map(({ segments }) => segments[1]));

/** Whether a path is the API's to answer, be it with a 404. */
export const isOfApi = (rawPath: string): boolean => ROOTS.has(rawPath.split('/')[1]);

/** The route of the contract that answers a request; a `Refusal` 404 or 405 when there is none. */
export const matchRoute = (method: string, rawPath: string): Match => {
  const given = rawPath.split('/');
  const found = ENTRIES.filter(
    ({ segments }) =>
      segments.length === given.length &&
      segments.every((segment, at) => (isPlaceholder(segment) ? given[at] !== '' : segment === given[at])),
  );
  if (found.length === 0) throw new Refusal(404, `There is no ${rawPath}. /docs lists what there is.`);
  const match = found.find(({ route }) => route.method === method);
  if (!match) {
    const allow = found.map(({ route }) => route.method).join(', ');
    throw new Refusal(405, `${rawPath} answers ${allow}, not ${method}.`, { allow });
  }
  return { noun: match.noun, route: match.route, pathParameters: parametersOf(match.segments, given) };
};

const parametersOf = (segments: readonly string[], given: readonly string[]): Record<string, string> => {
  const parameters: Record<string, string> = {};
  segments.forEach((segment, at) => {
    if (isPlaceholder(segment)) parameters[segment.slice(1, -1)] = decodeURIComponent(given[at] ?? '');
  });
  return parameters;
};

const isPlaceholder = (segment: string): boolean => segment.startsWith('{');
