import * as z from 'zod';
import { settlementInputs, type EventInputs, type SettlementInputs } from '@hems/models/incentive/inputs';
import { halfBefore, halfOf, type HalfYear } from '@hems/models/incentive/periods';
import { notSettled, type NotSettled } from '@hems/models/incentive/programme';
import { inTime, type SavingEvent } from '@hems/models/incentive/saving-event';
import { carbonMonths, freezeCarbonHalf, isCarbonWin, MOST_WINS_ASKED } from '@hems/models/incentive/settle-carbon';
import { cashbackMonths, freezeCashback } from '@hems/models/incentive/settle-cashback';
import { settleInputs } from '@hems/models/incentive/settle';
import { sumAmounts, type Entry } from '@hems/models/ledger/entry';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readEntries, readInputs, readPeriod } from '../stores/ledger.ts';
import { calledOn, type Due, type Part } from './due-periods.ts';
import { freezeEvent } from './freeze-event.ts';
import { readMonths } from './months.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
/** A household on the day of a run: how it takes part, and the events of the time. */
export type Household = {
  readonly householdId: string;
  readonly parts: readonly Part[];
  readonly events: readonly SavingEvent[];
};

/** Why two ended pilots of the utility are not settled here. */
export const NOT_MEASURED: Readonly<Record<string, string>> = {
  'energy-cashback-evening-peak':
    'it is paid against the same hours of the two years before; quarter hours are kept 400 days, so those of 2024 and 2025 are not known',
  'energy-cashback-smart-appliance':
    'it is paid by the use of appliances registered with SmartThings or ThinQ, which are not metered here one by one',
};

/** Whether the half-year earned points for reducing, by what its latest entry was worked out from. */
const wasWon = async (table: Table, householdId: string, period: HalfYear): Promise<boolean> => {
  const entry = (await readPeriod(table, { householdId, programme: 'carbon-points-energy', period })).at(-1);
  const frozen = entry && (await readInputs(table, entry));
  if (!frozen) return false;
  const answer = settleInputs(z.parse(settlementInputs, frozen.inputs));
  return 'reward' in answer && answer.reward.status === 'reward' && isCarbonWin(answer.reward);
};

const winsBefore = async (table: Table, householdId: string, half: HalfYear): Promise<number> => {
  let wins = 0;
  while (wins < MOST_WINS_ASKED && (await wasWon(table, householdId, halfBefore(half, wins + 1)))) wins += 1;
  return wins;
};

/** Periods of the event's year before it that were worth something. Entries tell the day; of one day's events the hour decides. */
const wonBefore = (entries: readonly Entry[], event: SavingEvent, events: readonly SavingEvent[]): number => {
  const notBefore = new Set(
    events.filter((one) => one.date === event.date && inTime(one, event) >= 0).map(({ eventId }) => eventId),
  );
  const isBefore = ({ programme, period, endsOn }: Entry): boolean =>
    programme === event.programme &&
    endsOn.slice(0, 4) === event.date.slice(0, 4) &&
    endsOn <= event.date &&
    !notBefore.has(period);
  const periods = Map.groupBy(entries.filter(isBefore), ({ period }) => period);
  return [...periods.values()].filter((own) => sumAmounts(own) > 0).length;
};

/** Reads everything that an event is settled by in the home. */
export const freezeOfEvent = async (
  deps: Deps,
  { householdId, parts, events }: Household,
  { programme, spell, event }: Due & { readonly event: SavingEvent },
): Promise<EventInputs | NotSettled> =>
  freezeEvent(deps, householdId, {
    event,
    fixedMethod: spell.baselineMethod?.method,
    calledOn: calledOn(programme.id, parts, events),
    successesBefore:
      programme.id === 'apartment-mission' ? wonBefore(await readEntries(deps.table, householdId), event, events) : 0,
  });

/** Reads everything that the period's reward rests on. */
export const freeze = async (deps: Deps, household: Household, due: Due): Promise<SettlementInputs | NotSettled> => {
  const { table } = deps;
  const { householdId } = household;
  const { programme, period, event } = due;
  if (event) return freezeOfEvent(deps, household, { ...due, event });
  if (programme.id === 'energy-cashback')
    return freezeCashback(await readMonths(table, householdId, cashbackMonths(period.id)), period.id);
  if (programme.id === 'carbon-points-energy') {
    const half = halfOf(period.from);
    const use = await readMonths(table, householdId, carbonMonths(half));
    return freezeCarbonHalf(use, half, await winsBefore(table, householdId, half));
  }
  return notSettled('not-measured', NOT_MEASURED[programme.id] ?? `${programme.id} is not settled here`);
};
