/** What became of one programme's period in a household. `amount`: what the period is worth in all, whole won or points. */
export type SettleOutcome = { readonly programme: string; readonly period: string } & (
  | { readonly outcome: 'settled' | 'corrected' | 'unchanged'; readonly amount: number }
  /** nothing was written; what was settled before stays as it is */
  | { readonly outcome: 'refused'; readonly code: string }
);
