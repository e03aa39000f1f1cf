import type { LocalDate } from './seoul.ts';

/** The words of the fact sheet: two sources or reproduced figures; one source; calculated; a weak source. */
export type Confidence = 'verified' | 'single source' | 'derived' | 'unverified';

/** Why a figure may still change. `O1` to `O21` are the open questions of the fact sheet's section 8. */
export type Provisional = { readonly code: string; readonly reason: string };

/** A published figure or rule with the dates it holds for. A change is a new row, never an edit. */
export type Dated = {
  /** unique among all rows: `<table>/<what>/<effectiveFrom>` */
  readonly id: string;
  /** first and last day, both inclusive; null: no end announced */
  readonly effectiveFrom: LocalDate;
  readonly effectiveTo: LocalDate | null;
  readonly source: string;
  readonly confidence: Confidence;
  readonly checkedAt: LocalDate;
  readonly provisional?: Provisional;
};

/** The day the rows were last held against their sources. */
export const CHECKED_AT: LocalDate = '2026-11-22';

export const holdsOn = (row: Dated, date: LocalDate): boolean =>
  row.effectiveFrom <= date && (row.effectiveTo === null || date <= row.effectiveTo);

/** The row in force on the date, if any. */
export const rowOn = <Row extends Dated>(rows: readonly Row[], date: LocalDate): Row | undefined =>
  rows.find((row) => holdsOn(row, date));
