import { describe, expect, test } from 'vitest';
import { DISCOUNT_CODES } from '../tariff/rows/deductions.ts';
import { RULE_CODES } from './codes.ts';
import { isGuarded, isVulnerableBy, safeguardOf, type Extremes, type Outlook } from './safeguard.ts';

const FINE: Extremes = { minCdegc: 800, maxCdegc: 1900 };
const MILD: Outlook = { alerts: [], today: FINE, tomorrow: FINE };
const UNKNOWN: Outlook = { alerts: null, today: null, tomorrow: null };
const may = (outlook: Outlook, date: string, isVulnerable = false): string[] => {
  const safeguard = safeguardOf({ isVulnerable, outlook }, date);
  return RULE_CODES.filter((rule) => !isGuarded(rule, safeguard));
};
const WARMTH = ['cooler-set-point', 'heater-set-point'];
const WHOLE_HOME = ['shift-hours', 'tier-limit', 'solar-self-use'];
const ALWAYS_ON = ['standby', 'idle-plug'];
const without = (...left: string[]): string[] => RULE_CODES.filter((rule) => !left.includes(rule));

describe('on a mild day', () => {
  test('nothing is kept back from a home that nobody has to be careful with', () => {
    expect(may(MILD, '2026-10-20')).toEqual([...RULE_CODES]);
    expect(safeguardOf({ isVulnerable: false, outlook: MILD }, '2026-10-20').shown).toBeNull();
  });
  test('a vulnerable home is asked for no less heating, cooling or use, and for nothing that runs at night', () => {
    expect(may(MILD, '2026-10-20', true)).toEqual(without(...WARMTH, ...WHOLE_HOME, ...ALWAYS_ON));
    expect(safeguardOf({ isVulnerable: true, outlook: MILD }, '2026-10-20').shown).toBe('vulnerable-home');
  });
});

test.each<[string, string, Outlook, string | null]>([
  ['a heat wave that was called out', '2026-08-01', { ...MILD, alerts: ['heat-wave'] }, 'heat-wave'],
  ['a cold wave that was called out', '2026-01-10', { ...MILD, alerts: ['cold-wave'] }, 'cold-wave'],
  ['a called-out wave while no forecast is known', '2026-08-01', { ...UNKNOWN, alerts: ['heat-wave'] }, 'heat-wave'],
  ['33 °C tomorrow', '2026-08-01', { ...MILD, tomorrow: { minCdegc: 2400, maxCdegc: 3300 } }, 'heat-wave'],
  [
    '33 °C tomorrow while no alert is known',
    '2026-08-01',
    { ...MILD, alerts: null, tomorrow: { minCdegc: 2400, maxCdegc: 3300 } },
    'heat-wave',
  ],
  ['33 °C today', '2026-08-01', { ...MILD, today: { minCdegc: 2400, maxCdegc: 3300 } }, 'heat-wave'],
  ['32.9 °C tomorrow', '2026-08-01', { ...MILD, tomorrow: { minCdegc: 2400, maxCdegc: 3290 } }, null],
  [
    '−12 °C tomorrow',
    '2026-01-10',
    { ...MILD, today: { minCdegc: -900, maxCdegc: 0 }, tomorrow: { minCdegc: -1200, maxCdegc: -200 } },
    'cold-wave',
  ],
  [
    '−11.9 °C tomorrow after a cold day',
    '2026-01-10',
    { ...MILD, today: { minCdegc: -900, maxCdegc: 0 }, tomorrow: { minCdegc: -1190, maxCdegc: -200 } },
    null,
  ],
  [
    'a fall by ten degrees to 3 °C',
    '2026-11-10',
    { ...MILD, today: { minCdegc: 1300, maxCdegc: 1800 }, tomorrow: { minCdegc: 300, maxCdegc: 900 } },
    'cold-wave',
  ],
  [
    'a fall by nine degrees to 3 °C',
    '2026-11-10',
    { ...MILD, today: { minCdegc: 1200, maxCdegc: 1800 }, tomorrow: { minCdegc: 300, maxCdegc: 900 } },
    null,
  ],
  [
    'a fall by ten degrees to 4 °C',
    '2026-11-10',
    { ...MILD, today: { minCdegc: 1400, maxCdegc: 1800 }, tomorrow: { minCdegc: 400, maxCdegc: 900 } },
    null,
  ],
  [
    'a fall by ten degrees in June',
    '2026-06-10',
    { ...MILD, today: { minCdegc: 1300, maxCdegc: 2300 }, tomorrow: { minCdegc: 300, maxCdegc: 1500 } },
    null,
  ],
])('%s', (_, date, outlook, shown) => {
  expect(safeguardOf({ isVulnerable: false, outlook }, date).shown).toBe(shown);
  expect(may(outlook, date)).toEqual(shown ? without(...WARMTH, ...WHOLE_HOME) : [...RULE_CODES]);
});

test('while it is not known what was called out, heating, cooling and all use are left alone, whatever a forecast says', () => {
  for (const date of ['2026-01-15', '2026-04-20', '2026-05-20', '2026-07-15', '2026-10-20'])
    for (const outlook of [UNKNOWN, { ...MILD, alerts: null }])
      expect(may(outlook, date)).toEqual(without(...WARMTH, ...WHOLE_HOME));
});

test.each(DISCOUNT_CODES)('a home with the discount %s is protected without saying anything', (code) => {
  expect(isVulnerableBy([code])).toBe(true);
});
test('a home without a discount is not', () => expect(isVulnerableBy([])).toBe(false));
