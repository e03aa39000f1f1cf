import { addDays, dayNumber, type LocalDate } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import type { DayUse } from '@hems/models/tariff/use-series';
import type { Tested } from '@hems/models/tariff/projection-back-test';
import { homeDays } from '@hems/models/testing/home-days';
import { aHome, type Home } from '@hems/models/testing/home';
import type { HourlyHome } from '@hems/models/baseline/back-test';

/** Homes to hold the projection against: those that its constants were chosen on, and those that were held out. */
export type Half = 'chosen on' | 'held out';
export type TestedHome = Omit<Tested, 'historyDays'> & { readonly half: Half };

const READING_DAYS: readonly Supply['readingDay'][] = [1, 5, 12, 19, 25, 'month-end'];
const supplyOf = (index: number): Supply => ({
  ...ASSUMED_SUPPLY,
  readingDay: READING_DAYS[index % READING_DAYS.length] ?? 1,
});

type Years = readonly [past: LocalDate, from: LocalDate, to: LocalDate];

/** Fourteen months to look back on, then a year and a month to live through. Each group has a year, and so a weather, of its own. */
const GROUPS: readonly { readonly half: Half; readonly seeds: readonly [number, number]; readonly years: Years }[] = [
  { half: 'chosen on', seeds: [1, 24], years: ['2023-09-01', '2024-11-01', '2025-12-01'] },
  { half: 'chosen on', seeds: [49, 72], years: ['2024-09-01', '2025-11-01', '2026-12-01'] },
  { half: 'chosen on', seeds: [97, 120], years: ['2022-09-01', '2023-11-01', '2024-12-01'] },
  { half: 'held out', seeds: [145, 208], years: ['2020-09-01', '2021-11-01', '2022-12-01'] },
];

/** Flats and houses of one to five people, one in four heated by a heat pump; roofs, batteries and cars as the seed has them. */
const homeOf = (seed: number): Home =>
  aHome(seed, { heating: seed % 8 === 3 || seed % 8 === 6 ? 'heat-pump' : 'gas-boiler' });

const simulatedHome = (seed: number, half: Half, [past, from, to]: Years): TestedHome => {
  const days = [...homeDays(homeOf(seed), past, to)].map(({ date, importWh }): DayUse => ({
    date,
    importWh,
    exportWh: 0,
    share: 1,
  }));
  return { home: `simulated ${seed}`, supply: supplyOf(seed), days, from, to: addDays(to, -1), half };
};

/** All of them, or only the first few of each group. */
export const simulatedHomes = (wanted: Half, ofEach = Number.POSITIVE_INFINITY): TestedHome[] =>
  GROUPS.filter(({ half }) => half === wanted).flatMap(({ half, seeds: [first, last], years }) =>
    Array.from({ length: Math.min(last - first + 1, ofEach) }, (_, i) => simulatedHome(first + i, half, years)),
  );

/** Recorded homes lived in other years: moved by whole weeks to the last years whose holidays are not in the table, so that weekdays stay weekdays. */
const LAST_DAY = '2024-12-28';
const YEAR_OF_WEEKS = 364;

const usesOf = ({ days }: HourlyHome): DayUse[] =>
  [...days].flatMap(([date, hours]): DayUse[] => {
    const known = hours.flatMap((hour) => (hour ? [hour.wh] : []));
    const importWh = known.reduce((sum, wh) => sum + wh, 0);
    return known.length === 24 ? [{ date, importWh, exportWh: 0, share: 1 }] : [];
  });

/** The homes in the order of the folder, every second one held out. */
export const recordedHomes = (homes: readonly HourlyHome[]): TestedHome[] =>
  homes.flatMap((home, index) => {
    const days = usesOf(home);
    const [first, last] = [days[0]?.date, days.at(-1)?.date];
    if (first === undefined || last === undefined) return [];
    const shift = Math.floor((dayNumber(LAST_DAY) - dayNumber(last)) / YEAR_OF_WEEKS) * YEAR_OF_WEEKS;
    return [
      {
        home: home.name,
        supply: supplyOf(index),
        days: days.map((day) => ({ ...day, date: addDays(day.date, shift) })),
        from: addDays(first, shift + 40),
        to: addDays(last, shift),
        half: index % 2 === 0 ? ('chosen on' as const) : ('held out' as const),
      },
    ];
  });
