import { addDays, DAY_MS, dayStart, HOUR_MS, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { newHome, simulationOf, stepHome } from '@hems/models/testing/live-home';
import { seedOf, uniformAt } from '@hems/models/testing/random';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import type { Dates } from '../days/household-quarters.ts';
import type { MadeUpHome, SavingEvent } from './made-up-homes.ts';

const QUARTERS_A_DAY = 96;
const QUARTERS_AN_HOUR = 4;
/** One day in ten has an hour that nobody knows, another one in ten an hour that is estimated: a client has to bear both. */
const GAP_SHARE = 0.1;
const ESTIMATED_SHARE = 0.2;
const JOINS_SHARE = 2 / 3;
const LEFT_SHARE = 4 / 5;

const takesPart = ({ seed, number }: MadeUpHome, { programme, date, fromHour }: SavingEvent): boolean =>
  uniformAt(seedOf('joins', seed, programme, date, fromHour), number) < JOINS_SHARE;

const isIn = ({ date, fromHour, toHour }: SavingEvent, startMs: number): boolean =>
  startMs >= dayStart(date) + fromHour * HOUR_MS && startMs < dayStart(date) + toHour * HOUR_MS;

type Odd = { readonly what: 'missing' | 'estimated'; readonly from: number };

const oddHourOf = ({ seed, number }: MadeUpHome, date: LocalDate): Odd | undefined => {
  const day = seedOf('odd hours', seed, number, date);
  const lot = uniformAt(day, 0);
  if (lot >= ESTIMATED_SHARE) return undefined;
  return {
    what: lot < GAP_SHARE ? 'missing' : 'estimated',
    from: Math.floor(uniformAt(day, 1) * (QUARTERS_A_DAY - QUARTERS_AN_HOUR)),
  };
};

const qualityOf = (odd: Odd | undefined, at: number): HouseholdQuarter['quality'] =>
  odd && at >= odd.from && at < odd.from + QUARTERS_AN_HOUR ? odd.what : 'good';

const UNKNOWN = {
  importWh: undefined,
  exportWh: undefined,
  solarWh: undefined,
  toBatteryWh: undefined,
  fromBatteryWh: undefined,
  loadWh: undefined,
} as const;

/**
 * Each day is lived anew after a day before it that nobody sees, so that it is the same whatever else is asked for, and asking costs no more in
 * the tenth year than in the first.
 */
const dayOf = (made: MadeUpHome, date: LocalDate): HouseholdQuarter[] => {
  const simulation = simulationOf(made.home);
  const events = made.events.filter((event) => event.date === date && takesPart(made, event));
  const odd = oddHourOf(made, date);
  const startsMs = dayStart(date);
  let before = stepHome(simulation, newHome(made.home, startsMs - DAY_MS), startsMs);
  return Array.from({ length: QUARTERS_A_DAY }, (_, at) => {
    const startMs = startsMs + at * SLOT_MS;
    const after = stepHome(simulation, before, startMs + SLOT_MS);
    const drawnWh = after.importWh - before.importWh;
    const exportWh = after.exportWh - before.exportWh;
    before = after;
    const quality = qualityOf(odd, at);
    if (quality === 'missing') return { startMs, ...UNKNOWN, quality };
    const saves = events.some((event) => isIn(event, startMs));
    const importWh = saves ? Math.floor(drawnWh * LEFT_SHARE) : drawnWh;
    return { startMs, ...UNKNOWN, importWh, exportWh, quality };
  });
};

/** Quarter hours of local days, both inclusive, that are over by the clock of the sandbox: whole Wh over the grid connection. */
export const madeUpQuarters = (home: MadeUpHome, [from, to]: Dates, nowMs: number): HouseholdQuarter[] => {
  const quarters: HouseholdQuarter[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) quarters.push(...dayOf(home, date));
  return quarters.filter(({ startMs }) => startMs + SLOT_MS <= nowMs);
};
