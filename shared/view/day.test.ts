import { HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import type { Live } from '../api/live.ts';
import { stretchesOf } from '../chart/sample.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koDay } from '../i18n/ko/day.ts';
import { aDayOfUsage, aLive, NOW_MS } from '../testing/answers.ts';
import type { Loaded } from './card.ts';
import { dayCard, type DayView } from './day.ts';
import { followLive, type LiveState } from './live-tail.ts';

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const WORDS = { t: ko, s: koDay };
const LAST_SLOT_MS = NOW_MS - 2 * 60_000 - SLOT_MS;

const polls = (...answers: Live[]): LiveState =>
  answers.reduce<LiveState | undefined>((state, answer) => followLive(state, answer), undefined)!;
const pollAt = (now: number, powerW = 850, ts = now - 1000): Live =>
  aLive({ now, load: { powerW, ts, quality: 'good' } });

const view = (usage = aDayOfUsage(), live = polls(pollAt(NOW_MS))): DayView => {
  const card = dayCard(loaded(usage), loaded(live), WORDS);
  if (card.state !== 'ready' && card.state !== 'partial') throw new Error(card.state);
  return card.content;
};

describe('the last 24 hours', () => {
  it('are quarter hours as mean power, up to the live value', () => {
    const { samples, rows } = view();
    expect(rows).toHaveLength(95);
    expect(samples.at(0)).toEqual({
      ts: NOW_MS - 24 * HOUR_MS + 13 * 60_000 + 7.5 * 60_000,
      value: 400,
      estimated: false,
    });
    expect(samples.at(-2)?.ts).toBe(LAST_SLOT_MS + SLOT_MS / 2);
    expect(samples.at(-1)).toEqual({ ts: NOW_MS - 1000, value: 850, estimated: false });
    expect(stretchesOf(samples)).toHaveLength(1);
  });

  it('leave out the open quarter hour, whose mean is not known yet', () => {
    expect(
      view(aDayOfUsage(), polls(aLive({ load: { powerW: null, ts: null, quality: 'missing' } }))).samples.at(-1)?.ts,
    ).toBe(LAST_SLOT_MS + SLOT_MS / 2);
  });

  it('grow by each new live value and by nothing else', () => {
    const one = polls(pollAt(NOW_MS));
    expect(followLive(one, pollAt(NOW_MS + 5000, 850, NOW_MS - 1000)).tail).toEqual(one.tail);
    const two = followLive(one, pollAt(NOW_MS + 5000, 1200));
    expect(two.tail.map(({ value }) => value)).toEqual([850, 1200]);
    expect(view(aDayOfUsage(), two).samples.at(-1)).toMatchObject({ ts: NOW_MS + 4000, value: 1200 });
  });

  it('drop live values once their quarter hour is settled', () => {
    const tail = polls(pollAt(LAST_SLOT_MS + 60_000), pollAt(NOW_MS));
    expect(view(aDayOfUsage(), tail).samples.filter(({ ts }) => ts > LAST_SLOT_MS)).toHaveLength(2);
  });

  it('use live values for a quarter hour that has ended but is not settled', () => {
    const unsettled = aDayOfUsage((startMs) => (startMs === LAST_SLOT_MS ? { loadWh: null, quality: 'missing' } : {}));
    const { samples } = view(unsettled, polls(pollAt(LAST_SLOT_MS + 60_000), pollAt(LAST_SLOT_MS + 120_000)));
    expect(samples.slice(-3).map(({ value }) => value)).toEqual([400, 850, 850]);
  });

  it('break where a quarter hour is missing and where the meter was silent', () => {
    const gap = aDayOfUsage((startMs) =>
      startMs === NOW_MS - 2 * 60_000 - 4 * HOUR_MS ? { loadWh: null, quality: 'missing' } : {},
    );
    expect(stretchesOf(view(gap).samples)).toHaveLength(2);
    const silent = polls(pollAt(NOW_MS), pollAt(NOW_MS + 5000), pollAt(NOW_MS + 4 * 60_000));
    expect(stretchesOf(view(aDayOfUsage(), silent).samples)).toHaveLength(2);
    const card = dayCard(loaded(gap), loaded(polls(pollAt(NOW_MS))), WORDS);
    expect(card).toMatchObject({ state: 'partial', note: '15분 구간 1개의 기록이 없어 비워 두었어요.' });
  });

  it('do not join a live value to a record that ended long ago', () => {
    const old = aDayOfUsage((startMs) => (startMs > NOW_MS - 2 * HOUR_MS ? { loadWh: null, quality: 'missing' } : {}));
    expect(stretchesOf(view(old).samples)).toHaveLength(2);
  });

  it('say in one sentence what the chart shows', () => {
    const peak = aDayOfUsage((startMs) => (startMs === NOW_MS - 2 * 60_000 - 8 * HOUR_MS ? { loadWh: 800 } : {}));
    expect(view(peak).summary).toBe(
      '최근 24시간 전력 그래프. 가장 낮을 때 400 W, 가장 높을 때 오전 7:07에 3.20 kW, 마지막 값은 오후 3:01에 850 W입니다.',
    );
  });

  it('have a table twin, newest first, with the quality of each row', () => {
    const estimated = aDayOfUsage((startMs) => (startMs === LAST_SLOT_MS ? { quality: 'estimated', loadWh: 87 } : {}));
    expect(view(estimated).rows[0]).toEqual({
      startMs: LAST_SLOT_MS,
      time: '오후 2:45',
      power: '348 W',
      energy: '0.09 kWh',
      quality: '추정값',
    });
    expect(view(estimated)).toMatchObject({ hasEstimated: true, hasMeasured: true, hasGap: false });
  });

  it('are empty without a record and loading without an answer', () => {
    const none = aDayOfUsage(() => ({ loadWh: null, quality: 'missing' }));
    const silent = loaded(polls(aLive({ load: { powerW: null, ts: null, quality: 'missing' } })));
    expect(dayCard(loaded(none), silent, WORDS).state).toBe('empty');
    expect(dayCard({ data: undefined, error: null, paused: false, atMs: 0 }, silent, WORDS).state).toBe('loading');
  });
});
