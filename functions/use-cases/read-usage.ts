import { dayStart, DAY_MS, HOUR_MS, isoSeoul, localDate, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { monthDates, partOf, type MonthItem } from '@hems/models/day/month-value';
import { originDateOf } from '@hems/models/household/origin-date';
import { aggregate } from '@hems/models/usage/aggregate';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import type { Grain, Usage, UsageInterval } from '@hems/shared/api/usage';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { runsOfDates } from './days/derive-days.ts';
import { quartersOfDays } from './days/household-quarters.ts';
import { readDayParts, viewOfDays, type DayParts, type DaysView, type Part } from './days/read-days-parts.ts';
import { Refused } from './refusal.ts';
import { readProfile, type Profile } from './stores/households.ts';
import { readMonths } from './stores/months.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Asked = { readonly householdId: string; readonly grain: Grain; readonly from: LocalDate; readonly to: LocalDate };

const MAX_DAYS: Record<Grain, number> = { '15min': 31, hour: 92, day: 800, month: 3700 };

const checkRange = ({ grain, from, to }: Asked): void => {
  const days = Math.round((dayStart(to) - dayStart(from)) / DAY_MS) + 1;
  if (days < 1) throw new Refused('invalid', `from (${from}) is after to (${to})`);
  if (days > MAX_DAYS[grain]) {
    throw new Refused(
      'invalid',
      `${days} days at grain ${grain}: at most ${MAX_DAYS[grain]}; ask for less or a coarser grain`,
    );
  }
};

const asFlow = (wh: number | undefined): number | null => wh ?? null;

const toInterval = (
  { label, startMs, endMs }: Pick<UsageInterval, 'label' | 'startMs' | 'endMs'>,
  parts: readonly Part[],
): UsageInterval => {
  const sum = aggregate(parts);
  return {
    label,
    startMs,
    endMs,
    importWh: asFlow(sum.importWh),
    exportWh: asFlow(sum.exportWh),
    solarWh: asFlow(sum.solarWh),
    toBatteryWh: asFlow(sum.toBatteryWh),
    fromBatteryWh: asFlow(sum.fromBatteryWh),
    loadWh: asFlow(sum.loadWh),
    quality: sum.quality,
    missingSlots: sum.missingSlots,
  };
};

const groupByTime = (quarters: readonly HouseholdQuarter[], widthMs: number): UsageInterval[] => {
  const groups = Map.groupBy(quarters, ({ startMs }) => Math.floor(startMs / widthMs) * widthMs);
  return [...groups].map(([startMs, parts]) =>
    toInterval({ label: isoSeoul(startMs), startMs, endMs: startMs + widthMs }, parts),
  );
};

const toDay = ({ date, parts }: DayParts): UsageInterval => {
  const startMs = dayStart(date);
  return toInterval({ label: date, startMs, endMs: startMs + DAY_MS }, parts);
};

const known = (wh: number | null): number | undefined => wh ?? undefined;
const asPart = (day: UsageInterval): Part => ({
  importWh: known(day.importWh),
  exportWh: known(day.exportWh),
  solarWh: known(day.solarWh),
  toBatteryWh: known(day.toBatteryWh),
  fromBatteryWh: known(day.fromBatteryWh),
  loadWh: known(day.loadWh),
  quality: day.quality,
  missingSlots: day.missingSlots,
});

const monthsOfDays = (days: readonly UsageInterval[]): UsageInterval[] =>
  [...Map.groupBy(days, ({ label }) => label.slice(0, 7))].map(([label, own]) =>
    toInterval({ label, startMs: own[0]?.startMs ?? 0, endMs: own.at(-1)?.endMs ?? 0 }, own.map(asPart)),
  );

const monthOfItem = (item: MonthItem): UsageInterval => {
  const [first, last] = monthDates(item.month);
  return toInterval({ label: item.month, startMs: dayStart(first), endMs: dayStart(last) + DAY_MS }, [partOf(item)]);
};

/** A month's item says what its days say once the month is over and none of its days is open. */
const isClosed = (item: MonthItem, { from, to }: Asked, { open, today }: DaysView): boolean => {
  const [first, last] = monthDates(item.month);
  const whole = from <= first && last <= to && last < today && item.to === last;
  return whole && ![...open].some((date) => first <= date && date <= last);
};

const readMonthIntervals = async (deps: Deps, asked: Asked, view: DaysView): Promise<UsageInterval[]> => {
  const { householdId, from, to } = asked;
  const items = await readMonths(deps.table, householdId, [from.slice(0, 7), to.slice(0, 7)]);
  const closed = items.map(({ month }) => month).filter((month) => isClosed(month, asked, view));
  const told = new Set(closed.map(({ month }) => month));
  const dates = datesBetween(from, to).filter((date) => !told.has(date.slice(0, 7)));
  const days = await Promise.all(runsOfDates(dates).map((run) => readDayParts(deps, view, run)));
  const others = monthsOfDays(days.flat().map(toDay));
  return [...closed.map(monthOfItem), ...others].toSorted((a, b) => a.startMs - b.startMs);
};

const withOrigin = (profile: Profile, grain: Grain, interval: UsageInterval): UsageInterval => {
  const { origin } = profile;
  if (origin?.type !== 'replayed' || grain === 'month') return interval;
  const date = originDateOf(origin, localDate(interval.startMs));
  return { ...interval, origin: { home: origin.home, date, country: origin.country } };
};

/**
 * Energy by interval. Quarter hours and hours are told from the readings; days and months from the daily and monthly items, and
 * from the readings for today and for days that the daily run has still to derive. So all grains have the same total, also
 * right after late readings. Only a day that is final keeps its item when readings come after 30 days.
 */
export const readUsage = async (deps: Deps, asked: Asked): Promise<Usage> => {
  checkRange(asked);
  const { householdId, grain, from, to } = asked;
  const profile = await readProfile(deps.table, householdId);
  if (!profile) throw new Refused('not-found', 'this household does not exist any more');
  const byGrain: Record<Grain, () => Promise<UsageInterval[]>> = {
    '15min': async () => groupByTime(await quartersOfDays(deps, householdId, [from, to]), SLOT_MS),
    hour: async () => groupByTime(await quartersOfDays(deps, householdId, [from, to]), HOUR_MS),
    day: async () => (await readDayParts(deps, await viewOfDays(deps, householdId), [from, to])).map(toDay),
    month: async () => readMonthIntervals(deps, asked, await viewOfDays(deps, householdId)),
  };
  const intervals = (await byGrain[grain]()).map((interval) => withOrigin(profile, grain, interval));
  return { householdId, grain, from, to, timeZone: 'Asia/Seoul', intervals };
};
