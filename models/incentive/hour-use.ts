import type { Use } from '../baseline/baseline.ts';
import { HOUR_MS, SLOT_MS } from '../calendar/seoul.ts';
import { worst, type Quality } from '../reading/quality.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';

/** The quality of what the grid brought: where another device of the home is silent, the meter's word is taken as an estimate. */
const gridQuality = ({ quality }: HouseholdQuarter): Quality => (quality === 'missing' ? 'estimated' : quality);

/** The grid use of the hour that starts then; undefined unless all its quarter hours are known. */
export const hourUse = (byStart: ReadonlyMap<number, HouseholdQuarter>, startMs: number): Use | undefined => {
  const parts = Array.from({ length: HOUR_MS / SLOT_MS }, (_, i) => byStart.get(startMs + i * SLOT_MS));
  const known = parts.flatMap((part) =>
    part?.importWh === undefined ? [] : [{ wh: part.importWh, quality: gridQuality(part) }],
  );
  if (known.length < parts.length) return undefined;
  return {
    wh: known.reduce((sum, { wh }) => sum + wh, 0),
    quality: worst(known.map(({ quality }) => quality)),
  };
};
