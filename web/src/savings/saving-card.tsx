import type { Card as CardView } from '@hems/shared/view/card';
import type { SavingView, SavingWords } from '@hems/shared/view/savings';
import type { ReactNode } from 'react';
import cards from '../dashboard/cards.module.css';
import { Card } from '../ui/card.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './savings.module.css';

type Props = { readonly card: CardView<SavingView>; readonly words: SavingWords; readonly onRetry: () => void };

/** What yesterday saved: won first, then energy, then CO2. */
export const SavingCard = ({ card, words: { t, s }, onRetry }: Props): ReactNode => (
  <Card title={t.later.saved} card={card} className={cards['saved']} onRetry={onRetry}>
    {({ headline, isLess, figures, state, why, sum }) => (
      <>
        <p className={isLess ? styles['less'] : styles['headline']}>{headline}</p>
        <dl className={styles['figures']}>
          {figures.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={styles['sub']}>{state}</p>
        <Disclosure summary={s.why}>
          <Sentences texts={[...why, ...sum]} />
        </Disclosure>
      </>
    )}
  </Card>
);
