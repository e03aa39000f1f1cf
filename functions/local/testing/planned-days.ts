import { DAY_MS, dayStart, HOUR_MS, localDate, localTime, type LocalDate } from '@hems/models/calendar/seoul';
import { batterySeen, type BatterySeries } from '@hems/models/device/limits-seen';
import { CONSENTS } from '@hems/models/household/consents';
import type { Supply } from '@hems/models/household/supply';
import { supplyBill } from '@hems/models/tariff/supply-bill';
import { bandOf } from '@hems/models/tariff/time-bands';
import type { Home } from '@hems/models/testing/home';
import { pointsOf } from '@hems/models/testing/home-points';
import { newHome, simulationOf, stepHome, type HomeState } from '@hems/models/testing/live-home';
import { takeOrderResults } from '../../use-cases/take-order-results.ts';
import { aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { HALF_HOUR_MS } from '../../use-cases/plan/half-hours.ts';
import type { PlanDeps } from '../../use-cases/plan/plan-deps.ts';
import { WEAR_WON } from '../../use-cases/plan/scenario-of-home.ts';
import { planHousehold, type PlanOutcome } from '../../use-cases/plan/plan-household.ts';
import { automationPut } from '../../use-cases/stores/automations.ts';
import { consentPut } from '../../use-cases/stores/consents.ts';
import { keepLimits } from '../../use-cases/stores/device-limits.ts';
import { listDevices, putDevice, putProfile } from '../../use-cases/stores/households.ts';
import { liveKey } from '../../use-cases/stores/live.ts';
import { putSupplies } from '../../use-cases/stores/supplies.ts';
import { obey, type Obedience } from '../demo/obey.ts';
import { expectedHours, futureOf, type Hour } from './expected-hours.ts';

const MINUTE_MS = 60_000;
/** So long it lives by itself before, so that something is known of it. */
const BEFORE_MS = 8 * DAY_MS;
const BATTERY = 'battery';
const { householdId } = HOME;
const BY_TIME: Supply = {
  voltage: 'low',
  plan: { plan: 'tou', contractKw: 5 },
  readingDay: 1,
  discounts: [],
  netMetering: false,
};

export type PlannedDays = {
  readonly home: Home;
  readonly from: LocalDate;
  readonly days: number;
  readonly isOn: boolean;
  readonly reservePermille: number;
  /** the plan knows what is to come, instead of expecting what was usual */
  readonly foresight: boolean;
};

/** A simulated home that is watched as it lives. */
const livingHome = (home: Home, beginMs: number) => {
  const simulation = simulationOf(home);
  const batteryId = simulation.devices.find(({ kind }) => kind === BATTERY)?.deviceId ?? '';
  const past = new Map<number, Hour>();
  let state = newHome(home, beginMs);
  let hourAgo = state;
  return {
    past,
    batteryId,
    devices: simulation.devices,
    state: () => state,
    order: (orders: HomeState['orders']) => {
      state = { ...state, orders };
    },
    battery: () => pointsOf(simulation, state).find(({ deviceId }) => deviceId === batteryId)?.quantities ?? {},
    live: (toMs: number, watch: (now: HomeState) => void): void => {
      while (state.atMs < toMs) {
        state = stepHome(simulation, state, Math.min(toMs, state.atMs + 5 * MINUTE_MS));
        watch(state);
        if (state.atMs % HOUR_MS !== 0) continue;
        const [loadWh, solarWh] = [state.load.wh - hourAgo.load.wh, state.solar.wh - hourAgo.solar.wh];
        past.set(state.atMs - HOUR_MS, { loadWh, solarWh });
        hourAgo = state;
      }
    },
  };
};
type LivingHome = ReturnType<typeof livingHome>;

/** Until the days begin; what its battery told on the way. */
const liveBefore = (home: LivingHome, toMs: number): BatterySeries => {
  const told: { ts: number; quantities: ReturnType<LivingHome['battery']> }[] = [];
  home.live(toMs, ({ atMs }) => {
    if (atMs % (15 * MINUTE_MS) === 0) told.push({ ts: atMs, quantities: home.battery() });
  });
  const of = (name: 'soc_permille' | 'energy_import_wh' | 'energy_export_wh' | 'power_w') =>
    told.map(({ ts, quantities }) => ({ ts, value: quantities[name] ?? 0 }));
  return {
    socPermille: of('soc_permille'),
    importWh: of('energy_import_wh'),
    exportWh: of('energy_export_wh'),
    powerW: of('power_w'),
  };
};

/** Its household, with the tariff by time of use, consent, the battery as it was seen, and the plan on or off. */
const settle = async ({ table, clock }: World, home: LivingHome, asked: PlannedDays & { series: BatterySeries }) => {
  const { telemetryId, gateway } = HOME;
  await putProfile(table, { householdId, telemetryId, buildingType: 'house', region: '서울 마포구' });
  await putSupplies(table, householdId, { rows: [{ from: '2026-01-01', supply: BY_TIME }], version: 0 });
  const said = { granted: true, textVersion: CONSENTS.analysis.textVersion, atMs: clock.now(), personId: 'owner' };
  await table.put(consentPut(householdId, { purpose: 'analysis', kept: { history: [], version: 0 }, said }));
  for (const device of await listDevices(table, householdId))
    await putDevice(table, householdId, { ...device, status: 'retired' });
  const device = { deviceId: home.batteryId, kind: BATTERY, name: BATTERY, gateway, status: 'active' } as const;
  await putDevice(table, householdId, device);
  const limits = batterySeen(asked.series);
  if (!limits) throw new Error('the battery did too little to be known');
  const battery = { deviceId: home.batteryId, ...limits };
  await keepLimits(table, householdId, { seenMs: clock.now(), battery, charger: null });
  const { isOn, reservePermille } = asked;
  await table.put(
    automationPut(householdId, { settings: { isOn, reservePermille, car: null }, history: [], version: 0 }),
  );
};

/** What is written down of the days. */
const notebook = (reserveWh: number) => {
  const bandWh = { off: 0, mid: 0, peak: 0 };
  const most = { storedWh: 0, gridW: 0 };
  let leastWithReserveWh = Number.POSITIVE_INFINITY;
  const outcomes: { date: LocalDate; outcome: PlanOutcome }[] = [];
  const perDay = (of: (outcome: PlanOutcome) => number): number =>
    Math.max(
      0,
      ...[...Map.groupBy(outcomes, ({ date }) => date).values()].map((day) =>
        day.reduce((sum, { outcome }) => sum + of(outcome), 0),
      ),
    );
  return {
    outcomes,
    watch: ({ battery, powers }: HomeState): void => {
      const storedWh = battery.storedMwh / 1000;
      most.storedWh = Math.max(most.storedWh, storedWh);
      most.gridW = Math.max(most.gridW, powers.grid);
      if (most.storedWh > reserveWh) leastWithReserveWh = Math.min(leastWithReserveWh, storedWh);
    },
    imported: (atMs: number, wh: number): void => {
      bandWh[bandOf('mainland', localDate(atMs), Number(localTime(atMs).slice(0, 2))) ?? 'peak'] += wh;
    },
    course: () => ({
      bandWh,
      mostStoredWh: most.storedWh,
      mostGridW: most.gridW,
      /** once the reserve was reached for the first time */
      leastWithReserveWh,
      planned: new Set(outcomes.map(({ outcome }) => outcome.planned)),
      plans: outcomes.length,
      orders: outcomes.reduce((sum, { outcome }) => sum + outcome.orders, 0),
      mostOrdersADay: perDay(({ orders }) => orders),
      mostChangesADay: perDay(({ changed }) => (changed ? 1 : 0)),
    }),
  };
};

/** Hands the orders to the simulated gateway; answers how many it refused. */
const obeyed = async (world: World, home: LivingHome): Promise<number> => {
  let refused = 0;
  for (const { command } of world.sent.splice(0)) {
    const before: Obedience = { orders: home.state().orders, reporting: undefined, answers: [] };
    const { obedience, results } = obey(home.devices, before, { order: command, nowMs: world.clock.now() });
    if (results.some(({ state }) => state === 'rejected')) refused += 1;
    home.order(obedience.orders);
    await takeOrderResults(
      world.deps,
      results.map((result) => aRuleEvent('cmd/result', result)),
    );
  }
  return refused;
};

/** A household whose simulated battery lives behind a gateway that obeys: planned by the use case itself, half hour by half hour. */
export const livePlannedDays = async (asked: PlannedDays) => {
  const { from, days, isOn, foresight } = asked;
  const [world, startMs] = [await aWorld(), dayStart(from)];
  const home = livingHome(asked.home, startMs - BEFORE_MS);
  const series = liveBefore(home, startMs);
  world.clock.set(startMs);
  await settle(world, home, { ...asked, series });
  const future = foresight ? futureOf(asked.home, startMs - BEFORE_MS, startMs + (days + 2) * DAY_MS) : new Map();
  const deps: PlanDeps = {
    ...world,
    forecastOf: async () => expectedHours(home.past, future, world.clock.now()),
  };
  const notes = notebook((asked.home.batteryWh * asked.reservePermille) / 1000);
  const begin = home.state();
  let refused = 0;
  for (let atMs = startMs; atMs < startMs + days * DAY_MS; atMs += HALF_HOUR_MS) {
    world.clock.set(atMs);
    const data = { kind: BATTERY, ts: atMs, boot: 1, seq: atMs / MINUTE_MS, q: 0, quantities: home.battery() };
    await world.table.put({ ...liveKey(householdId, home.batteryId), data });
    if (isOn) {
      const outcome = await planHousehold(deps, { householdId, forMs: atMs });
      notes.outcomes.push({ date: localDate(atMs), outcome });
      refused += await obeyed(world, home);
    }
    const { importWh } = home.state();
    home.live(atMs + HALF_HOUR_MS, notes.watch);
    notes.imported(atMs, home.state().importWh - importWh);
  }
  const { importWh, exportWh, battery } = home.state();
  return {
    ...notes.course(),
    refused,
    importWh: importWh - begin.importWh,
    exportWh: exportWh - begin.exportWh,
    storedAtEndWh: battery.storedMwh / 1000,
    dischargedWh: battery.exportWh - begin.battery.exportWh,
  };
};
export type PlannedCourse = Awaited<ReturnType<typeof livePlannedDays>>;

/** Won of the life of the battery, as the plan reckons it. */
export const wearOfCourse = ({ dischargedWh }: PlannedCourse): number => Math.round((dischargedWh / 1000) * WEAR_WON);

/** Won of a December in which nothing else was used. */
export const wonOfCourse = ({ importWh, exportWh, bandWh }: PlannedCourse): number => {
  const period = { from: '2026-12-01', to: '2026-12-31' };
  const use = { importWh, exportWh, bandWh, carriedKwh: 0 };
  const bill = supplyBill({ ...BY_TIME, region: 'mainland' }, period, use);
  if (bill.status !== 'priced') throw new Error(`the days have no price: ${JSON.stringify(bill)}`);
  return bill.won.bill;
};
