import type { OriginTexts } from '../ko/origin.ts';

export const en: OriginTexts = {
  simulated: 'Demo data: made by a simulator. Not a real household.',
  replayed: (o) =>
    `Demo data: recorded in a real home in ${o.country} (${o.credit}), dates shifted by ${o.shiftDays} days, values scaled ×${o.scale}. Not a Korean household.`,
  pvScale: (scale) => `Solar values scaled ×${scale}.`,
};
