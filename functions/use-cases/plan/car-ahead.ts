import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import type { Car } from '@hems/models/plan/scenario';
import type { Automation } from '@hems/shared/api/plan';
import type { Steering } from '../stores/steering.ts';
import { HALF_HOUR_MS } from './half-hours.ts';

type Wish = NonNullable<Automation['car']>;

/** The next time at which the car is to be ready, epoch ms. */
export const readyMsAfter = ({ readyBy }: Pick<Wish, 'readyBy'>, nowMs: number): number => {
  const [hour = 0, minute = 0] = readyBy.split(':').map(Number);
  const onDate = (date: string): number => dayStart(date) + (hour * 60 + minute) * 60_000;
  const today = localDate(nowMs);
  const ready = onDate(today);
  return ready > nowMs ? ready : onDate(addDays(today, 1));
};

/** From which reading of the charger's register this charge is counted. */
export const carCount = (
  before: Steering['car'],
  { readyMs, importWh }: { readonly readyMs: number; readonly importWh: number },
): NonNullable<Steering['car']> =>
  before?.readyMs === readyMs && before.importWh <= importWh ? before : { readyMs, importWh };

/**
 * The car as the plan has to serve it: what it still lacks, by when. A charger is only switched on and off, so what it gives is given at
 * full power or not at all. Undefined once it has what it needs, or where the plan does not reach far enough to say.
 */
export const carAhead = (
  wish: Wish,
  { givenWh, powerW, startMs, readyMs }: Record<'givenWh' | 'powerW' | 'startMs' | 'readyMs', number>,
): Car | undefined => {
  const needWh = wish.needWh - givenWh;
  const byStep = Math.floor((readyMs - startMs) / HALF_HOUR_MS) - 1;
  return needWh < 1 ? undefined : { needWh, fromStep: 0, byStep: Math.max(0, byStep), leastW: powerW, mostW: powerW };
};
