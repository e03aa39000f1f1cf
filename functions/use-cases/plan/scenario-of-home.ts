import { BATTERY_EFFICIENCY } from '@hems/models/device/limits-seen';
import { scenario, type Car, type Scenario } from '@hems/models/plan/scenario';
import { stepsOfHours } from '@hems/models/plan/steps-of-hours';
import type { Forecast } from '@hems/shared/api/forecast';
import type { SeenLimits } from '../stores/device-limits.ts';
import type { Steering } from '../stores/steering.ts';
import { carAhead, carCount, readyMsAfter } from './car-ahead.ts';
import { halfHourOf } from './half-hours.ts';
import { heardNow } from './heard.ts';
import { isWhy, type HomeToPlan, type Why } from './home-to-plan.ts';
import type { Reserve } from './keep-reserve.ts';
import { limitsOfDevices } from './limits-of-devices.ts';
import type { PlanDeps } from './plan-deps.ts';
import { pricesAhead, type PricesAhead } from './prices-ahead.ts';

/** What a kWh through the battery costs of its life, won: 4 M won over 6,000 cycles of 10 kWh are about 65; half, because years age it too. */
export const WEAR_WON = 30;
/** Equations keep this far from a limit; one that is met to the Wh could not be kept to. */
const ROUNDING_WH = 4;
/** 50 A at 220 V: the main breaker of most homes. */
const HOUSE_CONNECTION_W = 11_000;

/** A charge that is this little below what was seen is the same: meters round, and a battery's own reserve is no sharp line. */
const SAME_PERMILLE = 20;

type Cells = Pick<Scenario, 'battery' | 'storedWh' | 'endWh'> & { readonly reserve: Reserve };
const NO_CELLS: Cells = { battery: null, storedWh: 0, endWh: 0, reserve: { wh: 0, isItsOwn: true } };

/** Undefined: the battery is not heard, or too little was seen of it; it goes its own way. */
const cellsOf = ({ battery, states, settings }: HomeToPlan, seen: SeenLimits, nowMs: number): Cells | undefined => {
  const socPermille = heardNow(battery, states, nowMs)?.state.quantities.soc_permille;
  if (socPermille === undefined || !seen.battery) return undefined;
  const { capacityWh, chargeW, dischargeW, leastPermille } = seen.battery;
  const storedWh = (capacityWh * socPermille) / 1000;
  const keptWh = (capacityWh * settings.reservePermille) / 1000;
  // found below what the home keeps: it is drawn no further, and what is charged from now on stays
  const reserveWh = Math.min(keptWh, Math.max(0, storedWh - ROUNDING_WH));
  const isItsOwn = settings.reservePermille <= Math.min(leastPermille, socPermille) + SAME_PERMILLE;
  return {
    battery: { capacityWh, reserveWh, chargeW, dischargeW, efficiency: BATTERY_EFFICIENCY },
    storedWh,
    // the next plan sees further; what is left at the end of this one is its own choice
    endWh: 0,
    reserve: { wh: keptWh, isItsOwn },
  };
};

type Plugged = { readonly car: Car | null; readonly count: Steering['car'] };
const NO_CAR: Plugged = { car: null, count: undefined };

/** Undefined: the charger is not heard, or gave nothing yet; it is on by itself. */
const pluggedOf = (
  { charger, states, settings }: HomeToPlan,
  { seen, before, nowMs }: { seen: SeenLimits; before: Steering; nowMs: number },
): Plugged | undefined => {
  const importWh = heardNow(charger, states, nowMs)?.state.quantities.energy_import_wh;
  if (!settings.car || importWh === undefined || !seen.charger) return undefined;
  const readyMs = readyMsAfter(settings.car, nowMs);
  const count = carCount(before.car, { readyMs, importWh });
  const car = carAhead(settings.car, {
    givenWh: importWh - count.importWh,
    powerW: seen.charger.powerW,
    startMs: halfHourOf(nowMs),
    readyMs,
  });
  return { car: car ?? null, count };
};

/** Battery and car, whichever is there and heard; of one that is not the other is planned all the same. */
const equipmentOf = (
  home: HomeToPlan,
  known: { seen: SeenLimits; before: Steering; nowMs: number },
): (Cells & Plugged) | Why => {
  const [cells, plugged] = [cellsOf(home, known.seen, known.nowMs), pluggedOf(home, known)];
  return cells || plugged ? { ...NO_CELLS, ...cells, ...NO_CAR, ...plugged } : 'no-state';
};

/** A plan over less than half a day would empty the battery before a night it does not see. */
const LEAST_STEPS = 24;

/** The half hours to the end of the forecast. Use and generation on their mean, because a median leaves out the peaks. */
const ahead = (
  { hours, solar }: Pick<Forecast, 'hours' | 'solar'>,
  { buyWon, sellWon }: PricesAhead,
  nowMs: number,
): ReturnType<typeof stepsOfHours> => {
  const generated = new Map(solar?.map(({ ts, meanWh }) => [ts, meanWh]));
  const steps = stepsOfHours(
    hours.map(({ ts, meanWh }, i) => ({
      startMs: ts,
      loadWh: meanWh,
      pvWh: generated.get(ts) ?? 0,
      buyWon: buyWon[i] ?? 0,
      sellWon: sellWon[i] ?? 0,
    })),
    nowMs,
  );
  return steps && steps.loadWh.length >= LEAST_STEPS ? steps : undefined;
};

export type HomeScenario = {
  readonly scenario: Scenario;
  readonly reserve: Reserve;
  readonly count: Steering['car'];
};

/** Everything that a plan of the home rests on as of now, or what is lacking. */
export const scenarioOfHome = async (
  deps: PlanDeps,
  home: HomeToPlan,
  before: Steering,
): Promise<HomeScenario | Why> => {
  const { profile, battery, charger } = home;
  const { householdId, telemetryId } = profile;
  const nowMs = deps.clock.now();
  const seen = await limitsOfDevices(deps, { householdId, telemetryId, battery, charger });
  const equipment = equipmentOf(home, { seen, before, nowMs });
  if (isWhy(equipment)) return equipment;
  const forecast = await deps.forecastOf(householdId);
  if (!forecast) return 'no-forecast';
  const prices = await pricesAhead(
    deps,
    profile,
    forecast.hours.map(({ ts }) => ts),
  );
  if (!prices) return 'no-price';
  const steps = ahead(forecast, prices, nowMs);
  if (!steps) return 'no-forecast';
  const { count, reserve, ...limits } = equipment;
  const importW = Math.min(HOUSE_CONNECTION_W, prices.contractW ?? HOUSE_CONNECTION_W);
  const made = scenario.safeParse({
    ...steps,
    ...limits,
    importW,
    exportW: importW,
    wearWon: WEAR_WON,
    appliances: [],
  });
  // a meter that says what cannot be makes no plan
  return made.success ? { scenario: made.data, reserve, count } : 'no-state';
};
