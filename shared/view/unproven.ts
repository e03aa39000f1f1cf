import type { Household } from '../api/session.ts';
import { codeOf, NO_PROOF } from '../errors/api-error.ts';

/** Whether a household that is closed waits for the proof of residence, which its own people can bring. */
export const isUnproven = (household: Pick<Household, 'isProven'> | undefined, error: unknown): boolean =>
  codeOf(error) === NO_PROOF || household?.isProven === false;
