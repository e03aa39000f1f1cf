import { rowOn } from '../calendar/dated.ts';
import { solarCarbon } from '../carbon/carbon.ts';
import { GRID_FACTORS } from '../carbon/rows/grid-factor.ts';
import type { DayItem } from './day-value.ts';
import type { DayFacts } from './derive-day.ts';

type Carbon = { readonly co2: NonNullable<DayItem['co2']> } | { readonly withheld: string };

/** CO2 of a day; what a roof avoided can only be said where its surplus is measured. */
export const dayCarbon = ({ date, importWh, solarWh, exportWh }: DayFacts): Carbon => {
  if (importWh === undefined) return { withheld: 'missing-use' };
  if (solarWh !== undefined && exportWh === undefined) return { withheld: 'missing-export' };
  if (!rowOn(GRID_FACTORS, date)) return { withheld: 'no-carbon-row' };
  const { footprint, avoidedSelf, avoidedExport } = solarCarbon(
    { importWh, solarWh: solarWh ?? 0, exportWh: exportWh ?? 0 },
    date,
  );
  return {
    co2: {
      footprintG: footprint.grams,
      avoidedSelfG: avoidedSelf.grams,
      avoidedExportG: avoidedExport.grams,
      row: footprint.row,
    },
  };
};
