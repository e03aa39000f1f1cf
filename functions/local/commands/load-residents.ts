import { setTimeout as sleep } from 'node:timers/promises';
import { localDate } from '@hems/models/calendar/seoul';
import { readLive } from '@hems/shared/api/live';
import { readToday } from '@hems/shared/api/today';
import { readUsage } from '@hems/shared/api/usage';
import { callRoute } from './local-host.ts';
import { percentiles, type Percentiles } from './load-figures.ts';
import { empty, type HttpFigures, type Resident } from './load-messages.ts';
import { redeem, signIn } from './sign-in.ts';
import { CLI_CLIENT } from '../identity/provider.ts';

/** The app polls the live view this often while it is looked at. */
const LIVE_MS = 5000;
/** A watcher looks this often: the pause is part of the freshness that is told. */
const WATCH_MS = 250;
/** of a resident's calls of the live view, every so many is followed by today and usage */
const OTHERS_EACH = 12;
const SIGN_INS_AT_A_TIME = 4;

export type Residents = {
  /** what was counted since the last time */
  next(): HttpFigures;
  stop(): Promise<void>;
};

type Name = 'live' | 'today' | 'usage';
type Signed = Resident & { readonly origin: string; readonly token: () => Promise<string> };
const spreadOf = (values: readonly number[]): Percentiles => (values.length === 0 ? empty : percentiles(values));

const newTally = () => {
  const times: Record<Name, number[]> = { live: [], today: [], usage: [] };
  const errors: Record<string, number> = {};
  const freshness: number[] = [];
  return { sinceMs: performance.now(), times, errors, freshness };
};

/** Counts what residents were answered. */
const counting = (signal: AbortSignal) => {
  let tally = newTally();
  return {
    timed: async <T>(name: Name, call: () => Promise<T>): Promise<T | undefined> => {
      const since = performance.now();
      try {
        const answer = await call();
        tally.times[name].push(performance.now() - since);
        return answer;
      } catch (error) {
        const what = `${name}: ${error instanceof Error ? error.message : String(error)}`;
        if (!signal.aborted) tally.errors[what] = (tally.errors[what] ?? 0) + 1;
        return undefined;
      }
    },
    /** notes each reading at the first answer that holds it; those of before the first look tell nothing */
    noticer: () => {
      const newest = new Map<string, number>();
      return (deviceId: string, ts: number): void => {
        const before = newest.get(deviceId);
        if (before !== undefined && ts > before) tally.freshness.push(Date.now() - ts);
        newest.set(deviceId, Math.max(before ?? 0, ts));
      };
    },
    next: (): HttpFigures => {
      const { times, errors, freshness, sinceMs } = tally;
      const { live, today, usage } = times;
      const requests = live.length + today.length + usage.length;
      tally = newTally();
      return {
        requests,
        perSecond: (1000 * requests) / (performance.now() - sinceMs),
        byRoute: { live: spreadOf(live), today: spreadOf(today), usage: spreadOf(usage) },
        errors,
        freshness: spreadOf(freshness),
      };
    },
  };
};
type Counting = ReturnType<typeof counting>;

/** Renewed as the app does, a minute before it ends. */
const RENEW_BEFORE_MS = 60_000;

/** Signs in, and answers a token that is good for the next call. */
const tokenOf = async (origin: string, { email, password }: Resident): Promise<() => Promise<string>> => {
  const until = (seconds: number): number => performance.now() + 1000 * seconds - RENEW_BEFORE_MS;
  let held = await signIn({ origin, email, password });
  let goodUntil = until(held.expires_in);
  return async () => {
    if (performance.now() < goodUntil) return held.access_token;
    const fields = { grant_type: 'refresh_token', refresh_token: held.refresh_token, client_id: CLI_CLIENT };
    held = await redeem(origin, fields);
    goodUntil = until(held.expires_in);
    return held.access_token;
  };
};

const signedIn = async (origin: string, residents: readonly Resident[]): Promise<Signed[]> => {
  const all: Signed[] = [];
  const waiting = residents.values();
  const lane = async (): Promise<void> => {
    for (const one of waiting) all.push({ ...one, origin, token: await tokenOf(origin, one) });
  };
  await Promise.all(Array.from({ length: SIGN_INS_AT_A_TIME }, lane));
  return all;
};

const askOthers = async ({ timed }: Counting, { origin, token, householdId }: Signed): Promise<void> => {
  const common = { origin, params: { householdId } };
  const today = localDate(Date.now());
  const query = { grain: '15min', from: today, to: today };
  await timed('today', async () => await callRoute({ ...common, token: await token(), route: readToday }));
  await timed('usage', async () => await callRoute({ ...common, token: await token(), route: readUsage, query }));
};

const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};

type Looking = { readonly count: Counting; readonly signal: AbortSignal; readonly isWatcher: boolean };

/** One resident's app, open until the signal. */
const look = async (resident: Signed, { count, signal, isWatcher }: Looking): Promise<void> => {
  const { origin, token, householdId } = resident;
  const everyMs = isWatcher ? WATCH_MS : LIVE_MS;
  const notice = count.noticer();
  // nobody opens the app in the same moment
  await rest(Math.random() * everyMs, signal);
  for (let round = 0; !signal.aborted; round += 1) {
    const answer = await count.timed('live', async () =>
      callRoute({ origin, token: await token(), params: { householdId }, route: readLive }),
    );
    if (isWatcher) for (const { deviceId, ts } of answer?.devices ?? []) if (ts !== null) notice(deviceId, ts);
    if (!isWatcher && round % OTHERS_EACH === 0) await askOthers(count, resident);
    await rest(everyMs, signal);
  }
};

/** Residents who look at their homes; the first `watchers` of them look often, and tell how fresh what they see is. */
export const startResidents = async (
  origin: string,
  residents: readonly Resident[],
  watchers: number,
): Promise<Residents> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const count = counting(signal);
  const signed = await signedIn(origin, residents);
  const all = signed.map(async (one, index) => await look(one, { count, signal, isWatcher: index < watchers }));
  return {
    next: count.next,
    stop: async () => {
      stopping.abort();
      await Promise.all(all);
    },
  };
};
