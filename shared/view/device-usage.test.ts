import { describe, expect, it } from 'vitest';
import { ko } from '../i18n/ko.ts';
import { ko as koEnergy } from '../i18n/ko/energy.ts';
import { ko as koHome } from '../i18n/ko/home.ts';
import { aToday, NOW_MS } from '../testing/answers.ts';
import { aDeviceUsage, someDevices } from '../testing/energy-answers.ts';
import { someDays } from '../testing/money-answers.ts';
import type { DeviceUsage } from '../api/usage.ts';
import { isFilled, type Loaded } from './card.ts';
import { deviceLinksCard, deviceSpan, deviceUsageCard, type DeviceUsageView } from './device-usage.ts';
import type { EnergyAnswer } from './energy-series.ts';

const WORDS = { t: ko, s: koEnergy, home: koHome };
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });

const card = (
  over: Partial<DeviceUsage> = {},
  unit: 'kwh' | 'won' = 'kwh',
  costs: EnergyAnswer = { days: someDays(NOVEMBER) },
) => {
  // as the screen asks for it
  const usage = aDeviceUsage(deviceSpan(unit, NOVEMBER, costs) ?? NOVEMBER, over);
  const asked = { span: NOVEMBER, scope: 'month', unit } as const;
  return deviceUsageCard({ ...asked, loaded: loaded(usage), costs: loaded(costs) }, WORDS);
};
const view = (...of: Parameters<typeof card>): DeviceUsageView => {
  const shown = card(...of);
  if (!isFilled(shown)) throw new Error(shown.state);
  return shown.content;
};

