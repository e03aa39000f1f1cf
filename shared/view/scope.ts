/** What one chart spans. `billing` is the meter-reading period, which seldom is a month of the calendar. */
export const SCOPES = ['day', 'week', 'month', 'billing', 'year'] as const;
export type Scope = (typeof SCOPES)[number];

/** With what it is compared. */
export const COMPARISONS = ['none', 'before', 'year'] as const;
export type Comparison = (typeof COMPARISONS)[number];
