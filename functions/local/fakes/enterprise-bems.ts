import { isoSeoul, SLOT_MS } from '@hems/models/calendar/seoul';
import { fakeSystem } from './fake-system.ts';

/** What the fake knows at a quarter hour; the same at each run. Constructed: no answer of a real system was seen. */
const kwhAt = (point: string, ms: number): number => {
  const quarter = Math.floor(ms / SLOT_MS);
  const base = point === 'lobby' ? 4.2 : 11.5;
  return Math.round((base + ((quarter * 7919) % 1000) / 400) * 1000) / 1000;
};
const POINTS = ['lobby', 'parking'];
const PAGE = 100;

/** The enterprise BEMS of the seed: pages of measurements for who has its token. `correct` makes a quarter hour another one, of a higher revision. */
export const fakeEnterpriseBems = async (token: string) => {
  const corrected = new Map<string, number>();
  const system = await fakeSystem(({ url, headers }) => {
    if (headers.authorization !== `Bearer ${token}`) return 401;
    if (url.pathname !== '/api/measurements') return 404;
    const [start, end] = ['start', 'end'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
    if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) return 400;
    const from = Math.ceil(start / SLOT_MS) * SLOT_MS;
    const quarters = Array.from(
      { length: Math.max(0, Math.floor((end - from) / SLOT_MS)) },
      (_, at) => from + at * SLOT_MS,
    );
    const all = quarters.flatMap((ms) => POINTS.map((point) => ({ ms, point })));
    const first = Number(url.searchParams.get('page') ?? '') || 0;
    return {
      building: 'tower-a',
      page: { next: first + PAGE < all.length ? String(first + PAGE) : null },
      measurements: all.slice(first, first + PAGE).map(({ ms, point }) => {
        const better = corrected.get(`${point}#${ms}`);
        return {
          point,
          ts: isoSeoul(ms),
          kwh: better ?? kwhAt(point, ms),
          status: better === undefined ? 'OK' : 'EST',
          rev: better === undefined ? 0 : 1,
        };
      }),
    };
  });
  return {
    ...system,
    kwhAt,
    correct: (point: string, ms: number, kwh: number): void => void corrected.set(`${point}#${ms}`, kwh),
  };
};
