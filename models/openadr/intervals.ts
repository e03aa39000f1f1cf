import { durationMs, instantMs, instantText } from './duration.ts';
import type { Event, EventRequest, Interval, IntervalPeriod, ValuesMap } from './objects.ts';

/** An interval of an event on the clock, epoch ms `[startMs, endMs)`. */
export type Span = { readonly startMs: number; readonly endMs: number; readonly payloads: readonly ValuesMap[] };

type Timed = Pick<EventRequest, 'intervalPeriod' | 'intervals' | 'duration'>;

const startOf = (period: IntervalPeriod | null | undefined, nowMs: number): number | undefined => {
  const ms = instantMs(period?.start ?? '');
  return ms === 'now' ? nowMs : ms;
};
const lengthOf = (period: IntervalPeriod | null | undefined): number | undefined => durationMs(period?.duration ?? '');

/**
 * The intervals one after the other: each begins where it says, else where the one before it ended, the first with the event; each lasts as
 * it says, else as the event's intervalPeriod says. `now` is when the event was made. Undefined where no start or no length is said.
 */
export const spansOf = ({ intervalPeriod, intervals }: Timed, nowMs: number): Span[] | undefined => {
  let atMs = startOf(intervalPeriod, nowMs);
  const length = lengthOf(intervalPeriod);
  const spans: Span[] = [];
  for (const one of intervals ?? []) {
    const startMs: number | undefined = startOf(one.intervalPeriod, nowMs) ?? atMs;
    const lasts = lengthOf(one.intervalPeriod) ?? length;
    if (startMs === undefined || lasts === undefined) return undefined;
    atMs = startMs + lasts;
    spans.push({ startMs, endMs: atMs, payloads: one.payloads });
  }
  return spans;
};

/** The event with each `now` said as a time, which is when it was made: for who is told of it later, and asks when it ends. */
export const dated = (event: Event): Event => {
  const madeMs = instantMs(event.createdDateTime);
  const start = instantText(typeof madeMs === 'number' ? madeMs : 0);
  const fix = <T extends { readonly intervalPeriod?: IntervalPeriod | null | undefined }>(one: T): T =>
    instantMs(one.intervalPeriod?.start ?? '') === 'now'
      ? { ...one, intervalPeriod: { ...one.intervalPeriod, start } }
      : one;
  return { ...fix(event), intervals: event.intervals?.map(fix) };
};

/** When the event is over; Infinity where it does not say. An event's own duration loops its intervals that long. */
export const endMsOf = (event: Timed, nowMs: number): number => {
  const startMs = startOf(event.intervalPeriod, nowMs);
  const whole = durationMs(event.duration ?? '');
  if (startMs !== undefined && whole !== undefined) return startMs + whole;
  const spans = spansOf(event, nowMs);
  if (spans !== undefined && spans.length > 0) return Math.max(...spans.map(({ endMs }) => endMs));
  const length = lengthOf(event.intervalPeriod);
  return startMs !== undefined && length !== undefined ? startMs + length : Infinity;
};

export const isRandomised = ({ intervalPeriod, intervals }: Timed): boolean =>
  [intervalPeriod, ...(intervals ?? []).map((one: Interval) => one.intervalPeriod)].some(
    (period) => (durationMs(period?.randomizeStart ?? '') ?? 0) !== 0,
  );
