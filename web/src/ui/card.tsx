import { isFilled, type Bare, type Card as CardView } from '@hems/shared/view/card';
import { useId, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from './button.module.css';
import styles from './card.module.css';
import hidden from './visually-hidden.module.css';

type Props<Content> = {
  readonly title: string;
  readonly card: CardView<Content>;
  /** places the card and reserves its height */
  readonly className: string | undefined;
  readonly onRetry: () => void;
  /** beside the title */
  readonly aside?: ReactNode;
  readonly children: (content: Content) => ReactNode;
};

type BodyProps<Content> = Pick<Props<Content>, 'card' | 'onRetry' | 'children'>;

const BareBody = ({ card, onRetry }: { readonly card: Bare; readonly onRetry: () => void }): ReactNode => {
  const t = useMessages();
  return (
    <div className={styles['bare']}>
      <p className={styles['bareTitle']}>{card.title}</p>
      <p className={styles['bareText']}>{card.text}</p>
      {(card.state === 'error' || card.state === 'offline') && (
        <button type="button" className={`${buttons['button']} ${styles['retry']}`} onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
};

const Body = <Content,>({ card, onRetry, children }: BodyProps<Content>): ReactNode => {
  const t = useMessages();
  if (card.state === 'loading') {
    return (
      <>
        <span className={hidden['hidden']}>{t.loading}</span>
        <div className={styles['skeleton']} />
      </>
    );
  }
  if (!isFilled(card)) return <BareBody card={card} onRetry={onRetry} />;
  return (
    <>
      {children(card.content)}
      {card.state === 'partial' && <p className={styles['note']}>{card.note}</p>}
    </>
  );
};

/** One card of the dashboard in any of its states: loading, empty, partial, error, offline, no permission, or complete. */
export const Card = <Content,>({ title, card, className, onRetry, aside, children }: Props<Content>): ReactNode => {
  const titleId = useId();
  return (
    <section
      className={`${styles['card']} ${className ?? ''}`}
      aria-labelledby={titleId}
      aria-busy={card.state === 'loading'}
      data-state={card.state}
    >
      <div className={styles['head']}>
        <h2 id={titleId} className={styles['title']}>
          {title}
        </h2>
        {aside !== undefined && <div className={styles['aside']}>{aside}</div>}
      </div>
      <Body card={card} onRetry={onRetry}>
        {children}
      </Body>
    </section>
  );
};