describe('the use by device', () => {
  it('is ranked, with the rest given to none of them, and told as a share of the home', () => {
    expect(view().rows.map(({ name, amount, share }) => [name, amount, share])).toEqual([
      ['전기차 충전기', '62.4 kWh', '집 전체의 35%'],
      ['냉장고', '31.0 kWh', '집 전체의 18%'],
      // it was not there all the time: a share of the whole would make it small
      ['세탁기', '4.6 kWh', undefined],
      ['그 밖의 사용', '78.0 kWh', '집 전체의 44%'],
    ]);
  });

  it('draws each bar as wide as its share of the home, and against the widest where no share is told', () => {
    expect(view().rows.map(({ widthPercent }) => Math.round(widthPercent))).toEqual([35, 18, 3, 44]);
    const gaps = view({ otherWh: null, missingSlots: 4 }).rows;
    expect(gaps.map(({ widthPercent, share }) => [Math.round(widthPercent), share])).toEqual([
      [100, undefined],
      [50, undefined],
      [7, undefined],
    ]);
  });

  it('says since when a new device is counted and that some of it is missing', () => {
    expect(view().rows.map(({ about }) => about)).toEqual([
      undefined,
      undefined,
      '11월 19일부터 · 일부 누락',
      koEnergy.devices.otherBefore,
    ]);
    const devices = aDeviceUsage(NOVEMBER).devices.slice(0, 2);
    expect(view({ devices }).rows.at(-1)?.about).toBe(koEnergy.devices.otherAbout);
  });

  it('never shows a device that said nothing as one that used nothing', () => {
    const devices = aDeviceUsage(NOVEMBER).devices.map((use, index) =>
      index === 2 ? { ...use, usedWh: null, fromMs: null, quality: 'missing' as const } : use,
    );
    expect(view({ devices }).rows[2]).toMatchObject({ amount: '–', share: undefined, about: '기록 없음' });
  });

  it('shares out what the days cost, to the won within rounding', () => {
    // 21 days of 1,200 won
    const won = view({}, 'won').rows.map(({ amount }) => Number(amount.replaceAll(/\D/g, '')));
    expect(won).toEqual([8935, 4439, 659, 11_168]);
    expect(Math.abs(won.reduce((sum, one) => sum + one, 0) - 25_200)).toBeLessThanOrEqual(won.length);
    expect(view({}, 'won').notes).toEqual([
      '요금이 계산된 11월 1일 – 11월 21일의 요금을 같은 날의 사용량만큼 나눈 금액이에요.',
    ]);
  });

  it('shares the cost of days out by the use of the same days: what is used today has a share once today has a cost', () => {
    const days = someDays(NOVEMBER);
    expect(deviceSpan('won', NOVEMBER, { days })).toEqual({ from: '2026-11-01', to: '2026-11-21' });
    expect(deviceSpan('won', NOVEMBER, { days, today: aToday({ costWon: null }) })?.to).toBe('2026-11-21');
    expect(deviceSpan('won', NOVEMBER, { days, today: aToday() })?.to).toBe('2026-11-22');
    expect(deviceSpan('kwh', NOVEMBER, { days })).toEqual(NOVEMBER);
    expect(view({}, 'won', { days, today: aToday() }).notes).toEqual([koEnergy.devices.costShared]);
  });

  it('leaves out the days around one that is not priced, and says of which it tells', () => {
    const days = someDays(NOVEMBER, (date) => (date === '2026-11-05' ? { cost: undefined } : {}));
    const costs = { days, today: aToday() };
    expect(deviceSpan('won', NOVEMBER, costs)).toEqual({ from: '2026-11-06', to: '2026-11-22' });
    const { rows, notes } = view({}, 'won', costs);
    const won = rows.map(({ amount }) => Number(amount.replaceAll(/\D/g, '')));
    expect(Math.abs(won.reduce((sum, one) => sum + one, 0) - (16 * 1200 + 1410))).toBeLessThanOrEqual(won.length);
    expect(notes[0]).toContain('11월 6일 – 11월 22일');
  });

  it('never shares a cost out by the use of other days', () => {
    const costs = { days: someDays(NOVEMBER) };
    const asked = { span: NOVEMBER, scope: 'month', unit: 'won', costs: loaded<EnergyAnswer>(costs) } as const;
    expect(deviceUsageCard({ ...asked, loaded: loaded(aDeviceUsage(NOVEMBER)) }, WORDS).state).toBe('empty');
  });

  it('shares out what today has cost so far with the rest: the devices used power today as well', () => {
    const costs = { days: someDays(NOVEMBER), today: aToday() };
    const won = view({}, 'won', costs).rows.map(({ amount }) => Number(amount.replaceAll(/\D/g, '')));
    expect(Math.abs(won.reduce((sum, one) => sum + one, 0) - 26_610)).toBeLessThanOrEqual(won.length);
  });

  it('tells no won before a day is priced', () => {
    expect(card({}, 'won', { days: { ...someDays(NOVEMBER), days: [] } })).toMatchObject({
      state: 'empty',
      ...koEnergy.devices.notPriced,
    });
  });

  it.each([
    [{ otherWh: null, missingSlots: 48 }, koEnergy.devices.loadGaps],
    [{ otherWh: null, loadWh: 90_000 }, koEnergy.devices.moreThanLoad],
    [{ otherWh: null, loadWh: null }, koEnergy.devices.noLoad],
  ])('leaves the rest out where it is not known, and says why: %o', (over, note) => {
    expect(card(over)).toMatchObject({ state: 'partial', note });
    expect(view(over).rows.map(({ share }) => share)).toEqual([undefined, undefined, undefined]);
    expect(card(over, 'won')).toMatchObject({ state: 'empty', title: koEnergy.devices.notPriced.title, text: note });
  });

  it('says that the rest is estimated where the load is', () => {
    expect(view({ quality: 'estimated' }).rows.at(-1)?.about).toBe(`${koEnergy.devices.otherBefore} · 추정값`);
  });

  it('is empty without a device that measures itself, and for days of which devices are held no more', () => {
    expect(card({ devices: [] })).toMatchObject({ state: 'empty', ...koEnergy.devices.empty });
    expect(card({ heldFrom: '2026-12-01' })).toMatchObject({ state: 'empty', ...koEnergy.devices.notHeld });
  });

  it('calls a trickle less than a percent instead of none', () => {
    const [first] = aDeviceUsage(NOVEMBER).devices;
    expect(view({ devices: [{ ...first!, usedWh: 300 }] }).rows[0]?.share).toBe(koEnergy.devices.shareLess);
  });
});

describe('the way to the devices', () => {
  it('begins with the meter and the air, and leaves out what measures nothing or is out of use', () => {
    const { devices } = someDevices();
    const [meter] = devices;
    const more = [
      ...devices,
      { ...meter!, deviceId: 'old', status: 'retired' as const },
      { ...meter!, deviceId: 'mute', quantities: [] },
    ];
    const links = deviceLinksCard(loaded({ devices: more }), NOW_MS, WORDS);
    expect(isFilled(links) && links.content.map(({ name, about }) => `${name}: ${about}`)).toEqual([
      '전력량계: 스마트미터 · 방금',
      '거실: 공기질 센서 · 방금',
      '태양광: 태양광 인버터 · 방금',
      '배터리: 방금',
      '전기차 충전기: 방금',
      '냉장고: 스마트 플러그 · 방금',
      '세탁기: 스마트 플러그 · 방금',
    ]);
  });

  it('marks a device that has gone silent', () => {
    const [meter] = someDevices().devices;
    const links = deviceLinksCard(
      loaded({ devices: [{ ...meter!, lastSeenMs: NOW_MS - 3 * 3_600_000 }] }),
      NOW_MS,
      WORDS,
    );
    expect(isFilled(links) && links.content[0]).toMatchObject({ silent: true });
  });
});
