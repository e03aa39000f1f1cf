import type { ProofState } from '../api/onboarding.ts';
import type { OnboardingTexts } from '../i18n/ko/onboarding.ts';

/** How the proof of residence stands, and what can be done about it. */
export type ProofView = {
  readonly state: 'open' | 'waiting' | 'refused' | 'locked' | 'proven';
  readonly title: string | undefined;
  readonly texts: readonly string[];
  readonly mayTryCode: boolean;
  readonly mayAskOperator: boolean;
  readonly mayAskProvider: boolean;
};

/** Only once a code was wrong: a number of attempts on an empty form frightens. */
const ATTEMPTS = 10;
const attemptsText = ({ attemptsLeft }: ProofState, s: OnboardingTexts): string[] =>
  attemptsLeft < ATTEMPTS ? [s.proof.left(attemptsLeft)] : [];

const stateOf = ({ state, locked }: ProofState): ProofView['state'] => {
  if (state === 'proven' || state === 'waiting') return state;
  if (locked) return 'locked';
  return state === 'refused' ? 'refused' : 'open';
};

const textsOf = ({ by, reason }: ProofState, s: OnboardingTexts): Record<ProofView['state'], string[]> => ({
  open: [],
  proven: by === null ? [] : [s.proof.by[by]],
  waiting: [s.proof.waitingText],
  locked: [s.proof.lockedText],
  refused: [...(reason === null ? [] : [s.proof.refusedWhy(reason)]), s.proof.refusedText],
});

export const proofView = (proof: ProofState, s: OnboardingTexts): ProofView => {
  const state = stateOf(proof);
  const isOpen = state === 'open' || state === 'refused';
  const mayTryCode = !proof.locked && state !== 'proven';
  return {
    state,
    title: state === 'open' ? undefined : s.proof[state],
    texts: [...textsOf(proof, s)[state], ...(mayTryCode ? attemptsText(proof, s) : [])],
    mayTryCode,
    mayAskOperator: isOpen || state === 'locked',
    mayAskProvider: isOpen,
  };
};
