import { expect, it } from 'vitest';
import { aLive, NOW_MS } from '../testing/answers.ts';
import { followLive } from './live-tail.ts';

it('a device whose clock runs ahead draws no power beyond the server’s now, nor holds up the values that follow', () => {
  const ahead = (now: number, powerW: number) =>
    aLive({ now, load: { powerW, ts: now + 3 * 60_000, quality: 'good' } });
  const one = followLive(undefined, ahead(NOW_MS, 850));
  expect(one.tail).toEqual([{ ts: NOW_MS, value: 850, estimated: false }]);
  expect(followLive(one, ahead(NOW_MS + 5000, 900)).tail.map(({ ts }) => ts)).toEqual([NOW_MS, NOW_MS + 5000]);
});
