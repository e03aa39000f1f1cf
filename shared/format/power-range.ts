import { groupedText } from './number.ts';

/** Powers side by side, W, in one unit: kW with one decimal where the greatest reaches a kilowatt, else W to the ten. A forecast knows no more. */
export const powerRange = <Name extends string>(
  powers: Readonly<Record<Name, number>>,
): { readonly text: (name: Name) => string; readonly unit: 'kW' | 'W' } => {
  const inKw = Math.max(0, ...Object.values<number>(powers)) >= 995;
  return {
    text: (name) => (inKw ? groupedText(powers[name] / 1000, 1) : groupedText(Math.round(powers[name] / 10) * 10, 0)),
    unit: inKw ? 'kW' : 'W',
  };
};
