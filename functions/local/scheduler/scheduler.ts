import { DAY_MS, dayStart, HOUR_MS, isoSeoul, localDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';

const MINUTE_MS = 60_000;
/** 00:20 in Korea, as the schedule is deployed. */
const RUN_AT_MS = 20 * MINUTE_MS;

/** The last time for which the schedule of the daily run has called. */
export const lastCall = (nowMs: number): number => {
  const today = dayStart(localDate(nowMs)) + RUN_AT_MS;
  return today <= nowMs ? today : today - DAY_MS;
};

const HALF_HOUR_MS = 30 * MINUTE_MS;
/** The last time for which the schedule of plans has called. */
const lastHalfHour = (nowMs: number): number => Math.floor(nowMs / HALF_HOUR_MS) * HALF_HOUR_MS;
const lastHour = (nowMs: number): number => Math.floor(nowMs / HOUR_MS) * HOUR_MS;

/** 06:00 in Korea. */
const MORNING_MS = 6 * HOUR_MS;
const lastMorning = (nowMs: number): number => {
  const today = dayStart(localDate(nowMs)) + MORNING_MS;
  return today <= nowMs ? today : today - DAY_MS;
};

type Called = (input: { readonly scheduled: string }) => Promise<unknown>;

export type SchedulerParts = {
  readonly clock: Clock;
  /** the job `start-run`; it leaves a day alone whose run has succeeded */
  readonly startRun: Called;
  /** the job `dispatch-payouts` */
  readonly sweepPayouts: () => Promise<unknown>;
  /** the job `send-notices` */
  readonly sendNotices: () => Promise<unknown>;
  /** the job `provisional-results` */
  readonly workOutEvents: () => Promise<unknown>;
  /** the job `sweep-webhooks` */
  readonly sweepWebhooks: () => Promise<unknown>;
  /** the job `report-openadr` */
  readonly reportOpenadr: () => Promise<unknown>;
  /** the job `check-erasures` */
  readonly checkErasures: () => Promise<unknown>;
  /** the job `publish-aggregates`; a month that is published it leaves alone */
  readonly publishAggregates: () => Promise<unknown>;
  /** the job `plan-start` */
  readonly startPlans: Called;
  /** the jobs `check-run` and `check-readiness`: they look in the morning whether the day before has succeeded */
  readonly lookInTheMorning: Called;
  /** the job `count-fleet` */
  readonly countFleet: Called;
  /** when yesterday is as complete as it will be without the day's readings of tomorrow; runs wait for it */
  readonly caughtUp: Promise<void>;
  readonly say: (line: string) => void;
  /** ms between two looks at the clock, a minute unless a test is in a hurry */
  readonly everyMs?: number;
};

/** `calledMs`: for which time it was called last. */
type Due = { readonly what: string; readonly last: (nowMs: number) => number; readonly call: Called; calledMs: number };

export type Scheduler = { stop(): Promise<void> };

/**
 * The deployed schedules in this process: the run of yesterday at 00:20, or after the start when 00:20 passed without this host; the payout
 * sweep, the messages that are due, the results of events and their reports to partners, the sweep of webhooks and the look at erasures each
 * minute; plans each half hour, the fleet each hour, and at six whether all is as it should be. One that failed is called again a minute later.
 */
export const startScheduler = (parts: SchedulerParts): Scheduler => {
  const { clock, caughtUp, say, everyMs = MINUTE_MS } = parts;
  let mayRun = false;
  let working = Promise.resolve();

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      say(`${what} failed: ${error instanceof Error ? error.message : String(error)}; it is tried again`);
      return false;
    }
  };
  const due: Due[] = [
    { what: 'planning', last: lastHalfHour, call: parts.startPlans, calledMs: 0 },
    { what: 'starting the daily run', last: lastCall, call: parts.startRun, calledMs: 0 },
    { what: 'counting the fleet', last: lastHour, call: parts.countFleet, calledMs: 0 },
    // a host that was not there at six was not there to miss anything
    {
      what: 'looking in the morning',
      last: lastMorning,
      call: parts.lookInTheMorning,
      calledMs: lastMorning(clock.now()),
    },
  ];
  const callDue = async (one: Due): Promise<void> => {
    const dueMs = one.last(clock.now());
    if (dueMs === one.calledMs) return;
    if (await attempt(one.what, async () => await one.call({ scheduled: isoSeoul(dueMs) }))) one.calledMs = dueMs;
  };
  const look = async (): Promise<void> => {
    await attempt('the payout sweep', parts.sweepPayouts);
    await attempt('sending what is due', parts.sendNotices);
    await attempt('working out events', parts.workOutEvents);
    await attempt('the sweep of webhooks', parts.sweepWebhooks);
    await attempt('reporting events to partners', parts.reportOpenadr);
    await attempt('the look at erasures', parts.checkErasures);
    if (!mayRun) return;
    await attempt('publishing aggregates', parts.publishAggregates);
    for (const one of due) await callDue(one);
  };
  const tick = (): void => {
    working = working.then(look);
  };
  const timer = setInterval(tick, everyMs);
  const runs = async (): Promise<void> => {
    await caughtUp.catch(() => undefined);
    mayRun = true;
    tick();
  };
  void runs();
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
};
