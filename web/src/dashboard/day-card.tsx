import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { DayView } from '@hems/shared/view/day';
import { useState, type ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './day-card.module.css';
import { DayChart } from './day-chart.tsx';
import { DayTable } from './day-table.tsx';

const Legend = ({ day }: { readonly day: DayView }): ReactNode => {
  const t = useMessages();
  const entries = [
    { name: 'measured', text: t.day.measuredLegend, shown: day.hasMeasured },
    { name: 'estimated', text: t.day.estimatedLegend, shown: day.hasEstimated },
    { name: 'gap', text: t.day.gapLegend, shown: day.hasGap },
  ];
  return (
    <ul className={styles['legend']}>
      <li>{t.day.unit}</li>
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
  readonly onRetry: () => void;
};

/** The last 24 hours, as a chart or as its table twin. */
export const DayCard = ({ card, live, onRetry }: Props): ReactNode => {
  const t = useMessages();
  const [asTable, setAsTable] = useState(false);
  const toggle = isFilled(card) ? (
    <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
      {asTable ? t.day.chart : t.day.table}
    </button>
  ) : undefined;
  return (
    <Card title={t.day.title} card={card} className={cards['day']} onRetry={onRetry} aside={toggle}>
      {(day) =>
        asTable ? (
          <DayTable rows={day.rows} />
        ) : (
          <>
            <DayChart day={day} live={live} />
            <Legend day={day} />
          </>
        )
      }
    </Card>
  );
};
