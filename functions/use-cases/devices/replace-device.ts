import { addDays, DAY_MS, localDate } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { datesBetween } from '@hems/models/day/open-days';
import { isCounted } from '@hems/models/usage/household';
import type { Span } from '@hems/models/usage/line';
import { takeOver, type TakeOver } from '@hems/models/usage/take-over';
import type { Clock } from '../../ports/clock.ts';
import type { Write } from '../../ports/table.ts';
import { claimMeters } from '../community/membership.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { currentOf, readMemberships } from '../stores/community.ts';
import { devicePut, listDevices, readDevice, type Device, type Member } from '../stores/households.ts';
import { markLate } from '../stores/late-days.ts';
import { readLiveStates } from '../stores/live.ts';
import { readFirstMs, readSamples } from '../stores/slots.ts';
import { untilWon } from '../until-won.ts';
import { noDevice, requireMayChange, type DeviceDeps } from './change-device.ts';

type Deps = DeviceDeps & { readonly clock: Clock };
type Pair = {
  readonly householdId: string;
  readonly old: Device & { readonly version: number };
  readonly next: Device;
  /** when the old one itself took the place of another; 0: it did not */
  readonly sinceMs: number;
};

const refuse = (detail: string, code: string): never => {
  throw new Refused('conflict', detail, code);
};

const check = (devices: readonly Device[], { old, next }: Pair): void => {
  if (old.status !== 'active') refuse(`${old.deviceId} is not in use any more`, 'not-active');
  if (next.status !== 'active' || next.deviceId === old.deviceId)
    refuse(`${next.deviceId} cannot take the place of ${old.deviceId}`, 'not-active');
  if (next.kind !== old.kind) refuse(`a ${next.kind} cannot take the place of a ${old.kind}`, 'other-kind');
  if (devices.some(({ replaced }) => replaced?.by === next.deviceId))
    refuse(`${next.deviceId} has taken the place of another device already`, 'taken');
};

const BOTH_MEASURE = 'both-measure';
/** What was counted twice on a day that is final stays, so there is no use in looking further back. */
const OVERLAP_MAX_MS = FINAL_AFTER_DAYS * DAY_MS;

/** What both told: from the first word of the new one to the last of the old, where that is later. */
const wordsOf = async ({ table, clock }: Deps, { householdId, old, next }: Pair): Promise<Span> => {
  const states = await readLiveStates(table, householdId);
  const spoke = states.get(next.deviceId)?.ts;
  if (spoke === undefined)
    return refuse(`${next.deviceId} has not been heard yet; wait for its first reading and try again`, 'not-heard');
  const fromMs = (await readFirstMs(table, { householdId, deviceId: next.deviceId })) ?? spoke;
  return { fromMs, toMs: Math.max(fromMs, Math.min(states.get(old.deviceId)?.ts ?? 0, clock.now())) };
};

const apart = ({ old, next }: Pair): never =>
  refuse(
    `${old.deviceId} and ${next.deviceId} both measured and told different things, so one cannot stand for the other; retire ${old.deviceId} instead`,
    BOTH_MEASURE,
  );

/**
 * From when on the new one counts, so that the use of days that are past does not shrink. Devices that count nothing of the home change over
 * when the old one has said its last.
 */
const takeOverOf = async ({ table }: Deps, pair: Pair, both: Span): Promise<TakeOver> => {
  const { householdId, old, next, sinceMs } = pair;
  if (!isCounted(old.kind) || both.toMs === both.fromMs) return { atMs: both.toMs, alike: false };
  if (both.fromMs < sinceMs || both.toMs - both.fromMs > OVERLAP_MAX_MS) return apart(pair);
  const [before, after] = await Promise.all([
    readSamples(table, { householdId, deviceId: old.deviceId }, both),
    readSamples(table, { householdId, deviceId: next.deviceId }, both),
  ]);
  return takeOver({ kind: old.kind, old: before, next: after }, both) ?? apart(pair);
};

/** The new meter takes part in the community as the old one did, or not at all where it does by another household. */
const claims = async ({ table }: Deps, { householdId, old }: Pair): Promise<Write[]> => {
  const current = old.kind === 'smart_meter' ? currentOf(await readMemberships(table, householdId)) : undefined;
  return current ? claimMeters(table, householdId, current.memberId) : [];
};

/** Past days on which both counted are derived anew by the next run, as far back as days may still change. */
const reopen = async ({ table, clock }: Deps, householdId: string, { fromMs, toMs }: Span): Promise<void> => {
  const nowMs = clock.now();
  const today = localDate(nowMs);
  const oldest = addDays(today, -FINAL_AFTER_DAYS);
  const since = localDate(fromMs);
  for (const date of datesBetween(since > oldest ? since : oldest, localDate(toMs)))
    if (date < today) await markLate(table, { householdId, date, atMs: nowMs });
};

type Asked = { readonly deviceId: string; readonly by: string };

const readPair = async ({ table }: Deps, householdId: string, { deviceId, by }: Asked) => {
  const [old, devices] = await Promise.all([readDevice(table, householdId, deviceId), listDevices(table, householdId)]);
  const next = devices.find((one) => one.deviceId === by);
  if (!old) throw noDevice(deviceId);
  if (!next) throw noDevice(by);
  const sinceMs = devices.find(({ replaced }) => replaced?.by === deviceId)?.replaced?.atMs ?? 0;
  return { householdId, old, next, sinceMs, devices };
};

/** Writes the change unless it stands already; answers what both told. */
const change = async (deps: Deps, member: Member, asked: Asked): Promise<Span & Pick<Device, 'kind'>> => {
  const { householdId } = member;
  const { devices, ...pair } = await readPair(deps, householdId, asked);
  const { old } = pair;
  requireMayChange(member, old.kind);
  const isDone = old.replaced?.by === asked.by;
  if (!isDone) check(devices, pair);
  const both = await wordsOf(deps, pair);
  if (!isDone) {
    const { version, ...before } = old;
    const replaced = { by: asked.by, ...(await takeOverOf(deps, pair, both)) };
    await deps.table.transact([
      { put: { ...devicePut(householdId, { ...before, status: 'replaced', replaced }), if: { version } } },
      ...(await claims(deps, pair)),
    ]);
  }
  return { ...both, kind: old.kind };
};

/**
 * Puts a device in the place of another, whose history it continues; what both told is counted once. Repeated with the same two it
 * carries on what broke off.
 */
export const replaceDevice = async (deps: Deps, member: Member, asked: Asked): Promise<void> => {
  requireMay(member, 'manage-devices');
  const { kind, ...both } = await untilWon(deps.pause, () => change(deps, member, asked));
  if (isCounted(kind)) await reopen(deps, member.householdId, both);
};
