/** The names that the contract and the texts know. They stand by themselves: the apps need no rule to show what one found. */
export const RULE_CODES = [
  'cooler-set-point',
  'heater-set-point',
  'standby',
  'idle-plug',
  'shift-hours',
  'tier-limit',
  'lighting',
  'solar-self-use',
  'battery-schedule',
  'contract-choice',
] as const;
export type RuleCode = (typeof RULE_CODES)[number];

export const NOTE_CODES = ['hot-tomorrow', 'cold-tomorrow', 'cloudy-tomorrow', 'sunny-tomorrow'] as const;
export type NoteCode = (typeof NOTE_CODES)[number];

export const ADVICE_ANSWERS = ['accept', 'later', 'not-useful'] as const;
export type AdviceAnswer = (typeof ADVICE_ANSWERS)[number];

/**
 * Why nothing is claimed of a suggestion that was taken: its rule measures nothing, too few days or temperatures are known, another one was
 * taken at about the same time, the contract is still the same, or the change is within what the home varies by anyway.
 */
export const RESULT_REASONS = [
  'not-measured',
  'too-little-known',
  'other-taken',
  'not-changed',
  'within-variation',
] as const;
export type ResultReason = (typeof RESULT_REASONS)[number];

/** Why a suggestion is not useful; each has its consequence (answers.ts). */
export const ADVICE_CAUSES = ['done-already', 'not-possible', 'too-uncomfortable', 'too-little', 'not-true'] as const;
export type AdviceCause = (typeof ADVICE_CAUSES)[number];
