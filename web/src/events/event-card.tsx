import type { Card as CardView } from '@hems/shared/view/card';
import type { EventView } from '@hems/shared/view/event';
import type { Compared } from '@hems/shared/view/event-result';
import type { EventWords } from '@hems/shared/view/event-words';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import hidden from '../ui/visually-hidden.module.css';
import { EventActions } from './event-actions.tsx';
import styles from './events.module.css';

type Props = {
  readonly card: CardView<EventView>;
  readonly householdId: string;
  readonly words: EventWords;
  readonly mayDecide: boolean;
  readonly onRetry: () => void;
};

/** Two bars of one scale; the figures stand beside them. */
const Bars = ({ compared, words: { s } }: { readonly compared: Compared; readonly words: EventWords }): ReactNode => (
  <div className={styles['bars']}>
    <p className={styles['headline']}>{compared.headline}</p>
    <dl className={styles['figures']}>
      {[
        { name: s.own, text: compared.own, percent: compared.ownPercent, look: styles['own'] },
        { name: s.usual, text: compared.usual, percent: compared.usualPercent, look: styles['usual'] },
      ].map(({ name, text, percent, look }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
          <dd className={styles['track']} aria-hidden="true">
            <div className={look} style={{ width: `${percent}%` }} />
          </dd>
        </div>
      ))}
    </dl>
  </div>
);

const Estimate = ({
  event: { estimate },
  words: { s },
}: {
  readonly event: EventView;
  readonly words: EventWords;
}): ReactNode =>
  estimate && (
    <div className={styles['estimate']}>
      {estimate.amount !== undefined && (
        <>
          <p className={styles['sub']}>{s.estimate}</p>
          <p className={styles['amount']}>{estimate.amount}</p>
        </>
      )}
      <p className={styles['sentence']}>{estimate.why}</p>
    </div>
  );

const Result = ({ event: { result } }: { readonly event: EventView }): ReactNode =>
  result && (
    <section className={styles['result']} aria-label={result.title}>
      <p className={styles['sub']}>{result.title}</p>
      <p className={styles['amount']}>{result.reward}</p>
      {result.lines.map((line) => (
        <p key={line} className={styles['sentence']}>
          {line}
        </p>
      ))}
    </section>
  );

const LOOK = { asks: 'asking', in: 'joined', out: 'chip' } as const;

/** An event from its invitation to its result: what it is worth, how long there is, how it goes, what it came to. */
export const EventCard = ({ card, householdId, words, mayDecide, onRetry }: Props): ReactNode => (
  <Card title={words.s.title} card={card} className={styles['event']} onRetry={onRetry}>
    {(event) => (
      <>
        <p className={styles['chips']}>
          <span className={styles[LOOK[event.tone]]}>{event.state}</span>
          {event.phase === 'running' && <span className={styles['chip']}>{words.s.running}</span>}
          <span className={styles['sub']}>{event.programme}</span>
        </p>
        <p className={styles['headline']}>{event.when}</p>
        {event.left !== undefined && <p className={styles['left']}>{event.left}</p>}
        {/* The minutes go by unheard; what is said aloud changes at a few moments only. */}
        <output className={hidden['hidden']}>{event.aloud}</output>
        <Estimate event={event} words={words} />
        {event.compared && <Bars compared={event.compared} words={words} />}
        <Result event={event} />
        {event.notes.map((note) => (
          <p key={note} className={styles['sentence']}>
            {note}
          </p>
        ))}
        <EventActions event={event} householdId={householdId} words={words} mayDecide={mayDecide} />
      </>
    )}
  </Card>
);
