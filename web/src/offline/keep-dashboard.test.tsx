import { ApiError, type ErrorKind } from '@hems/shared/errors/api-error';
import { createQueryClient } from '@hems/shared/queries/query-client';
import { QueryObserver, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeSeed } from '../auth/session-seed.ts';
import { keepDashboard } from './keep-dashboard.ts';
import { KEPT } from './kept.ts';
import { readDashboard } from './last-dashboard.ts';

const HOUR_MS = 3_600_000;
const LIVE = ['live', 'home-1'];
const ME = 'resident-1';

let stops: (() => void)[] = [];
let client: QueryClient;
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime('2026-11-22T15:00:00+09:00');
  history.replaceState(null, '', '/households/home-1');
  writeSeed({ sub: ME, refreshToken: 'r' });
  client = clientOf();
});
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
  localStorage.clear();
  sessionStorage.clear();
  vi.useRealTimers();
});

const clientOf = (): QueryClient => {
  const made = createQueryClient(() => undefined);
  made.setDefaultOptions({ queries: { retry: false } });
  return made;
};
/** A query of the screen, which answers or fails. */
const shown = async (of: QueryClient, queryKey: QueryKey, answer: object | ErrorKind) => {
  const observer = new QueryObserver<object>(of, {
    queryKey,
    queryFn: async () => {
      if (typeof answer === 'string') throw new ApiError(answer, 'the service says no');
      return answer;
    },
  });
  stops.push(observer.subscribe(() => undefined));
  await vi.advanceTimersByTimeAsync(1);
  return observer;
};
const keep = (of: QueryClient, sub = ME): void => {
  stops.push(keepDashboard(of, sub));
};
const turnAway = (): void => {
  const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  hidden.mockRestore();
};
const kept = () => readDashboard(Date.now(), ME);
const keysKept = () => kept()?.answers.map(({ queryKey }) => queryKey[0]);

