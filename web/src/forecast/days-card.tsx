import type { Card as CardView } from '@hems/shared/view/card';
import type { DayTotalView } from '@hems/shared/view/forecast-days';
import type { ForecastWords } from '@hems/shared/view/forecast-hours';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import styles from './forecast.module.css';

const Total = ({ name, amount, range, bar }: DayTotalView): ReactNode => (
  <li className={styles['total']}>
    <p className={styles['totalHead']}>
      <span>{name}</span> <strong>{amount}</strong>
    </p>
    <span className={styles['track']} aria-hidden="true">
      <span className={styles['spread']} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />
      <span className={styles['dot']} style={{ left: `${bar.mean}%` }} />
    </span>
    <p className={styles['sub']}>{range}</p>
  </li>
);

type Props = {
  readonly card: CardView<readonly DayTotalView[]>;
  readonly words: ForecastWords;
  readonly onRetry: () => void;
};

/** The days ahead, each with its range; the further, the wider. */
export const DaysCard = ({ card, words: { f }, onRetry }: Props): ReactNode => (
  <Card title={f.days} card={card} className={styles['days']} onRetry={onRetry}>
    {(days) => (
      <>
        <ul className={styles['totals']}>
          {days.map((day) => (
            <Total key={day.name} {...day} />
          ))}
        </ul>
        <p className={styles['sub']}>{f.daysNote}</p>
      </>
    )}
  </Card>
);
