import type { Origin } from '@hems/models/household/household';
import type { OriginTexts } from '../i18n/ko/origin.ts';
import type { Words } from '../i18n/texts.ts';

const factor = (scale: number): string => String(Math.round(scale * 100) / 100);

/** Whose record the values of a demo home are and what was changed, drawn from the fields the data carry. */
export const originStory = (origin: Origin, { t, s }: Words<OriginTexts>): string => {
  if (origin.type === 'simulated') return s.simulated;
  const { credit, shiftDays, scale, pvScale } = origin;
  const story = s.replayed({ country: t.country(origin.country), credit, shiftDays, scale: factor(scale) });
  return pvScale === scale ? story : `${story} ${s.pvScale(factor(pvScale))}`;
};
