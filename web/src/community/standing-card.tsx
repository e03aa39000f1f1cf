import type { Card as CardView } from '@hems/shared/view/card';
import type { CommunityWords, StandingView } from '@hems/shared/view/community';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import styles from './community.module.css';

export type CommunityCardProps<Content> = {
  readonly card: CardView<Content>;
  readonly words: CommunityWords;
  readonly onRetry: () => void;
};

/** What the home saved of its own baseline this month, in neutral words whichever way it went. */
export const StandingCard = ({ card, words: { s }, onRetry }: CommunityCardProps<StandingView>): ReactNode => (
  <Card title={s.standing} card={card} className={styles['standing']} onRetry={onRetry}>
    {({ headline, details, note }) => (
      <>
        <p className={styles['headline']}>{headline}</p>
        {details.map((detail) => (
          <p key={detail} className={styles['sub']}>
            {detail}
          </p>
        ))}
        <p className={styles['sub']}>{note}</p>
      </>
    )}
  </Card>
);
