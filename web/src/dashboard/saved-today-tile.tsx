import type { SavingsTexts } from '@hems/shared/i18n/ko/savings';
import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { SavedTodayView } from '@hems/shared/view/today';
import type { TodaySavingView, TodayWords } from '@hems/shared/view/today-saving';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Sentences } from '../ui/disclosure.tsx';
import cards from './cards.module.css';
import styles from './tiles.module.css';
import { Why } from './why.tsx';

type Props = {
  readonly card: CardView<SavedTodayView>;
  readonly words: TodayWords;
  readonly savings: SavingsTexts;
  readonly onRetry: () => void;
};

const Saving = ({ saving }: { readonly saving: TodaySavingView }): ReactNode => {
  const { won, noPrice, energy, until } = saving;
  return (
    <>
      {won === undefined ? (
        <p className={styles['line']}>{noPrice}</p>
      ) : (
        <p className={`${styles['value']} ${styles[won.direction]}`}>
          <strong>{won.amount}</strong> <span>{won.word}</span>
        </p>
      )}
      <p className={styles['line']}>
        {energy.amount} {energy.word}
      </p>
      <p className={styles['sub']}>{until}</p>
    </>
  );
};

/** What today saved so far, won first, and what it used; using more is told as neutrally as using less. */
export const SavedTodayTile = ({ card, words: { t, s }, savings, onRetry }: Props): ReactNode => {
  const { saving, title } = isFilled(card) ? card.content : {};
  const why = saving && (
    <Why label={s.why} sign={savings.whyShort}>
      <p>{saving.headline}</p>
      <Sentences texts={saving.why} />
    </Why>
  );
  return (
    <Card title={title ?? t.later.savedToday} card={card} className={cards['tile']} onRetry={onRetry} aside={why}>
      {({ saving: told, refused, used }) => (
        <>
          {told && <Saving saving={told} />}
          {used !== undefined && <p className={told ? styles['sub'] : styles['line']}>{used}</p>}
          {refused && <p className={styles['sub']}>{refused.text}</p>}
        </>
      )}
    </Card>
  );
};
