import type { Card as CardView } from '@hems/shared/view/card';
import type { RewardWords } from '@hems/shared/view/reward-words';
import type { EntriesView } from '@hems/shared/view/rewards';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import rows from './rewards.module.css';

type Props = {
  readonly card: CardView<EntriesView>;
  readonly householdId: string;
  readonly words: RewardWords;
  readonly more: (() => void) | undefined;
  readonly onRetry: () => void;
};

/** The ledger, latest first; each entry leads to what it rests on. */
export const EntriesCard = ({ card, householdId, words: { s }, more, onRetry }: Props): ReactNode => (
  <Card title={s.entries} card={card} className={rows['entries']} onRetry={onRetry}>
    {({ entries, hint }) => (
      <>
        <ul>
          {entries.map(({ entryId, programme, about, amount, isNegative, state, isProvisional }) => (
            <li key={entryId} className={rows['row']}>
              <div>
                <p className={rows['strong']}>{programme}</p>
                <p className={rows['sub']}>{about}</p>
                <Link
                  to="/households/$householdId/rewards/entries/$entryId"
                  params={{ householdId, entryId }}
                  className={rows['evidence']}
                  aria-label={`${programme} ${about} ${s.evidence}`}
                >
                  {s.evidence}
                </Link>
              </div>
              <div className={rows['end']}>
                <p className={isNegative ? rows['negative'] : rows['figure']}>{amount}</p>
                <p className={isProvisional ? rows['provisional'] : rows['sub']}>{state}</p>
              </div>
            </li>
          ))}
        </ul>
        {hint !== undefined && <p className={rows['sub']}>{hint}</p>}
        {more && (
          <button type="button" className={buttons['button']} onClick={more}>
            {s.more}
          </button>
        )}
      </>
    )}
  </Card>
);
