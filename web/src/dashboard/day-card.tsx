import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { DayView, DayWords } from '@hems/shared/view/day';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './day-card.module.css';
import { DayChart } from './day-chart.tsx';
import { DayTable } from './day-table.tsx';

const Legend = ({ day, words: { s } }: { readonly day: DayView; readonly words: DayWords }): ReactNode => {
  const entries = [
    { name: 'measured', text: s.measuredLegend, shown: day.hasMeasured },
    { name: 'estimated', text: s.estimatedLegend, shown: day.hasEstimated },
    { name: 'gap', text: s.gapLegend, shown: day.hasGap },
  ];
  return (
    <ul className={styles['legend']}>
      <li>{s.unit}</li>
      {entries
        .filter(({ shown }) => shown)
        .map(({ name, text }) => (
          <li key={name}>
            <span className={`${styles['swatch']} ${styles[name]}`} />
            {text}
          </li>
        ))}
    </ul>
  );
};

type Props = {
  readonly card: CardView<DayView>;
  /** values are arriving now */
  readonly live: boolean;
  readonly words: DayWords;
  readonly onRetry: () => void;
};

/** The last 24 hours, as a chart or as its table twin. */
export const DayCard = ({ card, live, words, onRetry }: Props): ReactNode => {
  const { t, s } = words;
  const [asTable, setAsTable] = useState(false);
  const toggle = isFilled(card) ? (
    <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
      {asTable ? s.chart : s.table}
    </button>
  ) : undefined;
  return (
    <Card title={t.later.day} card={card} className={cards['day']} onRetry={onRetry} aside={toggle}>
      {(day) =>
        asTable ? (
          <DayTable rows={day.rows} words={words} />
        ) : (
          <>
            <DayChart day={day} live={live} words={words} />
            <Legend day={day} words={words} />
          </>
        )
      }
    </Card>
  );
};
