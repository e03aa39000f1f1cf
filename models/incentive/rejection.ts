/** Why an office turns an application down; the resident reads it beside the office's own words. */
export const REJECTION_REASONS = [
  'not-eligible',
  'address-not-confirmed',
  'documents-missing',
  'already-in-another-programme',
  'budget-exhausted',
  'other',
] as const;
