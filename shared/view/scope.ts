/** What one chart spans. `billing` is the meter-reading period, which seldom is a month of the calendar. */
export const SCOPES = ['day', 'week', 'month', 'billing', 'year'] as const;
export type Scope = (typeof SCOPES)[number];

/** The bars of one day. */
export const STEPS = ['hour', 'quarter'] as const;
export type Step = (typeof STEPS)[number];

/** What the bars of a span are: those of its scope, or the quarter hours of a day. */
export type Bins = Scope | 'quarters';

/** With what it is compared. */
export const COMPARISONS = ['none', 'before', 'year'] as const;
export type Comparison = (typeof COMPARISONS)[number];
