import { dayStart, HOUR_MS, localDate, type LocalDate } from '../calendar/seoul.ts';
import { isRandomised, spansOf, type Span } from './intervals.ts';
import type { EventRequest, ProgramRequest, ValuesMap } from './objects.ts';

/** The private attribute of a program whose events call the homes of an incentive programme: `values: ['national-dr']`. */
const PROGRAMME_ATTRIBUTE = 'HEMS_PROGRAMME';

/** The incentive programme that a program is bound to. */
export const boundProgramme = ({ attributes }: Pick<ProgramRequest, 'attributes'>): string | undefined => {
  const value = attributes?.find(({ type }) => type === PROGRAMME_ATTRIBUTE)?.values[0];
  return typeof value === 'string' ? value : undefined;
};

/** A call to use less in clock hours `[fromHour, toHour)` of a Korean day. */
export type Call = { readonly date: LocalDate; readonly fromHour: number; readonly toHour: number };
/** Why an event cannot be carried out by homes, for the one who sent it. */
type NoCall = { readonly problem: string };

const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;

/**
 * The payloads that ask homes to use less. A home is called by its hour, not by an amount: of a setpoint or a limit it counts that there is
 * one, and the report says what the homes made of it together.
 */
const CALLS: Readonly<Record<string, (values: ValuesMap['values']) => boolean>> = {
  SIMPLE: ([level]) => isPositive(level),
  DISPATCH_SETPOINT: (values) => values.length > 0,
  DISPATCH_SETPOINT_RELATIVE: ([change]) => typeof change === 'number' && change < 0,
  IMPORT_CAPACITY_LIMIT: (values) => values.length > 0,
  CONTROL_LEVEL_OFFSET: ([level]) => isPositive(level),
  ALERT_GRID_EMERGENCY: () => true,
  ALERT_FLEX_ALERT: () => true,
};

const isCall = ({ payloads }: Span): boolean =>
  payloads.some(({ type, values }) => Object.hasOwn(CALLS, type) && CALLS[type]?.(values) === true);

const wholeHours = (startMs: number, endMs: number): Call | NoCall => {
  const date = localDate(startMs);
  const [fromHour, toHour] = [startMs, endMs].map((ms) => (ms - dayStart(date)) / HOUR_MS);
  if (fromHour === undefined || toHour === undefined || !Number.isInteger(fromHour) || !Number.isInteger(toHour))
    return {
      problem: 'intervals: homes are called by whole clock hours of Korea (UTC+9); begin and end at full hours',
    };
  if (toHour > 24) return { problem: 'intervals: a call lies within one day of Korea (UTC+9); make one event a day' };
  return { date, fromHour, toHour };
};

const refusal = (event: EventRequest): NoCall | undefined => {
  if (isRandomised(event)) return { problem: 'randomizeStart: homes are called by the clock; leave it out' };
  if ((event.targets ?? []).length > 0)
    return { problem: 'targets: homes are called by programme, all of them; leave the targets out' };
  if ((event.duration ?? null) !== null) return { problem: 'duration: intervals of a call are not looped; list them' };
  return undefined;
};

/** The hours that an event calls homes in: its calling intervals, which must follow each other without a gap. */
export const callOf = (event: EventRequest, nowMs: number): Call | NoCall => {
  const refused = refusal(event);
  if (refused) return refused;
  const calling = spansOf(event, nowMs)?.filter(isCall);
  if (calling === undefined)
    return { problem: 'intervalPeriod: say when the event starts and how long an interval lasts' };
  const [first] = calling;
  const last = calling.at(-1);
  if (!first || !last)
    return { problem: `intervals: none asks homes to use less; that is said by ${Object.keys(CALLS).join(', ')}` };
  if (calling.some(({ startMs }, i) => i > 0 && startMs !== calling[i - 1]?.endMs))
    return {
      problem: 'intervals: those that call must follow each other without a gap; make an event of each stretch',
    };
  return wholeHours(first.startMs, last.endMs);
};
