import * as z from 'zod/mini';
import { quality } from '../reading/quality.ts';

/**
 * What a settled period rests on, frozen with its ledger entry: with these values and the dated rows they name, the same reward is
 * worked out again at any later time, whatever readings, calendars or enrolments say by then. Energy whole Wh.
 */

const use = z.object({ wh: z.int().check(z.gte(0)), quality });
/** by month or by date; absent: not known */
const uses = z.record(z.string(), use);

const cashbackInputs = z.object({
  programme: z.literal('energy-cashback'),
  version: z.string(),
  /** `2026-05` */
  period: z.string(),
  /** grid use of the month and of the same month of the two years before */
  use: uses,
  regionalMean: z.enum(['reached', 'missed', 'assumed-reached']),
});
export type CashbackInputs = z.infer<typeof cashbackInputs>;

const carbonInputs = z.object({
  programme: z.literal('carbon-points-energy'),
  version: z.string(),
  /** `2026-H1` */
  period: z.templateLiteral([z.int(), '-H', z.enum(['1', '2'])]),
  /** grid use of the months of the half-year and of the same months of the two years before */
  use: uses,
  consecutiveWinsBefore: z.int().check(z.gte(0)),
});

/** A clock hour: its use on the day of the event, and on the days that may stand for it. */
const hour = z.object({ hour: z.int(), actual: z.optional(use), history: uses });

const eventUse = {
  version: z.string(),
  /** the event's id */
  period: z.string(),
  date: z.string(),
  method: z.object({ id: z.string(), version: z.int() }),
  /** the days that may stand for the event's, latest first */
  candidates: z.array(z.string()),
  /** the table of public holidays ended before enough of them were found */
  calendarEnded: z.boolean(),
  hours: z.array(hour).check(z.minLength(1)),
  /** hours of the day before the event, for a method that adjusts to the day */
  before: z.array(hour),
  /** of a home that is simulated as a whole: what its devices say is what its meter would, and its estimated past is no gap */
  simulated: z.optional(z.literal(true)),
};
const missionInputs = z.object({
  programme: z.literal('apartment-mission'),
  ...eventUse,
  /** events of the same year, before this one, that were won and paid */
  successesBefore: z.int().check(z.gte(0)),
});
const demandResponseInputs = z.object({ programme: z.literal('national-dr'), ...eventUse });
const targetInputs = z.object({
  programme: z.literal('per-home-dr-target'),
  ...eventUse,
  /** that the event was announced with */
  points: z.int().check(z.gte(0)),
});

/** What an event of a home is settled by. */
export const eventInputs = z.discriminatedUnion('programme', [missionInputs, demandResponseInputs, targetInputs]);

export const settlementInputs = z.discriminatedUnion('programme', [
  cashbackInputs,
  carbonInputs,
  missionInputs,
  demandResponseInputs,
  targetInputs,
]);
export type SettlementInputs = z.infer<typeof settlementInputs>;
export type CarbonInputs = z.infer<typeof carbonInputs>;
export type EventInputs = z.infer<typeof eventInputs>;
export type EventUseInputs = Omit<z.infer<typeof demandResponseInputs>, 'programme'>;
export type HourInputs = z.infer<typeof hour>;