describe('the dashboard on the screen', () => {
  it('is kept with the time its power arrived, without anything of another home or the inbox', async () => {
    keep(client);
    await shown(client, ['session'], { sub: ME });
    await shown(client, ['inbox'], { notices: [] });
    await shown(client, ['live', 'home-2'], { powerW: 1 });
    const arrivedMs = Date.now();
    await shown(client, LIVE, { powerW: 850 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(keysKept()).toEqual(['session', 'live']);
    expect(kept()).toMatchObject({ sub: ME, path: '/households/home-1', atMs: arrivedMs });
  });

  it('is kept at once when the resident turns to something else', async () => {
    keep(client);
    await shown(client, LIVE, { powerW: 850 });
    expect(kept()).toBeUndefined();
    turnAway();
    expect(keysKept()).toEqual(['live']);
  });

  it('is not replaced by another screen', async () => {
    keep(client);
    await shown(client, LIVE, { powerW: 850 });
    turnAway();
    history.replaceState(null, '', '/households/home-1/energy');
    await shown(client, ['bill', 'home-1'], { won: 1 });
    turnAway();
    expect(keysKept()).toEqual(['live']);
  });

  it('is erased at sign-out and not written again by the page that leaves', async () => {
    keep(client);
    await shown(client, LIVE, { powerW: 850 });
    turnAway();
    writeSeed(undefined);
    expect(localStorage.getItem(KEPT)).toBeNull();
    turnAway();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('is not written again after another tab has signed out', async () => {
    keep(client);
    await shown(client, LIVE, { powerW: 850 });
    localStorage.removeItem(KEPT);
    dispatchEvent(new StorageEvent('storage', { key: KEPT, newValue: null }));
    turnAway();
    expect(localStorage.getItem(KEPT)).toBeNull();
  });
});

describe('the dashboard that was kept', () => {
  const keptWith = async (...more: readonly (readonly [QueryKey, object])[]): Promise<void> => {
    keep(client);
    await shown(client, LIVE, { powerW: 850 });
    for (const [key, answer] of more) await shown(client, key, answer);
    turnAway();
    for (const stop of stops) stop();
    stops = [];
  };

  it.each<[string, QueryKey, object | ErrorKind]>([
    ['is refused to its reader', LIVE, 'no-permission'],
    ['is not there any more', LIVE, 'not-found'],
    ['is none of the homes of whoever is signed in', ['session'], { sub: ME, households: [{ householdId: 'home-2' }] }],
  ])('is erased when its home %s, in whichever screen that is heard', async (_, key, answer) => {
    await keptWith();
    history.replaceState(null, '', '/account');
    const later = clientOf();
    keep(later);
    await shown(later, key, answer);
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('is erased when that was heard before anything is kept, and stays where something else is refused', async () => {
    await keptWith();
    const later = clientOf();
    await shown(later, ['advice', 'home-1'], 'no-permission');
    await shown(later, ['live', 'home-2'], 'no-permission');
    await shown(later, ['session'], { sub: ME, households: [{ householdId: 'home-1' }] });
    keep(later);
    expect(kept()).toBeDefined();
    const last = clientOf();
    await shown(last, LIVE, 'not-found');
    keep(last);
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('is not kept again from answers that its reader may see no longer', async () => {
    const answers: (object | ErrorKind)[] = [{ powerW: 850 }, 'no-permission'];
    keep(client);
    const live = new QueryObserver<object>(client, {
      queryKey: LIVE,
      queryFn: async () => {
        const answer = answers.shift();
        if (typeof answer === 'string') throw new ApiError(answer, 'the service says no');
        return answer ?? {};
      },
    });
    stops.push(live.subscribe(() => undefined));
    await vi.advanceTimersByTimeAsync(1);
    turnAway();
    expect(kept()).toBeDefined();
    await live.refetch();
    turnAway();
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('keeps for a day what a glance on a slow network had no time to fetch, with the time of its own', async () => {
    await keptWith([['bill', 'home-1'], { won: 41_000 }], [['advice', 'home-1'], { items: [] }]);
    vi.advanceTimersByTime(HOUR_MS);
    const glance = clientOf();
    keep(glance);
    await shown(glance, LIVE, { powerW: 900 });
    await shown(glance, ['advice', 'home-1'], 'no-permission');
    turnAway();
    expect(
      kept()?.answers.map(({ queryKey: [name], data, atMs }) => [name, data, Date.now() - atMs >= HOUR_MS]),
    ).toEqual([
      ['live', { powerW: 900 }, false],
      ['bill', { won: 41_000 }, true],
    ]);
    vi.advanceTimersByTime(24 * HOUR_MS);
    await shown(glance, LIVE, { powerW: 700 });
    await glance.refetchQueries({ queryKey: LIVE });
    turnAway();
    expect(keysKept()).toEqual(['live']);
  });
});

describe('the dashboard of an earlier visit', () => {
  beforeEach(async () => {
    keep(client);
    await shown(client, LIVE, { powerW: 850 });
    await shown(client, ['bill', 'home-1'], { won: 41_000 });
    turnAway();
    for (const stop of stops) stop();
    stops = [];
    vi.advanceTimersByTime(HOUR_MS);
  });

  it.each<ErrorKind>(['unreachable', 'unavailable'])(
    'stands in where the answer is %s, with its age and the reason',
    async (kind) => {
      const later = clientOf();
      keep(later);
      const live = await shown(later, LIVE, kind);
      const { data, error, dataUpdatedAt } = live.getCurrentResult();
      expect(data).toEqual({ powerW: 850 });
      expect(error).toMatchObject({ kind });
      expect(Date.now() - dataUpdatedAt).toBeGreaterThanOrEqual(HOUR_MS);
    },
  );

  it('stays away while the answer is on its way', async () => {
    const later = clientOf();
    const answer = Promise.withResolvers<object>();
    const live = new QueryObserver(later, { queryKey: LIVE, queryFn: () => answer.promise });
    stops.push(live.subscribe(() => undefined));
    keep(later);
    await shown(later, ['bill', 'home-1'], 'unavailable');
    expect(live.getCurrentResult()).toMatchObject({ status: 'pending', data: undefined });
    answer.resolve({ powerW: 900 });
    await vi.advanceTimersByTimeAsync(1);
    expect(live.getCurrentResult()).toMatchObject({ status: 'success', data: { powerW: 900 } });
  });

  it('stays away where the service says no', async () => {
    const later = clientOf();
    keep(later);
    const live = await shown(later, LIVE, 'no-permission');
    expect(live.getCurrentResult().data).toBeUndefined();
  });

  it('never replaces what has arrived since', async () => {
    const later = clientOf();
    keep(later);
    const live = await shown(later, LIVE, { powerW: 900 });
    await shown(later, ['bill', 'home-1'], 'unavailable');
    expect(live.getCurrentResult().data).toEqual({ powerW: 900 });
    expect(later.getQueryData(['bill', 'home-1'])).toEqual({ won: 41_000 });
  });

  it('is erased the moment somebody else signs in, and not by a renewal of the same person', () => {
    writeSeed({ sub: ME, refreshToken: 'r2' });
    expect(kept()).toBeDefined();
    writeSeed({ sub: 'resident-2', refreshToken: 'r' });
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('is not given to somebody else', () => {
    keep(clientOf(), 'resident-2');
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('is erased after a week', () => {
    vi.advanceTimersByTime(7 * 24 * HOUR_MS);
    expect(kept()).toBeUndefined();
    expect(localStorage.getItem(KEPT)).toBeNull();
  });

  it('is erased when another version of the app kept it', () => {
    const script = document.createElement('script');
    script.type = 'module';
    document.head.append(script);
    script.setAttribute('src', '/assets/index-other.js');
    expect(kept()).toBeUndefined();
    script.remove();
    expect(localStorage.getItem(KEPT)).toBeNull();
  });
});
