import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { LIMITS, REASONS } from '../api/plan.ts';
import { ko } from '../i18n/ko.ts';
import { ko as s } from '../i18n/ko/plan.ts';
import { NOW_MS } from '../testing/answers.ts';
import { aPlan, someSteps } from '../testing/assistant-answers.ts';
import { automationDraft, automationOf } from './automation-form.ts';
import { isFilled, type Card, type Loaded } from './card.ts';
import { isPlannable, minutesOf, ordersCard, overrideText, planCard } from './plan.ts';

const words = { t: ko, s };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const contentOf = <T>(card: Card<T>): T => {
  if (!isFilled(card)) throw new Error(`the card is ${card.state}`);
  return card.content;
};
const view = (over: Parameters<typeof aPlan>[0] = {}, nowMs = NOW_MS) =>
  contentOf(planCard(loaded(aPlan(over)), words, nowMs));

describe('a plan', () => {
  it('says in won what it saves against the battery that runs by itself, not against one at rest', () => {
    expect(view()).toMatchObject({
      headline: '₩820 아껴요',
      saves: true,
      costs: [
        { name: s.costs.planned, won: '₩4,980' },
        { name: s.costs.byItself, won: '₩5,800' },
      ],
      costsUntil: s.costs.until('11월 23일 (월) 밤 12시'),
      changes: '충전과 방전을 바꾸는 횟수 4번 · 지난 24시간 동안 5번',
    });
  });

  it('that saves next to nothing does not claim to, and a credit is told as one', () => {
    for (const won of [5795, 5800, 6100])
      expect(view({ plan: { won } })).toMatchObject({ headline: s.noSaving, saves: false });
    expect(view({ plan: { won: -1200 } }).costs[0]?.won).toBe('₩1,200 받음');
  });

  it('joins half hours that do the same for the same reason into one line, in the order of time', () => {
    const { blocks } = view();
    expect(blocks.map(({ when, name, power }) => [when, name, power])).toEqual([
      ['오후 3:00 – 오후 6:00', '배터리 대기', undefined],
      ['오후 6:00 – 오후 10:00', '배터리 방전', '1.20 kW'],
      ['오후 10:00 – 밤 12:00', '배터리 대기', undefined],
      ['11월 23일 (월) 오전 12:00 – 오전 6:00', '배터리 충전', '1.50 kW'],
      ['11월 23일 (월) 오전 6:00 – 오후 6:00', '배터리 대기', undefined],
      ['11월 23일 (월) 오후 6:00 – 오후 10:00', '배터리 방전', '1.20 kW'],
      ['11월 23일 (월) 오후 10:00 – 밤 12:00', '배터리 대기', undefined],
    ]);
    expect(blocks.map(({ isNow }) => isNow)).toEqual([true, false, false, false, false, false, false]);
    expect(blocks[1]).toMatchObject({ reason: s.reason['covers-dear'], stored: '끝나면 3.0 kWh' });
  });

  it('begins now: half hours that are over are not shown', () => {
    const { steps, blocks } = view({}, NOW_MS + 2 * HOUR_MS);
    expect(steps[0]!.startMs).toBe(dayStart('2026-11-22') + 17 * HOUR_MS);
    expect(blocks[0]!.when).toBe('오후 5:00 – 오후 6:00');
  });

  it('of a home with a car alone is about the car, and says by when it is ready', () => {
    const night = dayStart(addDays('2026-11-22', 1));
    const { blocks, hasBattery, hasCar } = view({
      automation: { isOn: true, reservePermille: 0, car: { needWh: 8000, readyBy: '07:00' } },
      plan: {
        capacityWh: 0,
        steps: someSteps((startMs) => ({
          batteryW: 0,
          storedWh: 0,
          reason: 'no-battery',
          carW: startMs >= night && startMs < night + 4 * HOUR_MS ? 2000 : 0,
        })),
      },
    });
    expect([hasBattery, hasCar]).toEqual([false, true]);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({
      when: '11월 23일 (월) 오전 12:00 – 오전 4:00',
      name: '전기차 충전',
      power: '2.00 kW',
      reason: '07:00까지 필요한 만큼 채워요.',
    });
  });

  it('tells each half hour in a table twin', () => {
    expect(view().rows[6]).toEqual({
      startMs: dayStart('2026-11-22') + 18 * HOUR_MS,
      time: '오후 6:00',
      battery: '방전 1.20 kW',
      car: '0 W',
      grid: '받음 100 W',
      stored: '3.0 kWh',
      price: '1 kWh에 190원',
      reason: s.reason['covers-dear'],
    });
  });

  it('has a word for each reason and each limit that is known', () => {
    expect(Object.keys(s.reason).toSorted()).toEqual([...REASONS].toSorted());
    expect(Object.keys(s.conflict).toSorted()).toEqual([...LIMITS].toSorted());
  });

  it('gives an unknown reason a neutral text', () => {
    const steps = someSteps(() => ({ reason: 'of-a-later-version' }));
    expect(view({ plan: { steps } }).rows[0]!.reason).toBe(s.unknownReason);
  });

  it('that is a safe one names the limits in conflict', () => {
    const { conflicts } = view({ plan: { status: 'safe', conflicts: ['battery-reserve', 'import-limit'] } });
    expect(conflicts).toEqual([s.conflict['battery-reserve'], s.conflict['import-limit']]);
    expect(view().conflicts).toBeUndefined();
  });

  it('that cannot serve the car in time is no safe one, and says so', () => {
    const late = view({ plan: { conflicts: ['car-ready-by'] } });
    expect(late).toMatchObject({ isSafe: false, conflicts: [s.conflict['car-ready-by']] });
  });

  it('that is not switched on says that nothing moves', () => {
    const off = { automation: { isOn: false, reservePermille: 200, car: null } };
    expect(planCard(loaded(aPlan(off)), words, NOW_MS)).toMatchObject({ state: 'partial', note: s.sketch });
  });

  it.each(['nothing-to-plan', 'no-forecast', 'no-state', 'no-price'] as const)('is not there: %s', (why) => {
    expect(planCard(loaded(aPlan({ plan: null, why })), words, NOW_MS)).toEqual({ state: 'empty', ...s.why[why] });
    expect(isPlannable(aPlan({ plan: null, why }))).toBe(why !== 'nothing-to-plan');
  });
});

