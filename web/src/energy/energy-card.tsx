import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { EnergyView } from '@hems/shared/view/energy';
import { axisText, spanName, type EnergyAsked } from '@hems/shared/view/energy-bar';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { BarChart } from './bar-chart.tsx';
import { BarTable } from './bar-table.tsx';
import { download } from './download.ts';
import styles from './energy.module.css';
import { Legend } from './legend.tsx';

type Props = {
  readonly card: CardView<EnergyView>;
  readonly asked: EnergyAsked;
  readonly words: Words<EnergyTexts>;
  readonly onRetry: () => void;
};

/** The total of the span, how it compares, and each of its bars: as a chart or as its table twin. */
export const EnergyCard = ({ card, asked, words, onRetry }: Props): ReactNode => {
  const { s } = words;
  const [asTable, setAsTable] = useState(false);
  const toggle = isFilled(card) ? (
    <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
      {asTable ? s.graph : s.table}
    </button>
  ) : undefined;
  const title = isFilled(card) ? card.content.totalLabel : s.total[asked.unit];
  const name = spanName(asked.scope, asked.span, words);
  return (
    <Card title={title} card={card} className={styles['card']} onRetry={onRetry} aside={toggle}>
      {(view) => (
        <>
          <p className={styles['total']}>{view.total}</p>
          {view.compared.map((sentence) => (
            <p key={sentence} className={styles['sentence']}>
              {sentence}
            </p>
          ))}
          {asTable ? (
            <BarTable bars={view.bars} caption={s.tableCaption(name)} words={words} />
          ) : (
            <>
              {/* Another span begins with nothing chosen. */}
              <BarChart key={name} view={view} axis={(value) => axisText(value, asked.unit)} words={s} />
              <Legend view={view} asked={asked} words={words} />
            </>
          )}
          {view.flows.length > 0 && (
            <dl className={styles['flows']}>
              {view.flows.map((flow) => (
                <div key={flow.name}>
                  <dt>{flow.name}</dt>
                  <dd>{flow.value}</dd>
                </div>
              ))}
            </dl>
          )}
          {view.notes.map((note) => (
            <p key={note} className={styles['note']}>
              {note}
            </p>
          ))}
          <button
            type="button"
            className={`${buttons['button']} ${styles['download']}`}
            onClick={() => download(view.csv)}
          >
            {s.download}
          </button>
        </>
      )}
    </Card>
  );
};
