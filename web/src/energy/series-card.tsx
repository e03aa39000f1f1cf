import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import type { Card as CardView } from '@hems/shared/view/card';
import type { ShownQuantity } from '@hems/shared/view/device-quantity';
import type { SeriesView } from '@hems/shared/view/device-series';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import table from '../ui/table.module.css';
import hidden from '../ui/visually-hidden.module.css';
import { download } from './download.ts';
import styles from './energy.module.css';
import { RangeChart } from './range-chart.tsx';

type Props = {
  readonly card: CardView<SeriesView>;
  readonly quantity: ShownQuantity;
  /** of the span */
  readonly name: string;
  readonly words: Words<EnergyTexts>;
  /** energy of the span, of a device that counts its own */
  readonly used: string | undefined;
  readonly onRetry: () => void;
};

type TableProps = { readonly view: SeriesView; readonly caption: string; readonly s: EnergyTexts };

/** The chart's twin for whoever reads figures, by eye or by ear. */
const SeriesTable = ({ view, caption, s: { device } }: TableProps): ReactNode => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
  <section className={table['scroll']} aria-label={caption} tabIndex={0}>
    <table className={table['table']}>
      <caption className={hidden['hidden']}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{device.columns.time}</th>
          <th scope="col">{device.columns.mean}</th>
          <th scope="col">{device.columns.least}</th>
          <th scope="col">{device.columns.most}</th>
        </tr>
      </thead>
      <tbody>
        {view.points.map(({ ts, name, cells: [mean, least, most] }) => (
          <tr key={ts}>
            <th scope="row">{name}</th>
            <td>{mean}</td>
            <td>{least}</td>
            <td>{most}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** One quantity of a device over a span, as a chart or as its table twin. */
export const SeriesCard = ({ card, quantity, name, words, used, onRetry }: Props): ReactNode => {
  const { s } = words;
  const [asTable, setAsTable] = useState(false);
  return (
    <Card title={s.quantity[quantity]} card={card} className={styles['card']} onRetry={onRetry}>
      {(view) => (
        <>
          <dl className={styles['figures']}>
            {view.facts.map((fact) => (
              <div key={fact.name}>
                <dt>{fact.name}</dt>
                <dd>{fact.value}</dd>
                {fact.at !== undefined && <dd className={styles['at']}>{fact.at}</dd>}
              </div>
            ))}
            {used !== undefined && (
              <div>
                <dt>{s.device.facts.used}</dt>
                <dd>{used}</dd>
              </div>
            )}
          </dl>
          {asTable ? (
            <SeriesTable view={view} caption={s.tableCaption(name)} s={s} />
          ) : (
            <RangeChart key={`${quantity} ${name}`} view={view} quantity={quantity} words={words} />
          )}
          <div className={styles['tools']}>
            <button type="button" className={buttons['button']} onClick={() => setAsTable(!asTable)}>
              {asTable ? s.graph : s.table}
            </button>
            <button type="button" className={buttons['button']} onClick={() => download(view.csv)}>
              {s.download}
            </button>
          </div>
        </>
      )}
    </Card>
  );
};
