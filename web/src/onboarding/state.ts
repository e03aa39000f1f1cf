import type { Onboarding } from '@hems/shared/api/onboarding';

/** The steps in their order. `size` belongs to the place and may be left out. */
export const STEPS = ['place', 'size', 'supply', 'proof', 'history', 'device', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** What of the service's answer decides the way. */
export type Told = Pick<Onboarding, 'next' | 'place' | 'proof'>;

/** Which step is shown. The service knows what is done; here stands only where the resident is. */
export type State = { readonly at: 'unknown' } | { readonly at: Step; readonly told: Told };

type Known = Exclude<State, { at: 'unknown' }>;

export type Action =
  /** the service has answered, to a question or to a step */
  | { readonly type: 'told'; readonly told: Told }
  /** the step that is shown was answered; the service says so with `told` */
  | { readonly type: 'answered'; readonly told: Told }
  | { readonly type: 'put-off' }
  | { readonly type: 'went-back' }
  | { readonly type: 'went-to'; readonly step: Step };

export const UNKNOWN: State = { at: 'unknown' };

const indexOf = (step: Step): number => STEPS.indexOf(step);

/** Steps that need no answer before the next ones are of use. */
const OPTIONAL: readonly Step[] = ['size', 'supply', 'history', 'device'];
const isOptional = (step: Step): boolean => OPTIONAL.includes(step);

/** Without a place nothing can be proved, and nothing of the home is open before the proof. */
const isClosed = (step: Step, { place, proof }: Told): boolean => {
  if (place === null) return step !== 'place';
  return proof.state !== 'proven' && indexOf(step) > indexOf('proof');
};

/** Where a resident who comes back goes on: an open contract does not hold up whoever has gone on to the proof. */
const resumed = ({ next, proof }: Told): Step =>
  next === 'supply' && proof.state !== 'none' && proof.state !== 'proven' ? 'proof' : next;

/** The step after this one that is open to the resident; the last open one where there is none. */
const after = (step: Step, told: Told): Step =>
  STEPS.slice(indexOf(step) + 1).find((one) => !isClosed(one, told)) ?? step;

/** A decision that was waited for leads on by itself; nothing else moves a resident off the step they look at. */
const follow = (state: Known, told: Told): Step => {
  if (isClosed(state.at, told)) return resumed(told);
  const proved = told.proof.state === 'proven' && state.told.proof.state !== 'proven';
  return state.at === 'proof' && proved ? after('proof', told) : state.at;
};

const moved = (state: Known, action: Exclude<Action, { type: 'told' | 'answered' }>): Step => {
  if (action.type === 'put-off') return isOptional(state.at) ? after(state.at, state.told) : state.at;
  if (action.type === 'went-back') return STEPS[Math.max(0, indexOf(state.at) - 1)] ?? state.at;
  return isClosed(action.step, state.told) ? state.at : action.step;
};

export const reduce = (state: State, action: Action): State => {
  if (state.at === 'unknown') return action.type === 'told' ? { at: resumed(action.told), told: action.told } : state;
  if (action.type === 'told') return { told: action.told, at: follow(state, action.told) };
  if (action.type === 'answered') return { told: action.told, at: after(state.at, action.told) };
  return { ...state, at: moved(state, action) };
};

/** Counted steps; the last screen is none of them. */
export const progressOf = (step: Step): { readonly step: number; readonly steps: number } => {
  const steps = STEPS.length - 1;
  return { step: Math.min(indexOf(step) + 1, steps), steps };
};
