import type { Use } from '../baseline/baseline.ts';
import type { DayItem } from './day-value.ts';

type Day = Pick<DayItem, 'importWh' | 'missingImportSlots' | 'quality'>;

/** Whether the whole grid use is known. A broken register (bad) leaves out an unknown part. */
export const isWhole = ({ importWh, missingImportSlots = 0, quality }: Day): boolean =>
  importWh !== undefined && missingImportSlots === 0 && quality !== 'bad';

/**
 * The grid use of a whole day, as baselines and scores count it; undefined where a part of it is not known. All readings of a
 * demo home are marked as simulated and therefore estimated; that tells where they come from, they are no guesses, and the
 * share of estimated days that a baseline bears is not about them.
 */
export const gridUse = (day: Day, isDemo: boolean): Use | undefined => {
  const { importWh, quality } = day;
  if (importWh === undefined || !isWhole(day)) return undefined;
  return { wh: importWh, quality: quality === 'good' || isDemo ? 'good' : 'estimated' };
};
