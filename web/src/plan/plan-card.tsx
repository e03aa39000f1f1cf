import { isFilled, type Card as CardView } from '@hems/shared/view/card';
import type { PlanView } from '@hems/shared/view/plan';
import type { PlanWords } from '@hems/shared/view/plan-steps';
import { useState, type ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Sentences } from '../ui/disclosure.tsx';
import { PlanDrawing } from './plan-drawing.tsx';
import { PlanTable } from './plan-table.tsx';
import legend from '../energy/legend.module.css';
import styles from './plan.module.css';

type PartProps = { readonly view: PlanView; readonly words: PlanWords };

const Legend = ({ view: { hasBattery, hasCar }, words: { s } }: PartProps): ReactNode => {
  const entries = [
    ...(hasBattery ? (['discharge', 'charge', 'stored'] as const) : []),
    ...(hasCar ? (['car'] as const) : []),
    'price' as const,
  ];
  return (
    <ul className={legend['legend']}>
      {entries.map((name) => (
        <li key={name}>
          <span className={`${legend['swatch']} ${styles[`${name}Swatch`]}`} />
          {s.legend[name]}
        </li>
      ))}
    </ul>
  );
};

const Conflicts = ({
  conflicts,
  isSafe,
  words: { s },
}: {
  readonly conflicts: readonly string[];
  readonly isSafe: boolean;
  readonly words: PlanWords;
}): ReactNode => (
  <section className={styles['safe']} aria-label={isSafe ? s.safe : s.late}>
    <p>
      <strong>{isSafe ? s.safe : s.late}.</strong> {isSafe ? s.safeText : s.lateText}
    </p>
    <p>{s.conflictsAre}:</p>
    <Sentences texts={conflicts.map((conflict) => `· ${conflict}`)} />
    <p>{s.safeHelp}</p>
  </section>
);

type Props = { readonly card: CardView<PlanView>; readonly words: PlanWords; readonly onRetry: () => void };

/** What the plan saves, and its course as a chart or as its table twin. */
export const PlanCard = ({ card, words, onRetry }: Props): ReactNode => {
  const { s } = words;
  const [asTable, setAsTable] = useState(false);
  const toggle = isFilled(card) ? (
    <button type="button" className={buttons['quiet']} onClick={() => setAsTable(!asTable)}>
      {asTable ? s.graph : s.table}
    </button>
  ) : undefined;
  return (
    <Card title={s.plan} card={card} className={styles['plan']} onRetry={onRetry} aside={toggle}>
      {(view) => (
        <>
          {view.conflicts && <Conflicts conflicts={view.conflicts} isSafe={view.isSafe} words={words} />}
          <p className={view.saves ? styles['saves'] : styles['headline']}>{view.headline}</p>
          <dl className={styles['costs']}>
            {view.costs.map(({ name, won }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{won}</dd>
              </div>
            ))}
          </dl>
          <p className={grid['sub']}>{view.costsUntil}</p>
          {asTable ? (
            <PlanTable rows={view.rows} words={words} />
          ) : (
            <>
              <PlanDrawing view={view} words={words} />
              <Legend view={view} words={words} />
            </>
          )}
          <p className={grid['sub']}>{view.madeAt}</p>
          <p className={grid['sub']}>{view.changes}</p>
        </>
      )}
    </Card>
  );
};
