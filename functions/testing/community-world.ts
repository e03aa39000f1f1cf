import { addDays, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import type { Table } from '../ports/table.ts';
import { aWorld } from './world.ts';
import { putDays } from '../use-cases/stores/days.ts';
import { putDevice, putMember, putProfile, type Member, type Profile } from '../use-cases/stores/households.ts';
import { slotKey, slotPut } from '../use-cases/stores/slots.ts';
import { joinCommunity } from '../use-cases/community/membership.ts';
import { listSegments, mergeHistograms, rankSegment } from '../use-cases/community/rank-segment.ts';
import { settleChallenges } from '../use-cases/community/settle-challenges.ts';
import { standHousehold } from '../use-cases/community/stand-household.ts';

/** A day of grid use as the daily run derives it; undefined: the meter was silent. */
export const aDay = (date: LocalDate, importWh: number | undefined, over: Partial<DayItem> = {}): DayItem => ({
  date,
  ...(importWh !== undefined && { importWh }),
  quality: importWh === undefined ? 'missing' : 'good',
  missingSlots: importWh === undefined ? 96 : 0,
  source: 'measured',
  revision: 0,
  inputsHash: '',
  ...over,
});

export const datesBetween = (from: LocalDate, to: LocalDate): LocalDate[] => {
  const dates: LocalDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
};

const addHome =
  (table: Table) =>
  async (householdId: string, over: Partial<Profile> & { owner?: string } = {}): Promise<Member> => {
    const { owner = `owner of ${householdId}`, ...profile } = over;
    await putProfile(table, {
      householdId,
      telemetryId: `t-${householdId}`,
      buildingType: 'apartment',
      region: '서울 마포구',
      ...profile,
    });
    const member: Member = { householdId, sub: owner, role: 'owner' };
    await putMember(table, member);
    return member;
  };

type Meter = { readonly deviceId: string; readonly from: LocalDate; readonly to: LocalDate };

/** A meter of the household that is heard every day for its first hundred days, and once more on its last. */
const addMeter =
  (table: Table) =>
  async (householdId: string, { deviceId, from, to }: Meter): Promise<void> => {
    const gateway = `g-${householdId}`;
    await putDevice(table, householdId, { deviceId, kind: 'smart_meter', name: deviceId, gateway, status: 'active' });
    const heard = new Set([...datesBetween(from, to).slice(0, 100), to]);
    const puts = [...heard].map((date) => {
      const ts = dayStart(date);
      const value = [{ ts, boot: 1, seq: 1, q: 0, quantities: { energy_import_wh: 1 } }];
      const { if: _new, ...put } = slotPut(slotKey(householdId, deviceId, ts), { value, version: 0 });
      return { put };
    });
    for (let first = 0; first < puts.length; first += 100) await table.transact(puts.slice(first, first + 100));
  };

const retireMeter =
  (table: Table) =>
  async (householdId: string, deviceId: string): Promise<void> => {
    const gateway = `g-${householdId}`;
    await putDevice(table, householdId, { deviceId, kind: 'smart_meter', name: deviceId, gateway, status: 'retired' });
  };

/** A world in which households live in one place, join, and are settled, placed and ranked day by day. */
export const aCommunity = async () => {
  const world = await aWorld();
  const { table, clock, ids, pause, bus } = world;
  const deps = { table, clock, ids, pause, bus };

  /** 00:20 after the date, when its run begins. */
  const after = (date: LocalDate): void => clock.set(dayStart(addDays(date, 1)) + HOUR_MS / 3);
  const on = (date: LocalDate): void => clock.set(dayStart(date) + 10 * HOUR_MS);

  const join = async (member: Member, date: LocalDate): Promise<void> => {
    on(date);
    await joinCommunity(deps, member, { textVersion: 1 });
  };

  const rank = async (date: LocalDate): Promise<void> => {
    for (const segment of await listSegments(deps, { date })) await rankSegment(deps, { segment, date });
    await mergeHistograms(deps, { date });
  };

  /** The settle and rank stages of a run that is started by hand, whatever day it is by now. */
  const runByHand = async (date: LocalDate, households: readonly string[]): Promise<void> => {
    for (const householdId of households) {
      await settleChallenges(deps, { householdId, date });
      await standHousehold(deps, { householdId, date });
    }
    await rank(date);
  };

  /** The same, in the night after the date. */
  const run = async (date: LocalDate, households: readonly string[]): Promise<void> => {
    after(date);
    await runByHand(date, households);
  };

  const days = (householdId: string, all: readonly DayItem[]) => putDays(table, householdId, all);
  const homes = { addHome: addHome(table), addMeter: addMeter(table), retireMeter: retireMeter(table), join, days };
  return { ...world, deps, on, after, ...homes, rank, run, runByHand };
};
export type Community = Awaited<ReturnType<typeof aCommunity>>;
