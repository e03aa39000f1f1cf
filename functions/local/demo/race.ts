import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS, HOUR_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Gateway } from './gateway.ts';

export type Speed = 'max' | number;

/** Simulated time, told to the host before anything of that time is sent. */
export type Race = {
  readonly startMs: number;
  readonly speed: Speed;
  readonly signal: AbortSignal;
  readonly advanceTo: (ms: number) => Promise<void>;
  readonly say: (line: string) => void;
};

const MINUTE_MS = 60_000;
/** At full speed an hour is sent at a time, in quarter hours; otherwise a minute at a time. */
const STEPS = { max: { stepMs: HOUR_MS, everyMs: SLOT_MS }, paced: { stepMs: MINUTE_MS, everyMs: MINUTE_MS } };

const instants = (afterMs: number, untilMs: number, everyMs: number): number[] => {
  const first = Math.floor(afterMs / everyMs) * everyMs + everyMs;
  return Array.from(
    { length: Math.max(0, Math.floor((untilMs - first) / everyMs) + 1) },
    (_, index) => first + index * everyMs,
  );
};

/** Replays time from the start until it has caught up with the present, as fast as asked and as the host takes it. Answers the time reached. */
export const race = async (
  gateways: readonly Gateway[],
  { startMs, speed, signal, advanceTo, say }: Race,
): Promise<number> => {
  const { stepMs, everyMs } = speed === 'max' ? STEPS.max : STEPS.paced;
  const began = Date.now();
  const days = Math.max(1, Math.round((began - startMs) / DAY_MS));
  const send = async (atMs: readonly number[]): Promise<void> => {
    await Promise.all(gateways.map((gateway) => Promise.all(atMs.map((ms) => gateway.report(ms)))));
  };
  await advanceTo(startMs);
  await send([startMs]);
  let atMs = startMs;
  while (!signal.aborted && atMs + everyMs <= Date.now()) {
    const untilMs = Math.min(atMs + stepMs, Math.floor(Date.now() / everyMs) * everyMs);
    if (speed !== 'max') {
      await sleep(Math.max(0, began + (untilMs - startMs) / speed - Date.now()), undefined, { signal }).catch(
        () => undefined,
      );
    }
    await advanceTo(untilMs);
    await send(instants(atMs, untilMs, everyMs));
    if (localDate(untilMs) !== localDate(atMs)) {
      const day = Math.round((untilMs - startMs) / DAY_MS);
      if (day % Math.ceil(days / 10) === 0) say(`replay: ${localDate(untilMs)}, day ${day} of ${days}`);
    }
    atMs = untilMs;
  }
  return atMs;
};
