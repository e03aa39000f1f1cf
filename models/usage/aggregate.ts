import { worst, type Quality } from '../reading/quality.ts';
import type { Flows } from './balance.ts';

export type Figure = Flows & { readonly quality: Quality };
/** An interval made of quarters or days: the sum of what is known, and how much is not. */
export type Aggregate = Figure & { readonly missingSlots: number };

const FLOWS = ['importWh', 'exportWh', 'solarWh', 'toBatteryWh', 'fromBatteryWh', 'loadWh'] as const;

const sumKnown = (parts: readonly Flows[], flow: (typeof FLOWS)[number]): number | undefined =>
  parts.reduce<number | undefined>((sum, part) => {
    const wh = part[flow];
    return wh === undefined ? sum : (sum ?? 0) + wh;
  }, undefined);

/** The quality of a sum of which parts are missing is estimated at best; when all of them are, missing. */
const qualityOfSum = (qualities: readonly Quality[]): Quality => {
  const known = qualities.filter((quality) => quality !== 'missing');
  if (known.length === 0) return 'missing';
  return known.length === qualities.length ? worst(known) : worst([...known, 'estimated']);
};

/** Adds figures up: the same quarters give the same total at every grain, to the Wh. */
export const aggregate = (parts: readonly (Figure & { readonly missingSlots?: number })[]): Aggregate => ({
  importWh: sumKnown(parts, 'importWh'),
  exportWh: sumKnown(parts, 'exportWh'),
  solarWh: sumKnown(parts, 'solarWh'),
  toBatteryWh: sumKnown(parts, 'toBatteryWh'),
  fromBatteryWh: sumKnown(parts, 'fromBatteryWh'),
  loadWh: sumKnown(parts, 'loadWh'),
  quality: qualityOfSum(parts.map(({ quality }) => quality)),
  missingSlots: parts.reduce((sum, part) => sum + (part.missingSlots ?? (part.loadWh === undefined ? 1 : 0)), 0),
});
