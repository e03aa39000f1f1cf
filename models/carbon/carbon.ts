import { rowOn, type Provisional } from '../calendar/dated.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import { GRID_FACTORS, type GridFactor } from './rows/grid-factor.ts';

/** Grams with the row they were made with. */
export type Carbon = { readonly grams: number; readonly row: string; readonly provisional: readonly Provisional[] };

/** Whole grams, half away from zero, so that a saving and the same extra use cancel. */
const gramsOf = (wh: number, { gramsPerTenKwh }: GridFactor): number =>
  Math.sign(wh) * Math.floor((Math.abs(wh) * gramsPerTenKwh + 5000) / 10_000) + 0;

const factorOn = (date: LocalDate): GridFactor => {
  const row = rowOn(GRID_FACTORS, date);
  if (!row) throw new RangeError(`no CO2 factor holds on ${date}; the first is of ${GRID_FACTORS[0]?.effectiveFrom}`);
  return row;
};
const made = (grams: number, { id, provisional }: GridFactor): Carbon => ({
  grams,
  row: id,
  provisional: provisional ? [provisional] : [],
});

/** What grid energy of the date stands for; negative Wh (more used than the baseline) give negative grams. RangeError before the first row. */
export const carbonOf = (wh: number, date: LocalDate): Carbon => {
  const factor = factorOn(date);
  return made(gramsOf(wh, factor), factor);
};

export type SolarDay = { readonly importWh: number; readonly solarWh: number; readonly exportWh: number };

/**
 * A day of a home with a roof (korea.md 4). What is avoided at home is no saving against a baseline that was already net of the
 * roof; what is avoided by export stands apart, because others may claim it.
 */
export const solarCarbon = (
  { importWh, solarWh, exportWh }: SolarDay,
  date: LocalDate,
): { readonly footprint: Carbon; readonly avoidedSelf: Carbon; readonly avoidedExport: Carbon } => ({
  footprint: carbonOf(importWh, date),
  avoidedSelf: carbonOf(Math.max(0, solarWh - exportWh), date),
  avoidedExport: carbonOf(exportWh, date),
});
