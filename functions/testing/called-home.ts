import { dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { candidateDays } from '@hems/models/baseline/candidate-days';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import { enrolmentPut } from '../use-cases/stores/enrolments.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { announceEvent } from '../use-cases/programmes/announce-event.ts';
import { invite } from '../use-cases/notices/invite.ts';
import { sweepProvisional } from '../use-cases/saving-events/provisional.ts';
import { liveHours } from './past-use.ts';
import { aWorld, HOME, type World } from './world.ts';

/** A Wednesday evening; the programme pays 500 points for the home's own target, and silence is a no. */
export const EVENT: SavingEvent = {
  eventId: 'own-1125',
  programme: 'per-home-dr-target',
  date: '2026-11-25',
  fromHour: 18,
  toHour: 19,
  points: 500,
};
export const OWNER = { householdId: HOME.householdId, sub: 'owner', role: 'owner' } as const;
/** What the home uses in the hour on each day before; its target is to cut 225 Wh of it. */
const USUAL_WH = 1000;

/** Takes part in the programme since September. */
export const enrolled = (
  { table }: Pick<World, 'table'>,
  householdId: string = HOME.householdId,
  programme: string = EVENT.programme,
): Promise<void> => {
  const on = '2026-09-01';
  const history =
    programme === 'per-home-dr-target'
      ? [{ state: 'enrolled' as const, on }]
      : [
          { state: 'applied' as const, on },
          { state: 'approved' as const, on },
        ];
  const state = programme === 'per-home-dr-target' ? ('enrolled' as const) : ('approved' as const);
  return table.put(
    enrolmentPut(householdId, { programme, state, from: '2026-09-02', withdrawnOn: null, answers: {}, history }, 0),
  );
};

export const addHome = async (world: Pick<World, 'table'>, householdId: string, programme?: string): Promise<void> => {
  await putProfile(world.table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'apartment' });
  await enrolled(world, householdId, programme);
};

export const startOf = ({ date, fromHour }: SavingEvent): number => dayStart(date) + fromHour * HOUR_MS;
export const endOf = ({ date, toHour }: SavingEvent): number => dayStart(date) + toHour * HOUR_MS;

/** The days that stand for the event's, each with the usual use. */
const past = (date: LocalDate, hour: number) =>
  candidateDays({ eventDate: date, earlierEventDates: new Set() }, 10).dates.map((day) => ({
    date: day,
    hour,
    wh: USUAL_WH,
  }));

/** A world in which an event is announced to the home, and its weeks before it. */
export const aCalledHome = async () => {
  const world = await aWorld();
  await enrolled(world);
  const announced = async (event: SavingEvent = EVENT, by?: { partnerId: string }): Promise<{ invited: number }> => {
    await announceEvent(world, event, by);
    const said = world.said.findLast(
      ({ type, detail }) => type === 'event.announced' && detail['key'] === event.eventId,
    );
    if (!said) throw new Error('the event was not announced');
    return invite(world, said);
  };
  return {
    ...world,
    announced,
    /** the home's use in the event, after its usual one on the days before; the clock stands as it did */
    lived: async (wh: number, { quarters = 4 }: { readonly quarters?: number } = {}): Promise<void> => {
      const hours = [...past(EVENT.date, EVENT.fromHour), { date: EVENT.date, hour: EVENT.fromHour, wh, quarters }];
      await liveHours(world, hours);
    },
    sweep: () => sweepProvisional({ ...world, untilMs: Number.MAX_SAFE_INTEGER }),
  };
};
export type CalledHome = Awaited<ReturnType<typeof aCalledHome>>;
