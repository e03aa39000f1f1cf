import {
  addDays,
  dayStart,
  DAY_MS,
  HOUR_MS,
  isoSeoul,
  localDate,
  SLOT_MS,
  type LocalDate,
} from '@hems/models/calendar/seoul';
import { originDateOf } from '@hems/models/household/origin-date';
import { aggregate, type Figure } from '@hems/models/usage/aggregate';
import { householdQuarters, isCounted } from '@hems/models/usage/household';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import type { Grain, Usage, UsageInterval } from '@hems/shared/api/usage';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { Refused } from './refusal.ts';
import { readDays, type DayTotal } from './stores/days.ts';
import { listDevices, readProfile, type Profile } from './stores/households.ts';
import { readSamples } from './stores/slots.ts';

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

/** The household's quarter hours of local days, both inclusive. */
export const quartersOfDays = async (
  { table, clock }: Deps,
  householdId: string,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<HouseholdQuarter[]> => {
  const range = { fromMs: dayStart(from), toMs: dayStart(addDays(to, 1)) };
  const devices = await listDevices(table, householdId);
  const said = await Promise.all(
    devices
      .filter(({ kind }) => isCounted(kind))
      .map(async ({ deviceId, kind, status }) => ({
        deviceId,
        kind,
        retired: status === 'retired',
        samples: await readSamples(table, { householdId, deviceId }, range),
      })),
  );
  return householdQuarters(said, { ...range, nowMs: clock.now() });
};

const asFlow = (wh: number | undefined): number | null => wh ?? null;

const toInterval = (
  { label, startMs, endMs }: Pick<UsageInterval, 'label' | 'startMs' | 'endMs'>,
  parts: readonly (Figure & { readonly missingSlots?: number })[],
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

const asFigure = ({
  importWh,
  exportWh,
  solarWh,
  toBatteryWh,
  fromBatteryWh,
  loadWh,
  quality,
}: DayTotal): Figure & { missingSlots: number } => ({
  importWh,
  exportWh,
  solarWh,
  toBatteryWh,
  fromBatteryWh,
  loadWh,
  quality,
  missingSlots: 0,
});

/** A day is told from its quarter hours; where they are not whole, from its imported total if it has one. */
const daysOf = (quarters: readonly HouseholdQuarter[], totals: readonly DayTotal[]): UsageInterval[] => {
  const known = Map.groupBy(quarters, ({ startMs }) => localDate(startMs));
  const imported = new Map(totals.map((total) => [total.date, total]));
  const dates = [...new Set([...known.keys(), ...imported.keys()])].toSorted();
  return dates.map((date) => {
    const startMs = dayStart(date);
    const own = known.get(date) ?? [];
    const total = imported.get(date);
    const whole = own.every(({ loadWh }) => loadWh !== undefined);
    const parts = total && !(own.length > 0 && whole) ? [asFigure(total)] : own;
    return toInterval({ label: date, startMs, endMs: startMs + DAY_MS }, parts);
  });
};

const defined = (wh: number | null): number | undefined => wh ?? undefined;

const monthsOf = (days: readonly UsageInterval[]): UsageInterval[] =>
  [...Map.groupBy(days, ({ label }) => label.slice(0, 7))].map(([label, own]) => {
    const parts = own.map((day) => ({
      importWh: defined(day.importWh),
      exportWh: defined(day.exportWh),
      solarWh: defined(day.solarWh),
      toBatteryWh: defined(day.toBatteryWh),
      fromBatteryWh: defined(day.fromBatteryWh),
      loadWh: defined(day.loadWh),
      quality: day.quality,
      missingSlots: day.missingSlots,
    }));
    return toInterval({ label, startMs: own[0]?.startMs ?? 0, endMs: own.at(-1)?.endMs ?? 0 }, parts);
  });

const withOrigin = (profile: Profile, grain: Grain, interval: UsageInterval): UsageInterval => {
  const { origin } = profile;
  if (origin?.type !== 'replayed' || grain === 'month') return interval;
  const date = originDateOf(origin, localDate(interval.startMs));
  return { ...interval, origin: { home: origin.home, date, country: origin.country } };
};

/** Energy by interval, from the quarter hours and, for days before them, from imported totals. */
export const readUsage = async (deps: Deps, asked: Asked): Promise<Usage> => {
  checkRange(asked);
  const { householdId, grain, from, to } = asked;
  const profile = await readProfile(deps.table, householdId);
  if (!profile) throw new Refused('not-found', 'this household does not exist any more');
  const quarters = await quartersOfDays(deps, householdId, [from, to]);
  const totals = grain === 'day' || grain === 'month' ? await readDays(deps.table, householdId, [from, to]) : [];
  const byGrain: Record<Grain, () => UsageInterval[]> = {
    '15min': () => groupByTime(quarters, SLOT_MS),
    hour: () => groupByTime(quarters, HOUR_MS),
    day: () => daysOf(quarters, totals),
    month: () => monthsOf(daysOf(quarters, totals)),
  };
  const intervals = byGrain[grain]().map((interval) => withOrigin(profile, grain, interval));
  return { householdId, grain, from, to, timeZone: 'Asia/Seoul', intervals };
};
