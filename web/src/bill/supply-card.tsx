import type { SupplyAnswer } from '@hems/shared/queries/supply';
import { cardOf, filled, type Loaded } from '@hems/shared/view/card';
import type { BillWords } from '@hems/shared/view/bill';
import { supplyFacts } from '@hems/shared/view/supply';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import styles from './bill.module.css';
import { SupplyForm } from './supply-form.tsx';

type Props = {
  readonly householdId: string;
  readonly loaded: Loaded<SupplyAnswer>;
  readonly words: BillWords;
  readonly onRetry: () => void;
};

/** How the home is supplied, said so when it is assumed, and a form to state it. */
export const SupplyCard = ({ householdId, loaded, words, onRetry }: Props): ReactNode => {
  const { t, s } = words;
  const [editing, setEditing] = useState<'no' | 'yes' | 'saved'>('no');
  const card = cardOf(loaded, t, (answer) => filled(answer, answer.assumed ? s.assumed : undefined));
  return (
    <Card title={s.supply} card={card} className={styles['supply']} onRetry={onRetry}>
      {({ supply, assumed }) =>
        editing === 'yes' ? (
          <SupplyForm
            householdId={householdId}
            supply={supply}
            words={words}
            onClose={(saved) => setEditing(saved ? 'saved' : 'no')}
          />
        ) : (
          <>
            <dl className={styles['facts']}>
              {supplyFacts(supply, words).map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            {editing === 'saved' && <output className={styles['sentence']}>{s.saved}</output>}
            <button
              type="button"
              className={assumed ? buttons['main'] : `${buttons['button']} ${styles['left']}`}
              onClick={() => setEditing('yes')}
            >
              {assumed ? s.state : s.edit}
            </button>
          </>
        )
      }
    </Card>
  );
};
