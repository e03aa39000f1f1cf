import { HOUR_MS, localDate, localTime } from '@hems/models/calendar/seoul';
import { fakeSystem } from './fake-system.ts';

export type GivenReward = {
  readonly rewardId: string;
  readonly memberKey: string;
  readonly point: number;
  readonly reason: string;
  readonly date: string;
};

const digits = (ms: number): string => `${localDate(ms).replaceAll('-', '')}${localTime(ms).slice(0, 2)}`;
/** Constructed, the same at each run. */
const usageAt = (ms: number): number => 52_000 + ((Math.floor(ms / HOUR_MS) * 104_729) % 9000);

/** The smart energy platform of the seed: hours of a complex, and the rewards that it was told to give. */
export const fakeSmartEnergyPlatform = async (apiKey: string) => {
  const rewards: GivenReward[] = [];
  const system = await fakeSystem(({ url, headers }) => {
    if (headers['x-api-key'] !== apiKey) return 403;
    const [since, until] = ['since', 'until'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
    if (since === undefined || until === undefined || Number.isNaN(since) || Number.isNaN(until)) return 400;
    if (url.pathname === '/api/rewards') return { items: rewards, nextCursor: '' };
    if (url.pathname !== '/api/usage') return 404;
    const from = Math.ceil(since / HOUR_MS) * HOUR_MS;
    const hours = Array.from(
      { length: Math.max(0, Math.floor((until - from) / HOUR_MS)) },
      (_, at) => from + at * HOUR_MS,
    );
    const items = hours.map((ms) => ({
      complex: 'hanbit',
      meterNo: 'C-1',
      hour: digits(ms),
      usageWh: usageAt(ms),
      state: 'measured',
      version: 1,
    }));
    return { items, nextCursor: '' };
  });
  return { ...system, usageAt, give: (reward: GivenReward): void => void rewards.push(reward) };
};
