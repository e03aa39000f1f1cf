import { isTransient, type ApiError } from '@hems/shared/errors/api-error';
import { isDenied } from '@hems/shared/view/card';
import type { Query, QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { forgetDashboard, KEPT } from './kept.ts';

/** A device that nobody opens does not keep a home's figures for ever. */
const DAY_MS = 24 * 60 * 60_000;
const KEEP_MS = 7 * DAY_MS;

const answer = z.object({
  queryKey: z.array(z.unknown()),
  data: z.unknown(),
  /** when it arrived, by the clock of this device */
  atMs: z.number(),
});

const lastDashboard = z.object({
  sub: z.string(),
  /** the app that understood the answers: another version may read them otherwise */
  app: z.string(),
  path: z.string(),
  /** when its power arrived, by the clock of this device */
  atMs: z.number(),
  answers: z.array(answer),
});
type Answer = z.infer<typeof answer>;
/** The answers that the dashboard was last drawn from. */
export type LastDashboard = z.infer<typeof lastDashboard>;

/** The name of the app's entry file has the hash of everything that it consists of. */
const appVersion = (): string =>
  [...document.querySelectorAll<HTMLScriptElement>('script[type=module]')].map(({ src }) => src).join(' ');

const parsed = (kept: string): LastDashboard | undefined => {
  try {
    return lastDashboard.parse(JSON.parse(kept));
  } catch {
    return undefined;
  }
};

/** Undefined when none is kept. One that is too old, of another version of the app or of somebody else is erased. */
export const readDashboard = (nowMs: number, sub?: string): LastDashboard | undefined => {
  const kept = localStorage.getItem(KEPT);
  if (kept === null) return undefined;
  const last = parsed(kept);
  const isOurs = last?.app === appVersion() && (sub === undefined || last.sub === sub);
  if (isOurs && nowMs - last.atMs < KEEP_MS) return last;
  forgetDashboard();
  return undefined;
};

const PATH = /^\/households\/([^/]+)\/?$/;

const holds = ({ state }: Query): boolean => state.data !== undefined && !isDenied(state.error);

/** What the dashboard on the screen is drawn from, once its power is there; undefined on every other screen. */
const shownDashboard = (client: QueryClient, path: string): Omit<LastDashboard, 'sub'> | undefined => {
  const householdId = PATH.exec(path)?.[1];
  const live = client.getQueryState(['live', householdId]);
  if (live?.data === undefined || isDenied(live.error)) return undefined;
  const shown = client.getQueryCache().findAll({
    type: 'active',
    predicate: (query) => holds(query) && (query.queryKey[0] === 'session' || query.queryKey[1] === householdId),
  });
  const answers = shown.map(({ queryKey, state: { data, dataUpdatedAt } }) => ({
    queryKey: [...queryKey],
    data,
    atMs: dataUpdatedAt,
  }));
  return { app: appVersion(), path, atMs: live.dataUpdatedAt, answers };
};

const keyOf = ({ queryKey }: Pick<Answer, 'queryKey'>): string => JSON.stringify(queryKey);

/** What was kept of the same home and has no newer answer yet, for a day: a glance on a slow network does not throw it away. */
const stillGood = (client: QueryClient, { path, atMs, answers }: Omit<LastDashboard, 'sub'>, sub: string): Answer[] => {
  const last = readDashboard(atMs, sub);
  if (last?.path !== path) return [];
  const newer = new Set(answers.map(keyOf));
  return last.answers.filter(
    (one) =>
      !newer.has(keyOf(one)) &&
      atMs - one.atMs < DAY_MS &&
      !isDenied(client.getQueryState(one.queryKey)?.error ?? null),
  );
};

/** Keeps the dashboard where it is the one on the screen. */
export const writeDashboard = (client: QueryClient, sub: string): void => {
  const shown = shownDashboard(client, location.pathname);
  if (shown === undefined) return;
  const answers = [...shown.answers, ...stillGood(client, shown, sub)];
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...shown, answers, sub } satisfies LastDashboard));
  } catch {
    // Storage is full: an older dashboard must not pass for this one.
    forgetDashboard();
  }
};

const homesOf = z.object({ households: z.array(z.object({ householdId: z.string() })) });

const keptHome = (): string | undefined => PATH.exec(parsed(localStorage.getItem(KEPT) ?? '')?.path ?? '')?.[1];

type Told = { readonly queryKey: readonly unknown[]; readonly state: Pick<Query['state'], 'data' | 'error'> };
/** Erases the dashboard of a home that was erased, or of which its reader is a member no longer, as soon as an answer says so. */
export const forgetLost = ({ queryKey: [name, householdId], state }: Told): void => {
  if (name === 'live' && isDenied(state.error) && householdId === keptHome()) forgetDashboard();
  const session = name === 'session' ? homesOf.safeParse(state.data) : undefined;
  const isMember = session?.data?.households.some((home) => home.householdId === keptHome());
  if (isMember === false) forgetDashboard();
};

/** Has nothing to show, and will not have before there is a connection or the service is back. */
const isCutOff = ({ state }: Query): boolean =>
  state.data === undefined && (state.fetchStatus === 'paused' || (state.error !== null && isTransient(state.error)));

const put = (query: Pick<Query, 'setState'>, { data, atMs }: Answer, error: Error | null): void =>
  query.setState({ data, dataUpdatedAt: atMs, status: error === null ? 'success' : 'error', error });

/** Gives every query the answer that was kept; `why` there is no newer one stays with it, so that the screen says so. */
export const restoreAll = (client: QueryClient, { answers }: LastDashboard, why: ApiError): void => {
  for (const kept of answers) put(client.getQueryCache().build(client, { queryKey: kept.queryKey }), kept, why);
};

/** Gives the answers that were kept to queries that are cut off, and leaves alone those that have one or wait for it. */
export const restoreCutOff = (client: QueryClient, { answers }: LastDashboard): void => {
  for (const kept of answers) {
    const query = client.getQueryCache().find({ queryKey: kept.queryKey });
    if (query && isCutOff(query)) put(query, kept, query.state.error);
  }
};
