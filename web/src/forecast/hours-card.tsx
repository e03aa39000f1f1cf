import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { ForecastWords, HoursView } from '@hems/shared/view/forecast-hours';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import legend from '../energy/legend.module.css';
import styles from './forecast.module.css';
import { ForecastDrawing } from './forecast-drawing.tsx';
import { HoursTable } from './hours-table.tsx';

type PartProps = { readonly view: HoursView; readonly words: ForecastWords };

const Legend = ({ view, words: { f } }: PartProps): ReactNode => {
  const entries = [
    { name: 'actual', shown: view.actual.length > 0 },
    { name: 'expected', shown: true },
    { name: 'band', shown: true },
    { name: 'naive', shown: view.hasNaive },
    { name: 'solar', shown: view.hasSolar },
  ] as const;
  return (
    <ul className={legend['legend']}>
      <li>{f.unit}</li>
      {entries
        .filter(({ shown }) => shown)
        .map(({ name }) => (
          <li key={name}>
            <svg aria-hidden="true" width="24" height="14">
              {name === 'band' ? (
                <rect className={styles['band']} width="24" height="14" rx="3" />
              ) : (
                <path className={styles[name]} d="M1,7h22" />
              )}
            </svg>
            {f.legend[name]}
          </li>
        ))}
    </ul>
  );
};

type Props = { readonly card: CardView<HoursView>; readonly words: ForecastWords; readonly onRetry: () => void };

/** Hour by hour until the end of tomorrow, as a chart or as its table twin, and where the numbers come from. */
export const HoursCard = ({ card, words, onRetry }: Props): ReactNode => {
  const { f } = words;
  const [asTable, setAsTable] = useState(false);
  const toggle = isFilled(card) ? (
    <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
      {asTable ? f.chart : f.table}
    </button>
  ) : undefined;
  return (
    <Card title={f.hours} card={card} className={styles['hours']} onRetry={onRetry} aside={toggle}>
      {(view) => (
        <>
          {asTable ? (
            <HoursTable view={view} words={words} />
          ) : (
            <>
              <ForecastDrawing view={view} words={words} />
              <Legend view={view} words={words} />
            </>
          )}
          {view.notes.map((note) => (
            <p key={note} className={styles['sub']}>
              {note}
            </p>
          ))}
        </>
      )}
    </Card>
  );
};
