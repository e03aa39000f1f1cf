import type { Unit } from '@hems/models/incentive/programme';

/** What became of one programme's period in a household. `amount`: what the period is worth in all, in its unit. */
export type SettleOutcome = { readonly programme: string; readonly period: string } & (
  | { readonly outcome: 'settled' | 'corrected' | 'unchanged'; readonly amount: number; readonly unit: Unit }
  /** nothing was written; what was settled before stays as it is */
  | { readonly outcome: 'refused'; readonly code: string }
);
