import type * as z from 'zod';
import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { spellOver } from '@hems/models/incentive/enrolment';
import type { MonthlyUse } from '@hems/models/incentive/monthly-use';
import { halfOf, halvesIn, monthOf, monthPeriod, monthsIn, yearsBefore } from '@hems/models/incentive/periods';
import { notSettled, type Programme, type SettlementPeriod } from '@hems/models/incentive/programme';
import { eventPeriod, inTime, type SavingEvent } from '@hems/models/incentive/saving-event';
import { settleInputs } from '@hems/models/incentive/settle';
import { simulateCarbon, simulateCashback, totalsOf, type SimulatedPeriod } from '@hems/models/incentive/simulate';
import type { assumption, Simulation } from '@hems/shared/api/programmes';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { listEnrolments } from '../stores/enrolments.ts';
import { readEvents } from '../stores/events.ts';
import { calledOn, LOOK_BACK_DAYS, partsOf, type Part } from './due-periods.ts';
import { requireProgramme } from './enrol.ts';
import { freezeEvent } from './freeze-event.ts';
import { NOT_MEASURED } from './freeze.ts';
import { readMonths } from './months.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Asked = { readonly householdId: string; readonly programme: Programme<unknown>; readonly today: LocalDate };
type Assumption = z.infer<typeof assumption>;
type Simulated = {
  readonly periods: readonly SimulatedPeriod[];
  readonly empty: Simulation['empty'];
  readonly assumptions: Assumption[];
};

/** Simulated so far back; what a period is held against reaches two years further. */
const YEARS = 2;
/** Each event reads three weeks of its hours. */
const MOST_EVENTS = 12;

const since = (today: LocalDate, years: number): LocalDate => `${yearsBefore(monthOf(today), years)}-01`;

/** The use of the months that simulated periods may rest on, and the first day of it. */
const pastUse = async (
  { table }: Deps,
  { householdId, today }: Asked,
): Promise<{ use: MonthlyUse; from: LocalDate | undefined }> => {
  const months = monthsIn(since(today, 2 * YEARS + 1), addDays(today, -1)).map(({ id }) => id);
  const use = await readMonths(table, householdId, months);
  const [first] = [...use.keys()].toSorted();
  return { use, from: first && monthPeriod(first).from };
};

const simulateMonths = async (deps: Deps, asked: Asked): Promise<Simulated> => {
  const { use, from } = await pastUse(deps, asked);
  if (from === undefined) return { periods: [], empty: 'no-history', assumptions: [] };
  const start = since(asked.today, YEARS);
  const months = monthsIn(from > start ? from : start, addDays(asked.today, -1)).map(({ id }) => id);
  return {
    periods: simulateCashback(use, months),
    empty: null,
    assumptions: ['took-part-throughout', 'regional-mean-reached'],
  };
};

const simulateHalves = async (deps: Deps, asked: Asked): Promise<Simulated> => {
  const { use, from } = await pastUse(deps, asked);
  if (from === undefined) return { periods: [], empty: 'no-history', assumptions: [] };
  const halves = halvesIn(`${yearsBefore(asked.today.slice(0, 4), YEARS)}-01-01`, addDays(asked.today, -1));
  const known = halves.filter(({ to }) => from <= to).map((half) => halfOf(half.from));
  return {
    periods: simulateCarbon(use, known),
    empty: known.length > 0 ? null : 'no-history',
    assumptions: ['took-part-throughout', 'earlier-wins-from-the-same-simulation', 'standard-use-not-counted'],
  };
};

/** Of the spell that the event fell into, as it is settled; of an event outside of all, the last that was fixed for the home. */
const methodFor = ({ spells, enrolment: { history } }: Part, event: SavingEvent): string | undefined => {
  const fixedWith = spellOver(spells, eventPeriod(event)) ?? history.findLast((step) => step.baselineMethod);
  return fixedWith?.baselineMethod?.method;
};

