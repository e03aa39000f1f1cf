import { DAY_MS, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { CONSENTS } from '@hems/models/household/consents';
import { aPoint } from '@hems/models/testing/builders';
import type { Quantities } from '@hems/models/reading/quantities';
import type { Supply } from '@hems/models/household/supply';
import type { CommandState } from '@hems/shared/events/commands';
import type { Automation } from '@hems/shared/api/plan';
import type { PlanDeps } from '../use-cases/plan/plan-deps.ts';
import { planHousehold } from '../use-cases/plan/plan-household.ts';
import { halfHourOf } from '../use-cases/plan/half-hours.ts';
import { setAutomation } from '../use-cases/plan/set-automation.ts';
import { consentPut } from '../use-cases/stores/consents.ts';
import { keepLimits } from '../use-cases/stores/device-limits.ts';
import { putDevice, putProfile, type Member } from '../use-cases/stores/households.ts';
import { putSupplies } from '../use-cases/stores/supplies.ts';
import { takeOrderResults } from '../use-cases/take-order-results.ts';
import { aReading, aRuleEvent, aWorld, HOME } from './world.ts';

const { householdId } = HOME;
export const OWNER: Member = { householdId, sub: 'owner', role: 'owner' };
/** A Monday, 07:30: the last cheap half hour before the day. */
export const NIGHT = dayStart('2026-11-23') + 7.5 * HOUR_MS;
/** The same day, 17:30: the dearest hours. */
export const EVENING = dayStart('2026-11-23') + 17.5 * HOUR_MS;
export const BATTERY = { capacityWh: 6400, chargeW: 3000, dischargeW: 3000, leastPermille: 100 };
const BY_TIME: Supply = {
  voltage: 'low',
  plan: { plan: 'tou', contractKw: 10 },
  readingDay: 1,
  discounts: [],
  netMetering: false,
};

/** What a home with a battery and a charger is expected to use and to generate. */
const hoursFrom = (nowMs: number) => {
  const firstMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const endMs = dayStart(localDate(nowMs)) + 2 * DAY_MS;
  const total = (meanWh: number) => ({ meanWh, p10Wh: Math.round(meanWh * 0.7), p90Wh: Math.round(meanWh * 1.4) });
  const at = Array.from({ length: (endMs - firstMs) / HOUR_MS }, (_, i) => firstMs + i * HOUR_MS);
  const hourOf = (ms: number): number => ((((ms - dayStart('2026-11-23')) / HOUR_MS) % 24) + 24) % 24;
  return {
    hours: at.map((ts) => ({
      ts,
      ...total(hourOf(ts) >= 17 ? 1400 : 500),
      p50Wh: 500,
      confidence: 0.7,
      naiveWh: null,
      source: 'model' as const,
    })),
    solar: at.map((ts) => ({ ts, ...total(hourOf(ts) >= 11 && hourOf(ts) < 14 ? 700 : 0) })),
  };
};

/** A home by time of use that agreed to be analysed, before eight on a Monday morning, with a battery that has told of itself. */
export const aPlannedWorld = async (nowMs = NIGHT) => {
  const world = await aWorld();
  world.clock.set(nowMs);
  const { table, clock } = world;
  await putProfile(table, {
    householdId,
    telemetryId: HOME.telemetryId,
    buildingType: 'house',
    region: '서울 마포구',
  });
  const agree = async (granted: boolean): Promise<void> => {
    const said = { granted, textVersion: CONSENTS.analysis.textVersion, atMs: clock.now(), personId: 'owner' };
    const { if: _any, ...put } = consentPut(householdId, {
      purpose: 'analysis',
      kept: { history: [], version: 0 },
      said,
    });
    await table.put(put);
  };
  await agree(true);
  await putSupplies(table, householdId, { rows: [{ from: '2026-01-01', supply: BY_TIME }], version: 0 });
  const limits = async (battery: typeof BATTERY | null, chargerW: number | null = null): Promise<void> =>
    await keepLimits(table, householdId, {
      seenMs: clock.now(),
      battery: battery && { deviceId: 'battery-1', ...battery },
      charger: chargerW === null ? null : { deviceId: 'car-1', powerW: chargerW },
    });
  await limits(BATTERY);
  let seq = 0;
  const hear = async (
    kind: 'battery' | 'ev_charger',
    quantities: Quantities,
    over: { ts?: number; q?: number } = {},
  ) => {
    const deviceId = kind === 'battery' ? 'battery-1' : 'car-1';
    const point = aPoint({ deviceId, kind, ts: clock.now(), seq: (seq += 1), q: 0, ...over, quantities });
    const report = await world.take(aRuleEvent('reading', aReading(point), { received: clock.now() }));
    if (report.quarantined > 0) throw new Error('the reading was not taken');
  };
  const addCharger = async (): Promise<void> =>
    await putDevice(table, householdId, {
      deviceId: 'car-1',
      kind: 'ev_charger',
      name: 'car-1',
      gateway: HOME.gateway,
      status: 'active',
    });
  const deps: PlanDeps & { pause: () => Promise<void> } = {
    ...world.deps,
    ids: world.ids,
    channel: world.channel,
    forecastOf: async () => hoursFrom(clock.now()),
  };
  const answer = async (cmdId: string, state: CommandState, reason?: string) =>
    await takeOrderResults(world.deps, [
      aRuleEvent('cmd/result', {
        v: 1,
        cmd_id: cmdId,
        ts: clock.now() + 1,
        state,
        ...(reason !== undefined && { reason }),
      }),
    ]);
  return {
    ...world,
    plan: deps,
    agree,
    limits,
    hear,
    addCharger,
    charge: async (socPermille: number, over: { ts?: number; q?: number } = {}) =>
      await hear('battery', { power_w: 0, soc_permille: socPermille }, over),
    allow: async (over: Partial<Automation> = {}) =>
      await setAutomation(deps, OWNER, { isOn: true, reservePermille: 100, car: null, ...over }),
    /** as the schedule has it */
    run: async (more: Partial<PlanDeps> = {}) =>
      await planHousehold({ ...deps, ...more }, { householdId, forMs: halfHourOf(clock.now()) }),
    answer,
    /** the gateway says of all that was sent that it was carried out */
    confirm: async (): Promise<void> => {
      for (const { command } of world.sent) await answer(command.cmd_id, 'verified');
    },
    orders: () => world.sent.map(({ command }) => command),
  };
};
export type PlannedWorld = Awaited<ReturnType<typeof aPlannedWorld>>;
