import { HOUR_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import { hourWh, pastOf, TOGETHER_HOURS, unusualUse } from '@hems/models/usage/unusual';
import { householdQuarters } from '@hems/models/usage/household';
import type { Told } from '@hems/shared/events/bus';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Table } from '../../ports/table.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { listDevices } from '../stores/households.ts';
import { readUsual } from '../stores/usual.ts';
import { samplesOf } from '../days/household-quarters.ts';

export type WatchDeps = { readonly table: Table; readonly clock: Clock; readonly bus: EventBus };
export type Ended = {
  readonly householdId: string;
  /** of the hour, epoch ms */
  readonly endMs: number;
  /** of the message that ended it */
  readonly correlationId: string;
};

/** A slot that a device began just now, at a full hour: it has spoken of the whole hour before. What comes late says nothing that is news. */
export const hourEndedBy = (startMs: number, nowMs: number): boolean =>
  startMs % HOUR_MS === 0 && nowMs - startMs < SLOT_MS;

/** Home use of the two hours before, Wh; undefined where not all of it is known. */
const usedWh = async ({ table, clock }: WatchDeps, { householdId, endMs }: Ended): Promise<number | undefined> => {
  const range = { fromMs: endMs - TOGETHER_HOURS * HOUR_MS, toMs: endMs };
  const devices = await listDevices(table, householdId);
  const said = await samplesOf(table, { householdId, devices }, range);
  const quarters = householdQuarters(said, { ...range, nowMs: clock.now() });
  const byStart = new Map(quarters.flatMap(({ startMs, loadWh }) => (loadWh === undefined ? [] : [[startMs, loadWh]])));
  let sum = 0;
  for (let startMs = range.fromMs; startMs < endMs; startMs += HOUR_MS) {
    const wh = hourWh(startMs, byStart);
    if (wh === null) return undefined;
    sum += wh;
  }
  return sum;
};

/**
 * Looks at a home of which a device has begun an hour, and says when its use is far from usual; told once a day, by its key. Before the last
 * of the counted devices has spoken the use is not known; each looks after its own write, so whichever is last sees all of them.
 */
export const watchUse = async (deps: WatchDeps, ended: Ended): Promise<void> => {
  const { householdId, endMs, correlationId } = ended;
  const past = pastOf(await readUsual(deps.table, householdId), localDate(endMs - HOUR_MS));
  if (past.every((wh) => wh === null)) return;
  const used = await usedWh(deps, ended);
  const unusual = used === undefined ? undefined : unusualUse(past, used, endMs);
  if (!unusual || !(await hasConsent(deps.table, householdId, 'analysis'))) return;
  const detail = { householdId, correlationId, atMs: endMs, key: unusual.date, facts: unusual };
  const told: Told = { type: 'usage.unusual', detail };
  await deps.bus.publish([told]);
};
