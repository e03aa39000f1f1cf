import type { Region } from '@hems/models/tariff/rows/time-of-use';
import { provinceOf } from '@hems/models/household/region';

/** Whose time-of-use hours hold for a household that names its region; undefined where it does not say in which province. */
export const tariffRegionOf = (region: string | undefined): Region | undefined => {
  const province = region === undefined ? undefined : provinceOf(region);
  return province && (province === 'jeju' ? 'jeju' : 'mainland');
};
