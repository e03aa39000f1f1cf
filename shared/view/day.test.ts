import { HOUR_MS, isoSeoul, SLOT_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import type { Live } from '../api/live.ts';
import { stretchesOf } from '../chart/sample.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koDay } from '../i18n/ko/day.ts';
import { aDayOfUsage, aLive, NOW_MS } from '../testing/answers.ts';
import { aForecast, anHour } from '../testing/assistant-answers.ts';
import type { Loaded } from './card.ts';
import { dayCard, type DayAsked, type DayView } from './day.ts';
import { followLive, type LiveState } from './live-tail.ts';

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const WORDS = { t: ko, s: koDay };
/** The hour that runs. */
const HOUR_START_MS = NOW_MS - 2 * 60_000;
const LAST_SLOT_MS = NOW_MS - 2 * 60_000 - SLOT_MS;

const polls = (...answers: Live[]): LiveState =>
  answers.reduce<LiveState | undefined>((state, answer) => followLive(state, answer), undefined)!;
const pollAt = (now: number, powerW = 850, ts = now - 1000): Live =>
  aLive({ now, load: { powerW, ts, quality: 'good' } });

const asked = (over: Partial<DayAsked> = {}): DayAsked => ({
  usage: loaded(aDayOfUsage()),
  earlier: undefined,
  live: loaded(polls(pollAt(NOW_MS))),
  forecast: undefined,
  hourMs: HOUR_START_MS,
  ...over,
});
const view = (usage = aDayOfUsage(), live = polls(pollAt(NOW_MS)), over: Partial<DayAsked> = {}): DayView => {
  const card = dayCard(asked({ usage: loaded(usage), live: loaded(live), ...over }), WORDS);
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
    const card = dayCard(asked({ usage: loaded(gap) }), WORDS);
    expect(card).toMatchObject({ state: 'partial', note: '15분 구간 1개의 기록이 없어 비워 두었어요.' });
  });

  it('do not join a live value to a record that ended long ago', () => {
    const old = aDayOfUsage((startMs) => (startMs > NOW_MS - 2 * HOUR_MS ? { loadWh: null, quality: 'missing' } : {}));
    expect(stretchesOf(view(old).samples)).toHaveLength(2);
  });

  it('say in one sentence what the chart shows', () => {
    const peak = aDayOfUsage((startMs) => (startMs === NOW_MS - 2 * 60_000 - 8 * HOUR_MS ? { loadWh: 800 } : {}));
    expect(view(peak).summary).toBe(
      '최근 24시간 전력 그래프. 가장 낮을 때 400 W, 가장 높을 때는 오전 7:07에 3.20 kW까지 올랐어요. 마지막 값은 오후 3:01 기준 850 W.',
    );
  });

  it('have a table twin, newest first, with the quality of each row', () => {
    const estimated = aDayOfUsage((startMs) => (startMs === LAST_SLOT_MS ? { quality: 'estimated', loadWh: 87 } : {}));
    expect(view(estimated).rows[0]).toEqual({
      startMs: LAST_SLOT_MS,
      time: '오후 2:45',
      power: '348 W',
      before: '400 W',
      quality: '추정값',
    });
    expect(view(estimated)).toMatchObject({ hasEstimated: true, hasMeasured: true, hasGap: false });
  });

  it('are empty without a record and loading without an answer', () => {
    const none = aDayOfUsage(() => ({ loadWh: null, quality: 'missing' }));
    const silent = loaded(polls(aLive({ load: { powerW: null, ts: null, quality: 'missing' } })));
    const of = (usage: DayAsked['usage']) => dayCard(asked({ usage, live: silent }), WORDS).state;
    expect(of(loaded(none))).toBe('empty');
    expect(of({ data: undefined, error: null, paused: false, atMs: 0 })).toBe('loading');
  });
});

