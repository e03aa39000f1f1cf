import * as z from 'zod/mini';
import type { Provisional } from '../calendar/dated.ts';
import { worst, type Quality } from '../reading/quality.ts';
import type { ExactWh } from './exact-wh.ts';
import { CONFIDENCE_PERCENT } from './interval.ts';

/** Why a baseline is refused, or what it has to say of itself. */
export const refusalCode = z.enum([
  'insufficient-history',
  'no-prior-year',
  'estimated-history',
  'holiday-table-ends',
  'poor-fit',
  'no-temperature',
]);
export type RefusalCode = z.infer<typeof refusalCode>;
export const remarkCode = z.enum([
  'short-history',
  'one-prior-year',
  'filled-month',
  'screened-day',
  'adjustment-capped',
  'no-same-day-hours',
  'no-days-before',
]);
export type RemarkCode = z.infer<typeof remarkCode>;

/** One day or month the baseline rests on, and what became of it. */
export type Evidence = {
  readonly period: string;
  readonly wh: number;
  readonly quality: Quality;
  readonly fate: string;
};

/** What the home would have used, by a named method. Recomputing from the evidence gives the identical figure. */
export type Baseline = {
  readonly status: 'baseline';
  readonly method: string;
  readonly version: number;
  readonly expected: ExactWh;
  /** meant to hold the use in `confidencePercent` of cases; null where the history is too short to say */
  readonly interval: { readonly lowWh: number; readonly highWh: number; readonly confidencePercent: number } | null;
  readonly quality: Quality;
  readonly remarks: readonly RemarkCode[];
  readonly evidence: readonly Evidence[];
  /** why the figure may still change */
  readonly provisional: readonly Provisional[];
};

/** There is no baseline: never 0, always a reason. */
export type NoBaseline = {
  readonly status: 'refused';
  readonly method: string;
  readonly version: number;
  readonly code: RefusalCode;
  readonly detail: string;
};

export type Method = { readonly id: string; readonly version: number };
export const noBaseline = ({ id, version }: Method, code: RefusalCode, detail: string): NoBaseline => ({
  status: 'refused',
  method: id,
  version,
  code,
  detail,
});

/** A use with the quality of its readings. */
export type Use = { readonly wh: number; readonly quality: Quality };

/** The data-quality gate. A day that is missing or bad is no day; of the others more than a third estimated is too many. */
export const isUsable = (use: Use | undefined): use is Use => use?.quality === 'good' || use?.quality === 'estimated';
export const tooManyEstimated = (uses: readonly Use[]): boolean =>
  uses.filter((use) => use.quality === 'estimated').length * 3 > uses.length;

export const withConfidence = (bounds: { lowWh: number; highWh: number } | null): Baseline['interval'] =>
  bounds && { ...bounds, confidencePercent: CONFIDENCE_PERCENT };
export const qualityOfUses = (uses: readonly Use[]): Quality => worst(uses.map((use) => use.quality));
