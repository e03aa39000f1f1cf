import type { Programme } from './programme.ts';
import { CARBON_POINTS } from './rows/carbon-points.ts';
import { ENERGY_CASHBACK, EVENING_PEAK, SMART_APPLIANCE } from './rows/cashback.ts';
import { COMMUNITY_CHALLENGE } from './rows/community.ts';
import { APARTMENT_MISSION, HOME_TARGET, NATIONAL_DR } from './rows/events.ts';

/** Every programme there is. */
export const ALL_PROGRAMMES: readonly Programme<unknown>[] = [
  ENERGY_CASHBACK,
  EVENING_PEAK,
  SMART_APPLIANCE,
  CARBON_POINTS,
  APARTMENT_MISSION,
  NATIONAL_DR,
  HOME_TARGET,
  COMMUNITY_CHALLENGE,
];

export const programmeOf = (id: string): Programme<unknown> | undefined => ALL_PROGRAMMES.find((one) => one.id === id);
