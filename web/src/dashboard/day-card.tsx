import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { DayView, DayWords } from '@hems/shared/view/day';
import { memo, useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import cards from './cards.module.css';
import styles from './day-card.module.css';
import { DayChart, SERIES, type Series } from './day-chart.tsx';
import { DayTable } from './day-table.tsx';

type LegendProps = {
  readonly day: DayView;
  readonly words: DayWords;
  readonly hidden: readonly Series[];
  readonly onToggle: (series: Series) => void;
};

/** What is drawn, each of it to be hidden and shown again, and what its patterns mean. */
const Legend = ({ day, words: { s }, hidden, onToggle }: LegendProps): ReactNode => {
  const has: Record<Series, boolean> = {
    past: true,
    before: day.before.length > 0,
    ahead: day.expected.length > 0,
  };
  const signs = [
    { name: 'measured', text: s.measuredLegend, shown: day.hasMeasured },
    { name: 'estimated', text: s.estimatedLegend, shown: day.hasEstimated },
    { name: 'gap', text: s.gapLegend, shown: day.hasGap },
  ];
  return (
    <>
      <fieldset className={styles['series']}>
        <legend>{s.show}</legend>
        {SERIES.filter((series) => has[series]).map((series) => (
          <button key={series} type="button" aria-pressed={!hidden.includes(series)} onClick={() => onToggle(series)}>
            <span className={`${styles['stroke']} ${styles[series]}`} />
            {s.series[series]}
          </button>
        ))}
      </fieldset>
      <ul className={styles['signs']}>
        <li>{s.unit}</li>
        {signs
          .filter(({ shown }) => shown)
          .map(({ name, text }) => (
            <li key={name}>
              <span className={`${styles['swatch']} ${styles[name]}`} />
              {text}
            </li>
          ))}
      </ul>
    </>
  );
};

type Props = {
  readonly card: CardView<DayView>;
  /** values are arriving now */
  readonly live: boolean;
  readonly words: DayWords;
  readonly onRetry: () => void;
};

const toggled = (hidden: readonly Series[], series: Series): readonly Series[] =>
  hidden.includes(series) ? hidden.filter((one) => one !== series) : [...hidden, series];

/** The last 24 hours, the day before and the hours to come, as a chart or as its table twin. Drawn again only when one of them changes. */
export const DayCard = memo(({ card, live, words, onRetry }: Props): ReactNode => {
  const { t, s } = words;
  const [asTable, setAsTable] = useState(false);
  const [hidden, setHidden] = useState<readonly Series[]>([]);
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
            <DayChart day={day} live={live} hidden={hidden} words={words} />
            <Legend day={day} words={words} hidden={hidden} onToggle={(series) => setHidden(toggled(hidden, series))} />
            {day.next !== undefined && <p className={styles['next']}>{day.next}</p>}
          </>
        )
      }
    </Card>
  );
});
