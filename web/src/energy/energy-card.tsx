import type { LocalDate } from '@hems/models/calendar/seoul';
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
import { ChartChoices, waysFrom, type Asking } from './energy-controls.tsx';
import styles from './energy.module.css';
import { Legend } from './legend.tsx';
import { useSwipe } from './use-swipe.ts';

type Props = {
  readonly card: CardView<EnergyView>;
  readonly asked: EnergyAsked;
  readonly words: Words<EnergyTexts>;
  readonly today: LocalDate;
  readonly onAsk: (change: Asking) => void;
  readonly onRetry: () => void;
};

type BodyProps = Omit<Props, 'card' | 'today' | 'onRetry'> & { readonly view: EnergyView; readonly asTable: boolean };

const Head = ({ view }: Pick<BodyProps, 'view'>): ReactNode => (
  <div className={styles['headline']}>
    <p className={styles['total']}>{view.total}</p>
    {view.compared.map((sentence) => (
      <p key={sentence} className={styles['sentence']}>
        {sentence}
      </p>
    ))}
  </div>
);

const Body = ({ view, asTable, asked, words, onAsk }: BodyProps): ReactNode => {
  const { s } = words;
  const name = spanName(asked.scope, asked.span, words);
  return (
    <>
      <Head view={view} />
      {asTable ? (
        <BarTable bars={view.bars} caption={s.tableCaption(name)} words={words} />
      ) : (
        <>
          {/* Another span begins with nothing chosen. */}
          <BarChart key={name} view={view} axis={(value) => axisText(value, asked.unit)} words={s} />
          <Legend view={view} asked={asked} words={words} />
        </>
      )}
      {view.facts.length > 0 && (
        <dl className={styles['facts']}>
          {view.facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {view.notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      <div className={styles['tools']}>
        <ChartChoices asked={asked} words={words} onAsk={onAsk} />
        <button type="button" className={buttons['button']} onClick={() => download(view.csv)}>
          {s.download}
        </button>
      </div>
    </>
  );
};

/** The total of the span, how it compares, and each of its bars: as a chart or as its table twin. A flick goes to the span beside it. */
export const EnergyCard = ({ card, today, onRetry, ...rest }: Props): ReactNode => {
  const { asked, words, onAsk } = rest;
  const { s } = words;
  const [asTable, setAsTable] = useState(false);
  const swipe = useSwipe(waysFrom(asked, today, onAsk));
  return (
    <div className={styles['swiped']} {...swipe}>
      <Card
        title={isFilled(card) ? card.content.totalLabel : s.total[asked.unit]}
        card={card}
        className={styles['card']}
        onRetry={onRetry}
        aside={
          isFilled(card) ? (
            <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
              {asTable ? s.graph : s.table}
            </button>
          ) : undefined
        }
      >
        {(view) => <Body view={view} asTable={asTable} {...rest} />}
      </Card>
    </div>
  );
};
