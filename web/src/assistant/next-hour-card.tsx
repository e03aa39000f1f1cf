import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { AssistantWords, NextHourView } from '@hems/shared/view/next-hour';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import styles from './assistant.module.css';

/** What the running hour is expected to use, between what, and how often such a forecast is right. */
const NextHour = ({
  next,
  words: { s },
}: {
  readonly next: NextHourView;
  readonly words: AssistantWords;
}): ReactNode => (
  <>
    <p className={styles['next']}>
      <strong>{next.value}</strong> <span>{next.unit}</span>
      <small>{next.when}</small>
    </p>
    <span className={styles['track']} aria-hidden="true">
      <span className={styles['spread']} style={{ left: `${next.bar.left}%`, width: `${next.bar.width}%` }} />
      <span className={styles['dot']} style={{ left: `${next.bar.at}%` }} />
    </span>
    <p className={styles['sentence']}>{next.likely}</p>
    {next.whySource !== undefined && <p className={styles['sub']}>{next.whySource}</p>}
    <Disclosure summary={s.next.sure}>
      <p className={styles['sentence']}>{next.often}</p>
      <p className={styles['sub']}>{s.sourceIs(next.source)}</p>
    </Disclosure>
  </>
);

type Props = {
  readonly card: CardView<NextHourView>;
  readonly words: AssistantWords;
  /** the home whose forecast is opened from here; undefined: it is on this page */
  readonly linkTo?: string;
  readonly onRetry: () => void;
};

export const NextHourCard = ({ card, words, linkTo, onRetry }: Props): ReactNode => (
  <Card title={words.s.next.title} card={card} className={styles['nextCard']} onRetry={onRetry}>
    {(next) => (
      <>
        <NextHour next={next} words={words} />
        {linkTo !== undefined && isFilled(card) && (
          <Link
            to="/households/$householdId/assistant/{-$page}"
            params={{ householdId: linkTo, page: 'forecast' }}
            className={`${buttons['button']} ${styles['left']}`}
          >
            {words.s.next.more}
          </Link>
        )}
      </>
    )}
  </Card>
);
