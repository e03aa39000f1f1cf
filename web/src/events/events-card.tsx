import type { Card as CardView } from '@hems/shared/view/card';
import type { EventWords } from '@hems/shared/view/event-words';
import type { EventRow, EventsView } from '@hems/shared/view/events';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { NextStep } from '../ui/next-step.tsx';
import styles from './events.module.css';

type Props = {
  readonly card: CardView<EventsView>;
  readonly householdId: string;
  readonly words: EventWords;
  readonly onRetry: () => void;
};

const Row = ({ row, householdId }: { readonly row: EventRow; readonly householdId: string }): ReactNode => (
  <li>
    <Link
      to="/households/$householdId/rewards/events/{-$eventId}"
      params={{ householdId, eventId: row.eventId }}
      className={styles['row']}
    >
      <span className={styles['what']}>
        <span className={styles['when']}>{row.when}</span>
        <span className={styles['sub']}>{row.programme}</span>
      </span>
      <span className={styles['end']}>
        <span className={row.isAsking ? styles['asking'] : styles['chip']}>{row.state}</span>
        {row.reward !== undefined && <span className={styles['reward']}>{row.reward}</span>}
      </span>
    </Link>
  </li>
);

type GroupProps = { readonly name: string; readonly rows: readonly EventRow[]; readonly householdId: string };

const Group = ({ name, rows, householdId }: GroupProps): ReactNode =>
  rows.length > 0 && (
    <section className={styles['group']} aria-label={name}>
      <h3 className={styles['heading']}>{name}</h3>
      <ul>
        {rows.map((row) => (
          <Row key={row.eventId} row={row} householdId={householdId} />
        ))}
      </ul>
    </section>
  );

/** The events that call the home: what waits for an answer stands out. */
export const EventsCard = ({ card, householdId, words: { s }, onRetry }: Props): ReactNode => {
  const list = (
    <Card title={s.list} card={card} className={styles['list']} onRetry={onRetry}>
      {({ coming, past }) => (
        <>
          <Group name={s.coming} rows={coming} householdId={householdId} />
          <Group name={s.past} rows={past} householdId={householdId} />
        </>
      )}
    </Card>
  );
  if (card.state !== 'empty') return list;
  return (
    <NextStep card={list}>
      <Link to="/households/$householdId/rewards/programmes" params={{ householdId }} className={buttons['button']}>
        {s.toProgrammes}
      </Link>
    </NextStep>
  );
};