describe('setting the plan aside', () => {
  it('is told with its end, and not once that is over', () => {
    const answer = aPlan({ override: { mode: 'self-use', untilMs: NOW_MS + HOUR_MS } });
    expect(overrideText(answer, words, NOW_MS)).toMatch(/^오후 4:02까지 ‘평소대로/);
    expect(overrideText(answer, words, NOW_MS + HOUR_MS)).toBeUndefined();
  });

  it('until midnight is so many minutes, and never fewer than an order takes', () => {
    expect([minutesOf('hour', NOW_MS), minutesOf('midnight', NOW_MS), minutesOf('day', NOW_MS)]).toEqual([
      60, 538, 1440,
    ]);
    expect(minutesOf('midnight', dayStart('2026-11-23') - 60_000)).toBe(10);
  });
});

describe('orders', () => {
  it('are told with what was ordered, until when, and how they fared', () => {
    expect(contentOf(ordersCard(loaded(aPlan()), words, NOW_MS))).toEqual([
      { orderId: 'order-2', what: '대기', when: '오후 3:00 – 오후 3:30', state: '실행 확인', isFailed: false },
      {
        orderId: 'order-1',
        what: '충전 1.50 kW',
        when: '오후 2:00 – 오후 3:00',
        state: s.orderState.expired,
        isFailed: true,
      },
    ]);
  });
});

describe('what the plan keeps to', () => {
  it('goes through the form unchanged', () => {
    const automation = { isOn: true, reservePermille: 250, car: { needWh: 8500, readyBy: '06:30' } };
    expect(automationOf(automationDraft(automation), true)).toEqual({ automation });
  });

  it.each([
    [{ needKwh: '0' }, 'needKwh'],
    [{ needKwh: '201' }, 'needKwh'],
    [{ needKwh: 'full' }, 'needKwh'],
    [{ readyBy: '' }, 'readyBy'],
  ])('with %j is not sent', (over, fault) => {
    const draft = automationDraft({ isOn: true, reservePermille: 0, car: { needWh: 8000, readyBy: '07:00' } });
    expect(automationOf({ ...draft, ...over }, true)).toEqual({ fault });
  });
});
