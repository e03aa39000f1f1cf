import type { Filled } from '@hems/shared/view/card';
import type { RewardWords } from '@hems/shared/view/reward-words';
import type { ElsewhereView } from '@hems/shared/view/rewards';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import rows from './rewards.module.css';

type Props = { readonly card: Filled<readonly ElsewhereView[]> | undefined; readonly words: RewardWords };

/** What another platform says it gave; in no balance. */
export const ElsewhereCard = ({ card, words: { s } }: Props): ReactNode =>
  card && (
    <Card title={s.elsewhere} card={card} className={undefined} onRetry={() => undefined}>
      {(given) => (
        <>
          <p className={rows['sub']}>{s.elsewhereHint}</p>
          <ul>
            {given.map(({ key, label, about, amount }) => (
              <li key={key} className={rows['row']}>
                <div>
                  <p className={rows['strong']}>{label}</p>
                  <p className={rows['sub']}>{about}</p>
                </div>
                <p className={rows['figure']}>{amount}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
