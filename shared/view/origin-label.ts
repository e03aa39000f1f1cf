import type { Origin } from '@hems/models/household/household';
import type { Messages } from '../i18n/messages.ts';

/** What must stand on every screen that shows values of a demo home, drawn from the fields the data carry. */
export type OriginLabel = { readonly short: string; readonly long: string };

const factor = (scale: number): string => String(Math.round(scale * 100) / 100);

export const originLabel = (origin: Origin, t: Messages): OriginLabel => {
  if (origin.type === 'simulated') return { short: t.origin.simulated, long: t.origin.simulatedLong };
  const country = t.country(origin.country);
  const { credit, shiftDays, scale, pvScale } = origin;
  const long = t.origin.replayedLong({ country, credit, shiftDays, scale: factor(scale) });
  return {
    short: t.origin.replayed(country),
    long: pvScale === scale ? long : `${long} ${t.origin.pvScale(factor(pvScale))}`,
  };
};