describe('the day before', () => {
  it('stands at the same hours, as far as the chart looks ahead', () => {
    const { before } = view(
      aDayOfUsage((startMs) => ({ loadWh: startMs < NOW_MS - 24 * HOUR_MS ? 300 : 100 })),
      undefined,
      { earlier: aDayOfUsage(() => ({ loadWh: 50 }), NOW_MS - 24 * HOUR_MS) },
    );
    expect(before.at(0)).toEqual({ ts: NOW_MS - 24 * HOUR_MS + 13 * 60_000 + 7.5 * 60_000, value: 200 });
    expect(before.filter(({ ts }) => ts < NOW_MS).at(-1)?.value).toBe(1200);
    expect(before.at(-1)).toEqual({ ts: LAST_SLOT_MS + 6 * HOUR_MS + 7.5 * 60_000, value: 400 });
  });

  it('breaks where its record does, and is nothing where there is none', () => {
    const missing = NOW_MS - 2 * 60_000 - 30 * HOUR_MS;
    const holed = aDayOfUsage((startMs) => (startMs === missing ? { loadWh: null, quality: 'missing' } : {}));
    expect(stretchesOf(view(holed).before)).toHaveLength(2);
    const young = aDayOfUsage((startMs) => (startMs < NOW_MS - HOUR_MS ? { loadWh: null, quality: 'missing' } : {}));
    expect(stretchesOf(view(young).before)).toEqual([]);
  });
});

describe('the hours to come', () => {
  it('are those of the next 6 hours, in the sentence, in the table and as a range', () => {
    const { expected, next, summary, rows } = view(undefined, undefined, { forecast: aForecast() });
    expect(expected).toHaveLength(7);
    expect(expected[0]).toEqual({ ts: NOW_MS - 2 * 60_000, middle: 1200, low: 800, high: 2100 });
    expect(next).toBe('오후 3:00–오후 4:00에는 1.2 kW쯤 쓸 것 같아요.');
    expect(summary).toMatch(/850 W\. 앞으로 6시간은 800 W에서 3\.70 kW 사이로 예측해요\.$/);
    expect(rows).toHaveLength(95 + 7);
    expect(rows[6]).toEqual({
      startMs: NOW_MS - 2 * 60_000,
      time: '오후 3:00부터',
      power: '1.20 kW',
      before: '400 W',
      quality: '예측 0.8–2.1 kW',
    });
    expect(rows[7]?.startMs).toBe(LAST_SLOT_MS);
  });

  it('do not begin before the hour that runs, which alone is told in a sentence', () => {
    const hours = [-2, -1, 0, 3, 4].map((ahead) => anHour(HOUR_START_MS + ahead * HOUR_MS));
    const { expected, next } = view(undefined, undefined, { forecast: aForecast({ hours }) });
    expect(expected.map(({ ts }) => (ts - HOUR_START_MS) / HOUR_MS)).toEqual([0, 3, 4]);
    expect(next).toContain('오후 3:00–오후 4:00');
    const evening = aForecast({ hours: hours.slice(3) });
    expect(view(undefined, undefined, { forecast: evening }).next).toBeUndefined();
  });

  it('are told by the clock, not by an answer that has stood since an hour before', () => {
    const later = { forecast: aForecast(), hourMs: HOUR_START_MS + HOUR_MS };
    expect(view(undefined, undefined, later).next).toContain('오후 4:00–오후 5:00');
    expect(view(undefined, undefined, { ...later, hourMs: HOUR_START_MS + 30 * HOUR_MS }).next).toBeUndefined();
  });

  it('say when they were forecast once that is two hours ago, beside what else is missing', () => {
    const issued = (ms: number) => aForecast({ issuedAt: isoSeoul(ms) });
    const of = (over: Partial<DayAsked>) => dayCard(asked(over), WORDS);
    expect(of({ forecast: issued(NOW_MS - 2 * HOUR_MS + 1000) }).state).toBe('ready');
    const old = issued(NOW_MS - 30 * HOUR_MS);
    expect(of({ forecast: old })).toMatchObject({ state: 'partial', note: koDay.old('11월 21일 (토) 오전 9:02') });
    const gap = loaded(
      aDayOfUsage((startMs) => (startMs === LAST_SLOT_MS ? { loadWh: null, quality: 'missing' } : {})),
    );
    expect(of({ forecast: old, usage: gap })).toMatchObject({
      note: `${koDay.partial(1)} ${koDay.old('11월 21일 (토) 오전 9:02')}`,
    });
    // the page has stood still for two hours, and its forecast with it
    expect(of({ forecast: aForecast(), hourMs: HOUR_START_MS + 2 * HOUR_MS })).toMatchObject({
      note: koDay.old('오후 3:00'),
    });
    expect(of({ forecast: { ...old, hours: [] } }).state).toBe('ready');
  });

  it('are left out, and hold up nothing, where the forecast is not ready', () => {
    const { expected, next, rows } = view(undefined, undefined, { forecast: aForecast({ status: 'collecting' }) });
    expect([expected, next, rows.length]).toEqual([[], undefined, 95]);
  });
});
