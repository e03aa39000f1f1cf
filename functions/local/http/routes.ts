import { contract } from '@hems/shared/api/contract';
import { Refusal } from './problem.ts';

type Addressed = { readonly method: string; readonly path: string };

export type Match<Noun extends string, Route extends Addressed> = {
  readonly noun: Noun;
  readonly route: Route;
  readonly pathParameters: Record<string, string>;
};

/** Finds the route of a contract that answers a request; a `Refusal` 404 or 405 when there is none. */
export const matcherOf = <Noun extends string, Route extends Addressed>(
  nouns: Readonly<Record<Noun, readonly Route[]>>,
  docs: string,
): ((method: string, rawPath: string) => Match<Noun, Route>) => {
  const isNoun = (name: string): name is Noun => name in nouns;
  const entries = Object.keys(nouns)
    .filter(isNoun)
    .flatMap((noun) => nouns[noun].map((route) => ({ noun, route, segments: route.path.split('/') })));
  return (method, rawPath) => {
    const given = rawPath.split('/');
    const found = entries.filter(
      ({ segments }) =>
        segments.length === given.length &&
        segments.every((segment, at) => (isPlaceholder(segment) ? given[at] !== '' : segment === given[at])),
    );
    if (found.length === 0) throw new Refusal(404, `There is no ${rawPath}. ${docs} lists what there is.`);
    const match = found.find(({ route }) => route.method === method);
    if (!match) {
      const allow = found.map(({ route }) => route.method).join(', ');
      throw new Refusal(405, `${rawPath} answers ${allow}, not ${method}.`, { allow });
    }
    return { noun: match.noun, route: match.route, pathParameters: parametersOf(match.segments, given) };
  };
};

const ROOTS = new Set(
  Object.values(contract)
    .flat()
    .map(({ path }) => path.split('/')[1]),
);

/** Whether a path is the API's to answer, be it with a 404. */
export const isOfApi = (rawPath: string): boolean => ROOTS.has(rawPath.split('/')[1]);

const parametersOf = (segments: readonly string[], given: readonly string[]): Record<string, string> => {
  const parameters: Record<string, string> = {};
  segments.forEach((segment, at) => {
    if (isPlaceholder(segment)) parameters[segment.slice(1, -1)] = decodeURIComponent(given[at] ?? '');
  });
  return parameters;
};

const isPlaceholder = (segment: string): boolean => segment.startsWith('{');
