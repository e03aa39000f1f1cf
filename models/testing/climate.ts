import * as z from 'zod/mini';
import type { Home } from './home.ts';

/** The air in a home. */
export const climate = z.object({ indoorC: z.number(), co2Ppm: z.number() });
export type Climate = z.infer<typeof climate>;
export type Surroundings = {
  readonly outdoorC: number;
  readonly people: number;
  /** electrical power turning into heat indoors */
  readonly heatW: number;
  /** sun through the windows, share of its clear-noon strength */
  readonly sun: number;
  readonly targetC: number;
};
/** 0 off, 1 heating, 2 cooling: the codes of `hvac_state`. */
export type Conditioning = { readonly climate: Climate; readonly powerW: number; readonly state: 0 | 1 | 2 };

/** Walls, windows and air change; a newer flat loses about this. */
const LOSS_W_PER_K_M2 = 1.35;
/** Open windows on a mild day carry this much more. */
const AIRING = 4;
const STORED_WH_PER_K_M2 = 45;
const PERSON_W = 75;
const SUN_W_PER_M2 = 11;
const COOLING_COP = 3.4;
const HEATING_COP = 2.9;
/** Circulation pump and fan of a gas boiler. */
const BOILER_W = 85;
const HEATING_MAX_W = 9000;
const HEATING_W_PER_K = 5000;
const COOLER_W_PER_K = 900;
const COOLER_MIN_W = 220;
const OUTDOOR_PPM = 420;
/** ppm an hour that a person adds to the air of 1 m² under a 2.4 m ceiling (18 litres of CO2). */
const PERSON_PPM_M2 = 7500;
const AIR_CHANGES = 0.45;

/** Cooling begins when it is warm out and someone is home; heating whenever it is below the target. */
const condition = (
  home: Home,
  { indoorC }: Climate,
  around: Surroundings,
): Omit<Conditioning, 'climate'> & { heatW: number } => {
  const { outdoorC, people, targetC } = around;
  if (outdoorC > 19 && people > 0 && indoorC > targetC) {
    const powerW = Math.min(home.coolerW, Math.max(COOLER_MIN_W, Math.round((indoorC - targetC) * COOLER_W_PER_K)));
    return { powerW, state: 2, heatW: -powerW * COOLING_COP };
  }
  if (outdoorC < 17 && indoorC < targetC) {
    const heatW = Math.min(HEATING_MAX_W, (targetC - indoorC) * HEATING_W_PER_K);
    return { powerW: home.heating === 'gas-boiler' ? BOILER_W : Math.round(heatW / HEATING_COP), state: 1, heatW };
  }
  return { powerW: 0, state: 0, heatW: 0 };
};

/** One minute of a room with one temperature: losses, people, sun, and what the conditioning does about it. */
export const liveMinute = (home: Home, before: Climate, around: Surroundings): Conditioning => {
  const { outdoorC, people, heatW, sun } = around;
  const { indoorC, co2Ppm } = before;
  const { powerW, state, heatW: conditioningW } = condition(home, before, around);
  const airing = state === 0 && people > 0 && indoorC > 23 && outdoorC < indoorC ? AIRING : 1;
  const lossW = (indoorC - outdoorC) * LOSS_W_PER_K_M2 * home.areaM2 * airing;
  const gainW = heatW * 0.7 + people * PERSON_W + sun * SUN_W_PER_M2 * home.areaM2 + conditioningW;
  const addedPpm = (people * PERSON_PPM_M2) / home.areaM2 - (co2Ppm - OUTDOOR_PPM) * AIR_CHANGES * airing;
  return {
    climate: {
      indoorC: indoorC + (gainW - lossW) / (STORED_WH_PER_K_M2 * home.areaM2) / 60,
      co2Ppm: co2Ppm + addedPpm / 60,
    },
    powerW,
    state,
  };
};
