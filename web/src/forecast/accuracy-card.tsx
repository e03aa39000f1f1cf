import { groupedText } from '@hems/shared/format/number';
import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { ForecastWords } from '@hems/shared/view/forecast-hours';
import type { AccuracyView } from '@hems/shared/view/forecast-score';
import { useState, type ReactNode } from 'react';
import { BarChart } from '../energy/bar-chart.tsx';
import legend from '../energy/legend.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import table from '../ui/table.module.css';
import hidden from '../ui/visually-hidden.module.css';
import styles from './forecast.module.css';

type PartProps = { readonly view: AccuracyView; readonly words: ForecastWords };

const AccuracyTable = ({ view, words: { f } }: PartProps): ReactNode => {
  const { accuracyColumns: columns } = f;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className={table['scroll']} aria-label={f.accuracyCaption} tabIndex={0}>
      <table className={table['table']}>
        <caption className={hidden['hidden']}>{f.accuracyCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.date}</th>
            <th scope="col">{columns.expected}</th>
            <th scope="col">{columns.actual}</th>
            <th scope="col">{columns.accuracy}</th>
            <th scope="col">{columns.naive}</th>
            <th scope="col">{columns.kept}</th>
          </tr>
        </thead>
        <tbody>
          {view.bars.toReversed().map(({ label, name, expected, actual, accuracy, naive, kept }) => (
            <tr key={label}>
              <th scope="row">{name}</th>
              <td>{f.amount(expected)}</td>
              <td>{f.amount(actual)}</td>
              <td>{accuracy}%</td>
              <td>{naive}%</td>
              <td>{kept}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const axis = (percent: number): string => groupedText(percent, 0);

type Props = { readonly card: CardView<AccuracyView>; readonly words: ForecastWords; readonly onRetry: () => void };

/** Day by day how right the forecast was, the 7-day mean behind it: as a chart or as its table twin. */
export const AccuracyCard = ({ card, words, onRetry }: Props): ReactNode => {
  const { f } = words;
  const [asTable, setAsTable] = useState(false);
  const toggle = isFilled(card) ? (
    <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
      {asTable ? f.chart : f.table}
    </button>
  ) : undefined;
  return (
    <Card title={f.accuracy} card={card} className={styles['accuracy']} onRetry={onRetry} aside={toggle}>
      {(view) =>
        asTable ? (
          <AccuracyTable view={view} words={words} />
        ) : (
          <>
            <BarChart view={view} axis={axis} words={f} />
            <ul className={legend['legend']}>
              <li>{f.accuracyAxis}</li>
              <li>
                <span className={`${legend['swatch']} ${legend['known']}`} />
                {f.ourBar}
              </li>
              <li>
                <span className={`${legend['swatch']} ${legend['compared']}`} />
                {f.naiveBar}
              </li>
            </ul>
          </>
        )
      }
    </Card>
  );
};
