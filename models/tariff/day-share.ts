import { roundDiv } from './rounding.ts';

/** Whole kWh of each part by its days, rounded half up; the last part takes the remainder (korea.md 1.7, step 1). */
export const shareByDays = (kwh: number, parts: readonly { readonly days: number }[], days: number): number[] => {
  let rest = kwh;
  return parts.map((part, i) => {
    const own = i === parts.length - 1 ? rest : roundDiv(kwh * part.days, days);
    rest -= own;
    return own;
  });
};
