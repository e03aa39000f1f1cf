import type { LocalDate } from '../calendar/seoul.ts';
import { isHeldBack, wasPutOff, type Answered } from './answers.ts';
import type { Candidate } from './rules.ts';
import { isGuarded, type Safeguard } from './safeguard.ts';

export const AT_MOST = 3;
/** What was put off before is worth half as much to its reader. */
const PUT_OFF = 0.5;

export type Chosen<C extends Candidate> = C & { readonly putOff: boolean };

/** At most three, by the cautious end of what they save and by what was answered before. */
export const choose = <C extends Candidate>(
  candidates: readonly C[],
  asked: { readonly safeguard: Safeguard; readonly answered: readonly Answered[]; readonly today: LocalDate },
): Chosen<C>[] => {
  const { safeguard, answered, today } = asked;
  const rankOf = ({ wonPerMonth, putOff }: Chosen<C>): number => wonPerMonth.low * (putOff ? PUT_OFF : 1);
  return candidates
    .filter((one) => !isGuarded(one.rule, safeguard) && !isHeldBack(one, answered, today))
    .map((one) => ({ ...one, putOff: wasPutOff(one, answered) }))
    .toSorted((a, b) => rankOf(b) - rankOf(a) || b.wonPerMonth.high - a.wonPerMonth.high)
    .slice(0, AT_MOST);
};
