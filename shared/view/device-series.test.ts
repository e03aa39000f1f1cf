import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { QUANTITY_NAMES, QUANTITIES } from '@hems/models/reading/quantities';
import { describe, expect, it } from 'vitest';
import type { DeviceSeries } from '../api/devices.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koEnergy } from '../i18n/ko/energy.ts';
import { NOW_MS } from '../testing/answers.ts';
import { aDeviceSeries } from '../testing/energy-answers.ts';
import { isFilled, type Loaded } from './card.ts';
import { figureOf, shownOf, valueText } from './device-quantity.ts';
import { deviceSeriesCard, keptFrom, type SeriesAsked, type SeriesView } from './device-series.ts';

const WORDS = { t: ko, s: koEnergy };
const TODAY = { from: '2026-11-22', to: '2026-11-22' };
const AIR = { deviceId: 'air-1', quantity: 'temperature_cdegc', grain: '15min', ...TODAY } as const;
const asked: SeriesAsked = { name: '거실', quantity: 'temperature_cdegc', scope: 'day', span: TODAY };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const card = (series: DeviceSeries, over: Partial<SeriesAsked> = {}) =>
  deviceSeriesCard(loaded(series), { ...asked, ...over }, WORDS);
const view = (...of: Parameters<typeof card>): SeriesView => {
  const shown = card(...of);
  if (!isFilled(shown)) throw new Error(shown.state);
  return shown.content;
};
type Point = DeviceSeries['points'][number];
const nothing: Partial<Point> = { value: null, min: null, max: null, samples: 0, quality: 'missing' };
const level = (value: number, over: Partial<Point> = {}): Partial<Point> => ({
  value,
  min: value,
  max: value,
  ...over,
});

describe('a quantity over time', () => {
  it('tells mean, lowest and highest of the span, the latter two with their time', () => {
    const coldest = dayStart('2026-11-22') + 6 * HOUR_MS;
    const series = aDeviceSeries(AIR, (startMs) => level(startMs === coldest ? 1800 : 2200, { samples: 15 }));
    // 61 quarter hours have begun
    expect(view(series).facts).toEqual([
      { name: '평균', value: '21.9 °C', at: undefined },
      { name: '최저', value: '18.0 °C', at: '오전 6:00 무렵' },
      { name: '최고', value: '22.0 °C', at: '오전 12:00 무렵' },
    ]);
  });

  it('means every value that was told once, however many fell into a quarter hour', () => {
    const first = dayStart('2026-11-22');
    const series = aDeviceSeries(AIR, (startMs) =>
      startMs === first
        ? level(3000, { samples: 1 })
        : startMs === first + 900_000
          ? level(2000, { samples: 3 })
          : nothing,
    );
    expect(view(series).facts[0]?.value).toBe('22.5 °C');
  });

  it('leaves a gap where nothing was heard, and says so; the quarter hour that has just begun is none', () => {
    const gap = aDeviceSeries(AIR, (startMs) => (startMs === dayStart('2026-11-22') + HOUR_MS ? nothing : {}));
    expect(card(gap)).toMatchObject({ state: 'partial', note: koEnergy.device.gaps });
    expect(view(gap).points[4]).toMatchObject({
      value: null,
      spoken: '01:00–01:15 · 기록 없음',
      cells: ['–', '–', '–'],
    });
    const begun = aDeviceSeries(AIR, (startMs) => (startMs > NOW_MS - 900_000 ? nothing : {}));
    expect(card(begun).state).toBe('ready');
  });

  it('without any value is empty', () => {
    expect(card(aDeviceSeries(AIR, () => nothing))).toMatchObject({ state: 'empty', ...koEnergy.device.empty });
  });

  it('names the hours of a week with their day', () => {
    const week = { from: '2026-11-16', to: '2026-11-22' };
    const series = aDeviceSeries({ ...AIR, ...week, grain: 'hour' }, () => level(2200));
    expect(view(series, { scope: 'week', span: week }).points[25]?.spoken).toBe(
      '11월 17일 (화) 1시–2시 · 평균 22.0 °C (22.0 °C–22.0 °C)',
    );
  });

  it('is handed over as a file in the unit that is shown, with the time and its zone', () => {
    const series = aDeviceSeries(AIR, () => level(2215));
    const lines = view(series).csv.text.split('\r\n');
    expect(lines[0]).toBe('\uFEFF시작,평균 (°C),최저 (°C),최고 (°C),값 개수,구분');
    expect(lines[1]).toBe('2026-11-22T00:00:00+09:00,22.2,22.2,22.2,15,측정값');
  });
});

describe('a quantity is written', () => {
  it.each([
    ['power_w', -1240, '-1,240 W'],
    ['soc_permille', 623, '62%'],
    ['voltage_mv', 221_340, '221.3 V'],
    ['current_ma', 2905, '2.91 A'],
    ['power_factor_permille', 934, '0.93'],
    ['co2_ppm', 1203, '1,203 ppm'],
    ['humidity_permille', 456, '46%'],
  ] as const)('%s %i as %s', (quantity, value, text) => expect(valueText(value, quantity)).toBe(text));

  it('unless it is a register or a code of a mode, which say nothing over time', () => {
    const left = QUANTITY_NAMES.filter((name) => !shownOf(QUANTITY_NAMES).some((shown) => shown === name));
    expect(left).toEqual(['energy_import_wh', 'energy_export_wh', 'battery_mode', 'hvac_mode', 'hvac_state']);
  });

  it('as a finite number at its bounds', () => {
    for (const name of shownOf(QUANTITY_NAMES))
      expect(figureOf(QUANTITIES[name].max, name)).not.toMatch(/NaN|Infinity/);
  });
});

it('air is kept for 90 days, what is electrical for a year', () => {
  expect([keptFrom('co2_ppm', NOW_MS), keptFrom('voltage_mv', NOW_MS)]).toEqual(['2026-08-24', '2025-11-22']);
});
