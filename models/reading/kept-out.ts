/**
 * Why a message of a device, or a part of one, is kept out. A closed list: operators search for these words, and figures are told by them.
 * Finer reasons stand in the detail of an entry.
 */
export const KEPT_OUT = [
  // of a point that is as the schema says (`admission.ts`)
  'unknown-household',
  'unknown-device',
  'wrong-gateway',
  'wrong-kind',
  'too-old',
  'in-the-future',
  // of a message that is not
  'not-json',
  'not-a-reading',
  'not-a-batch',
  'not-a-point',
  'not-a-result',
  'not-health',
  // of one that contradicts what is stored, or that finds nothing it belongs to
  'conflict',
  'not-in-history',
  'unknown-order',
  // of what lies in the stream and cannot be worked off
  'not-a-rule-event',
  'cannot-be-taken',
] as const;
export type KeptOut = (typeof KEPT_OUT)[number];
