import { asNumber } from '@hems/models/baseline/exact-wh';
import { dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import type { EventInputs } from '@hems/models/incentive/inputs';
import type { NotSettled } from '@hems/models/incentive/programme';
import { eventBaselines } from '@hems/models/incentive/settle-event';
import { householdQuarters } from '@hems/models/usage/household';
import type { EventDetail } from '@hems/shared/api/events';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { withoutOpen } from '../days/heard-until.ts';
import { samplesOf } from '../days/household-quarters.ts';
import { listDevices } from '../stores/households.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Running = NonNullable<EventDetail['running']>;

const SLOTS = HOUR_MS / SLOT_MS;

/** How the event goes: the grid use of its quarter hours that are over, beside a quarter of the usual use of their hour each. */
export const runningOf = async (
  { table, clock }: Deps,
  householdId: string,
  inputs: EventInputs | NotSettled,
): Promise<Running | null> => {
  if ('status' in inputs) return null;
  const hours = eventBaselines(inputs);
  if ('status' in hours) return null;
  const nowMs = clock.now();
  const startOf = (hour: number): number => dayStart(inputs.date) + hour * HOUR_MS;
  const usualWh = new Map(hours.map(({ hour, baseline }) => [startOf(hour.hour), asNumber(baseline.expected)]));
  const fromMs = Math.min(...usualWh.keys());
  const toMs = Math.max(...usualWh.keys()) + HOUR_MS;
  const said = await samplesOf(
    table,
    { householdId, devices: await listDevices(table, householdId) },
    { fromMs, toMs },
  );
  const closed = withoutOpen(householdQuarters(said, { fromMs, toMs, nowMs }), said);
  const over = closed.filter(({ startMs }) => startMs + SLOT_MS <= nowMs);
  const known = over.filter(({ importWh }) => importWh !== undefined);
  const usualOf = (startMs: number): number => (usualWh.get(startMs - (startMs % HOUR_MS)) ?? 0) / SLOTS;
  return {
    untilMs: Math.max(fromMs, ...known.map(({ startMs }) => startMs + SLOT_MS)),
    importWh: known.reduce((sum, { importWh = 0 }) => sum + importWh, 0),
    baselineWh: Math.round(known.reduce((sum, { startMs }) => sum + usualOf(startMs), 0)),
    missingSlots: over.length - known.length,
  };
};
