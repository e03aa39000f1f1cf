import type { DayUse } from './use-series.ts';

/** Grid use by time band, Wh. */
type BandWh = { readonly off: number; readonly mid: number; readonly peak: number };

const addBands = (bands: readonly BandWh[]): BandWh =>
  bands.reduce((sum, { off, mid, peak }) => ({ off: sum.off + off, mid: sum.mid + mid, peak: sum.peak + peak }), {
    off: 0,
    mid: 0,
    peak: 0,
  });

/** Undefined where a day with use is not told apart by its hours. */
export const bandsOfDays = (days: readonly DayUse[]): BandWh | undefined =>
  days.some(({ importWh, bandWh }) => importWh > 0 && !bandWh)
    ? undefined
    : addBands(days.flatMap(({ bandWh }) => bandWh ?? []));

/** The bands at the end of a period: what is known, and the rest as the known hours of the home were shared between the bands. */
export const bandsAtEnd = (soFar: BandWh, restWh: number, days: readonly DayUse[]): BandWh | undefined => {
  const seen = addBands(days.flatMap(({ bandWh }) => bandWh ?? []));
  const whole = seen.off + seen.mid + seen.peak;
  if (whole === 0) return undefined;
  const share = (known: number, part: number): number => known + (restWh * part) / whole;
  return { off: share(soFar.off, seen.off), mid: share(soFar.mid, seen.mid), peak: share(soFar.peak, seen.peak) };
};
