import { describe, expect, it } from 'vitest';
import type { Live } from '../api/live.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koHome } from '../i18n/ko/home.ts';
import { aLive, aSolarLive, NOW_MS } from '../testing/answers.ts';
import { isFilled, type Loaded } from './card.ts';
import { flowsCard, type FlowsView } from './flows.ts';
import { followLive } from './live-tail.ts';

const WORDS = { t: ko, s: koHome };
const MINUTE_MS = 60_000;
const cardOf = (live: Live) => {
  const loaded: Loaded<ReturnType<typeof followLive>> = {
    data: followLive(undefined, live),
    error: null,
    paused: false,
    atMs: NOW_MS,
  };
  return flowsCard(loaded, NOW_MS, WORDS);
};
const view = (live: Live): FlowsView => {
  const card = cardOf(live);
  if (!isFilled(card)) throw new Error(card.state);
  return card.content;
};
const flow = (powerW: number | null, ageMs = 3000) =>
  ({ powerW, ts: powerW === null ? null : NOW_MS - ageMs, quality: powerW === null ? 'missing' : 'good' }) as const;
const charger = (powerW: number | null, deviceId = 'ev-1') =>
  ({ deviceId, kind: 'ev_charger', name: '충전기', ...flow(powerW) }) as const;

describe('the power flows of a home', () => {
  it('are told with their direction in a word and above or below zero', () => {
    const { parts, home, summary, carNote } = view(aSolarLive());
    expect(parts.map(({ part, toHomeW, power, doing, charge }) => [part, toHomeW, power, doing, charge])).toEqual([
      ['solar', 2100, '2.10 kW', '발전 중', undefined],
      ['grid', -650, '650 W', '보내는 중', undefined],
      ['battery', -600, '600 W', '충전 중', '62%'],
    ]);
    expect(home).toMatchObject({ name: '우리 집', power: '850 W' });
    expect(summary).toBe(
      '전력 흐름 그림: 우리 집 850 W 사용 중, 태양광 2.10 kW 발전 중, 한전 650 W 보내는 중, 배터리 600 W 충전 중, 잔량 62%',
    );
    expect(carNote).toBeUndefined();
  });

  it('balance: what flows to the home, the car left out, is what it uses', () => {
    const live = aSolarLive();
    const sum = view({ ...live, devices: [...live.devices, charger(400)] })
      .parts.filter(({ part }) => part !== 'car')
      .reduce((total, { toHomeW }) => total + (toHomeW ?? Number.NaN), 0);
    expect(sum).toBe(live.load.powerW);
  });

  it('lead to the car, as a part of what the home uses', () => {
    const { parts, carNote } = view(aLive({ devices: [charger(3000), charger(400, 'ev-2')] }));
    expect(parts.at(-1)).toMatchObject({ part: 'car', toHomeW: -3400, power: '3.40 kW', doing: '충전 중' });
    expect(carNote).toBe(koHome.flow.carNote);
    const unknown = view(aLive({ devices: [charger(3000), charger(null, 'ev-2')] })).parts.at(-1);
    expect(unknown).toMatchObject({ toHomeW: null, power: '–', doing: '알 수 없음' });
  });

  it('rest below a trickle', () => {
    expect(view(aLive({ solar: flow(4) })).parts[0]).toMatchObject({ power: '4 W', doing: '쉬는 중' });
  });

  it('never show an old power without its time, nor as flowing', () => {
    const card = cardOf(aLive({ battery: { ...flow(800, 5 * MINUTE_MS), socPermille: 400 } }));
    expect(card).toMatchObject({ state: 'partial', note: koHome.flow.partial });
    expect(isFilled(card) && card.content.parts.at(-1)).toMatchObject({
      part: 'battery',
      toHomeW: null,
      power: '800 W',
      doing: '오후 2:57 값',
    });
  });

  it('are not told of another day, nor is the sum of the home once it is old', () => {
    const load = flow(850, 5 * MINUTE_MS);
    const { home, parts } = view(
      aLive({ load, grid: flow(850, 5 * MINUTE_MS), solar: flow(900, 24 * 60 * MINUTE_MS) }),
    );
    expect(home).toMatchObject({ power: '–', sentence: '우리 집 – 알 수 없음' });
    expect(parts).toMatchObject([
      { part: 'solar', power: '–', doing: '알 수 없음', toHomeW: null },
      { part: 'grid', power: '850 W', doing: '오후 2:57 값', toHomeW: null },
    ]);
  });

  it('are whole at night, when an inverter that told 0 W sleeps', () => {
    expect(cardOf(aLive({ solar: flow(0, 60 * MINUTE_MS) }))).toMatchObject({ state: 'ready' });
  });
});
