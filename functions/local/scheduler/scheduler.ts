import { DAY_MS, dayStart, isoSeoul, localDate } from '@hems/models/calendar/seoul';
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

export type SchedulerParts = {
  readonly clock: Clock;
  /** the job `start-run`; it leaves a day alone whose run has succeeded */
  readonly startRun: (input: { readonly scheduled: string }) => Promise<unknown>;
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
  readonly startPlans: (input: { readonly scheduled: string }) => Promise<unknown>;
  /** when yesterday is as complete as it will be without the day's readings of tomorrow; runs wait for it */
  readonly caughtUp: Promise<void>;
  readonly say: (line: string) => void;
  /** ms between two looks at the clock, a minute unless a test is in a hurry */
  readonly everyMs?: number;
};

export type Scheduler = { stop(): Promise<void> };

/**
 * The deployed schedules in this process: the run of yesterday at 00:20, or after the start when 00:20 passed without this host; the payout
 * sweep, the messages that are due, the results of events and their reports to partners, the sweep of webhooks and the look at erasures each minute; plans each half
 * hour. One that failed is called again a minute later.
 */
export const startScheduler = (parts: SchedulerParts): Scheduler => {
  const { clock, caughtUp, say, everyMs = MINUTE_MS } = parts;
  let mayRun = false;
  let calledMs = 0;
  let plannedMs = 0;
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
  const look = async (): Promise<void> => {
    await attempt('the payout sweep', parts.sweepPayouts);
    await attempt('sending what is due', parts.sendNotices);
    await attempt('working out events', parts.workOutEvents);
    await attempt('the sweep of webhooks', parts.sweepWebhooks);
    await attempt('reporting events to partners', parts.reportOpenadr);
    await attempt('the look at erasures', parts.checkErasures);
    if (!mayRun) return;
    await attempt('publishing aggregates', parts.publishAggregates);
    const halfHourMs = lastHalfHour(clock.now());
    if (
      halfHourMs !== plannedMs &&
      (await attempt('planning', async () => await parts.startPlans({ scheduled: isoSeoul(halfHourMs) })))
    )
      plannedMs = halfHourMs;
    const dueMs = lastCall(clock.now());
    if (dueMs === calledMs) return;
    if (await attempt('starting the daily run', async () => await parts.startRun({ scheduled: isoSeoul(dueMs) })))
      calledMs = dueMs;
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