/** The latest events of the programme, oldest first: a mission counts toward the year's most. */
const simulateEvents = async (deps: Deps, { householdId, programme, today }: Asked): Promise<Simulated> => {
  const parts = partsOf(await listEnrolments(deps.table, householdId));
  const events = await readEvents(deps.table, [addDays(since(today, YEARS), -LOOK_BACK_DAYS), addDays(today, -1)]);
  const own = events.filter((event) => event.programme === programme.id && event.date >= since(today, YEARS));
  const called = calledOn(programme.id, parts, events);
  const part = parts.find((one) => one.programme.id === programme.id);
  const periods: SimulatedPeriod[] = [];
  const won = new Map<string, number>();
  for (const event of own.toSorted(inTime).slice(-MOST_EVENTS)) {
    const year = event.date.slice(0, 4);
    const successesBefore = won.get(year) ?? 0;
    const fixedMethod = part && methodFor(part, event);
    const inputs = await freezeEvent(deps, householdId, { event, fixedMethod, calledOn: called, successesBefore });
    const answer = 'status' in inputs ? inputs : settleInputs(inputs);
    const isWon = 'reward' in answer && answer.reward.status === 'reward' && answer.reward.amount > 0;
    if (isWon) won.set(year, successesBefore + 1);
    periods.push({ period: event.eventId, answer });
  }
  const assumptions: Assumption[] = ['took-part-throughout', 'baseline-method-by-fit-or-rule', 'latest-events-only'];
  return { periods, empty: periods.length > 0 ? null : 'no-past-events', assumptions };
};

/** Months of a programme that pays for what is not known here: each is refused with the reason. */
const refuseMonths = ({ programme, today }: Asked, why: string): Simulated => ({
  periods: programme.versions
    .flatMap(({ effectiveFrom, effectiveTo }) => monthsIn(effectiveFrom, effectiveTo ?? addDays(today, -1)))
    .map(({ id }) => ({ period: id, answer: notSettled('not-measured', why) })),
  empty: null,
  assumptions: [],
});

const BY_PERIOD: Readonly<Record<SettlementPeriod, (deps: Deps, asked: Asked) => Promise<Simulated>>> = {
  month: simulateMonths,
  'half-year': simulateHalves,
  event: simulateEvents,
  challenge: async () => ({ periods: [], empty: 'joined-one-by-one', assumptions: [] }),
};
const simulated = async (deps: Deps, asked: Asked): Promise<Simulated> => {
  const why = NOT_MEASURED[asked.programme.id];
  return why === undefined ? BY_PERIOD[asked.programme.period](deps, asked) : refuseMonths(asked, why);
};

const toAnswer = ({ period, answer }: SimulatedPeriod): Simulation['periods'][number] => {
  if (!('reward' in answer)) return { ...answer, period };
  const { reward, baseline } = answer;
  const { method, version, wh, quality, remarks } = baseline;
  const common = {
    period,
    version: reward.version,
    savingBasisPoints: reward.savingBasisPoints,
    remarks: [...reward.remarks],
    provisional: [...reward.provisional],
    baseline: { method, version, wh, quality, remarks: [...remarks] },
  };
  return reward.status === 'unpriced'
    ? { ...common, status: 'unpriced', atMost: reward.atMost }
    : { ...common, status: 'reward', amount: reward.amount, lines: [...reward.lines] };
};

/** What a programme would have paid on the past use of a household: by the function that settles for good, period by period. */
export const simulateProgramme = async (
  deps: Deps,
  { householdId, programme: id }: { readonly householdId: string; readonly programme: string },
): Promise<Simulation> => {
  const programme = requireProgramme(id);
  const today = localDate(deps.clock.now());
  const { periods, empty, assumptions } = await simulated(deps, { householdId, programme, today });
  const { total, atMostBeside } = totalsOf(periods);
  return {
    programme: id,
    unit: programme.unit,
    periods: periods.map(toAnswer),
    total,
    atMostBeside,
    empty,
    assumptions,
  };
};
