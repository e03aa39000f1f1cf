import { setImmediate as soon } from 'node:timers/promises';
import { addDays, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { referenceWindow } from '@hems/models/community/reference';
import { monthPeriod } from '@hems/models/incentive/periods';
import { homeDays, type HomeDay } from '@hems/models/testing/home-days';
import { aHome, type Home } from '@hems/models/testing/home';
import { opaqueId, uniformAt } from '@hems/models/testing/random';
import { COMMUNITY_TEXT_VERSION } from '@hems/shared/api/community';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { announceChallenge } from '../../use-cases/community/announce-challenge.ts';
import { joinCommunity } from '../../use-cases/community/membership.ts';
import { joinChallenge } from '../../use-cases/community/participate.ts';
import { importDays } from '../../use-cases/import-days.ts';
import { readParticipations } from '../../use-cases/stores/challenges.ts';
import { currentOf, readMemberships } from '../../use-cases/stores/community.ts';
import { readDays } from '../../use-cases/stores/days.ts';
import { putProfile, readProfile, type Member } from '../../use-cases/stores/households.ts';
import { DEMO_HOUSEHOLDS, DEMO_REGION, idsOf, type DemoIds } from './households.ts';

/**
 * Households beside the demo homes, so that there is a board to stand on: daily totals of simulated homes without devices or
 * residents, who agreed to take part. They save 0.3 to 1.5 kWh a day in the months that count, and nothing in the year before.
 */
type Neighbour = DemoIds & { readonly home: Home };

const NO_DEVICES = { solarKwp: 0, batteryWh: 0, evW: 0, plugs: [], thermostat: false, airSensor: false };
const NEIGHBOURS: readonly Neighbour[] = Array.from({ length: 24 }, (_, i) => ({
  ...idsOf(`neighbour ${i + 1}`),
  home: aHome(701 + i, { ...NO_DEVICES, building: 'apartment' }),
}));

export type NeighbourParts = { readonly table: Table; readonly pause: Pause; readonly signal?: AbortSignal };

/** 10:00 on a date: what the neighbours did then, they did by this clock. */
export const clockOn = (date: LocalDate) => ({ now: () => dayStart(date) + 10 * HOUR_MS });
export const monthOf = (date: LocalDate): string => date.slice(0, 7);
export const monthBefore = (month: string): string => monthOf(addDays(`${month}-01`, -1));
const monthAfter = (month: string): string => monthOf(addDays(monthPeriod(month).to, 1));

const enter = async (table: Table, { home, householdId, telemetryId }: Neighbour): Promise<void> => {
  if (await readProfile(table, householdId)) return;
  await putProfile(table, {
    householdId,
    telemetryId,
    buildingType: home.building,
    region: DEMO_REGION,
    areaM2: home.areaM2,
    people: home.people,
    origin: { type: 'simulated', seed: home.seed },
  });
};

/** Nobody looks at their hours, and what they save is of no hour. */
type Totals = Omit<HomeDay, 'hours'>;

const LEAST_SAVED_WH = -600;
const MORE_SAVED_WH = 1800;
/** So much less on every day of a month, or a little more than a year before; another neighbour leads in another month. */
const saving = ({ seed }: Home, day: Totals): Totals => {
  const month = Number(day.date.slice(0, 4)) * 12 + Number(day.date.slice(5, 7));
  const savedWh = Math.round(LEAST_SAVED_WH + MORE_SAVED_WH * uniformAt(seed, month));
  return { ...day, importWh: day.importWh - savedWh, loadWh: day.loadWh - savedWh };
};

type Stretch = { readonly from: LocalDate; readonly to: LocalDate; readonly saves: boolean };

const LATELY_DAYS = 30;
/** What the board and the challenges up to `through` rest on: its month and 30 days, and a year earlier its month and the next. */
const stretchesUpTo = (through: LocalDate): Stretch[] => {
  const month = monthPeriod(monthOf(through));
  const lately = addDays(through, 1 - LATELY_DAYS);
  return [
    { ...referenceWindow({ from: month.from, to: monthPeriod(monthAfter(month.id)).to }), saves: false },
    { from: lately < month.from ? lately : month.from, to: through, saves: true },
  ];
};

/** A few days at a time: the event loop is the host's. */
const DAYS_AT_A_TIME = 8;

const live = async (home: Home, { from, to, saves }: Stretch, signal?: AbortSignal): Promise<Totals[]> => {
  const lived: Totals[] = [];
  for (const { hours: _hours, ...day } of homeDays(home, from, addDays(to, 1))) {
    lived.push(saves ? saving(home, day) : day);
    if (lived.length % DAYS_AT_A_TIME === 0) await soon(undefined, { ...(signal && { signal }) });
  }
  return lived;
};

/** Hands in what is not there yet; a day that is there keeps what was made of it. */
const bringUp = async (
  { table, signal }: NeighbourParts,
  { householdId, home }: Neighbour,
  through: LocalDate,
): Promise<void> => {
  for (const { from, to, saves } of stretchesUpTo(through)) {
    const known = new Set((await readDays(table, householdId, [from, to])).map(({ date }) => date));
    let first = from;
    while (known.has(first)) first = addDays(first, 1);
    if (first > to) continue;
    const missing = (await live(home, { from: first, to, saves }, signal)).filter(({ date }) => !known.has(date));
    const days = missing.map((day) => ({ ...day, quality: 'estimated' as const, source: 'simulated' as const }));
    const { refused } = await importDays({ table, clock: clockOn(addDays(through, 1)) }, householdId, days);
    if (refused[0]) throw new Error(`demo neighbour: ${refused.length} days were refused: ${refused[0].reason}`);
  }
};

/** Agrees once; who left since stays away. */
export const join = async ({ table, pause }: NeighbourParts, householdId: string, date: LocalDate): Promise<void> => {
  if ((await readMemberships(table, householdId)).version > 0) return;
  const member: Member = { householdId, sub: 'demo', role: 'owner' };
  const ids = { next: () => opaqueId('community member', householdId) };
  await joinCommunity({ table, pause, ids, clock: clockOn(date) }, member, { textVersion: COMMUNITY_TEXT_VERSION });
};

const GOAL_PERCENT = 5;
/** The challenge of a month, announced on the first of the month before. */
export const announce = async (table: Table, month: string): Promise<string> => {
  const { from, to } = monthPeriod(month);
  const number = Number(month.slice(5));
  const { challengeId } = await announceChallenge(
    { table, clock: clockOn(`${monthBefore(month)}-01`) },
    {
      challengeId: `demo-${month}`,
      title: {
        ko: `데모 챌린지: ${number}월에 ${GOAL_PERCENT}% 줄이기`,
        en: `Demo challenge: save ${GOAL_PERCENT} % in ${month}`,
      },
      from,
      to,
      goalBasisPoints: GOAL_PERCENT * 100,
      reward: { unit: 'points', amount: 1000 },
    },
  );
  return challengeId;
};

export const takePart = async (
  { table, pause }: NeighbourParts,
  householdId: string,
  { challengeId, date }: { challengeId: string; date: LocalDate },
): Promise<void> => {
  const current = currentOf(await readMemberships(table, householdId));
  if (!current || (await readParticipations(table, current.memberId)).some((one) => one.challengeId === challengeId))
    return;
  const member: Member = { householdId, sub: 'demo', role: 'owner' };
  await joinChallenge({ table, pause, clock: clockOn(date) }, member, challengeId);
};

/** The demo home that takes part from the start; the others show how joining is. */
const demoMember = (): string[] => DEMO_HOUSEHOLDS.slice(0, 1).map(({ home }) => idsOf(home.seed).householdId);

/**
 * Brings the neighbours up to a day: their totals, their membership, and two challenges, the one of the month that runs and the one
 * of the next that can be joined. What is there stays as it is; called again it does nothing.
 */
export const refreshNeighbours = async (parts: NeighbourParts, through: LocalDate): Promise<void> => {
  const { table, signal } = parts;
  signal?.throwIfAborted();
  const [running, open] = [monthOf(addDays(through, 1)), monthAfter(monthOf(addDays(through, 1)))];
  const since = `${monthBefore(running)}-01`;
  const challenges = [await announce(table, running), await announce(table, open)];
  for (const neighbour of NEIGHBOURS) {
    signal?.throwIfAborted();
    await enter(table, neighbour);
    await bringUp(parts, neighbour, through);
  }
  for (const householdId of [...NEIGHBOURS.map((one) => one.householdId), ...demoMember()]) {
    await join(parts, householdId, since);
    const [first] = challenges;
    if (first !== undefined) await takePart(parts, householdId, { challengeId: first, date: since });
  }
};
