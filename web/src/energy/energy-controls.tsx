import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import { spanName, UNITS, type EnergyAsked, type Unit } from '@hems/shared/view/energy-bar';
import { COMPARISONS, SCOPES, STEPS, type Comparison, type Scope, type Step } from '@hems/shared/view/scope';
import type { ReactNode } from 'react';
import { Pager } from '../ui/pager.tsx';
import { Segments } from '../ui/segments.tsx';
import styles from './energy.module.css';

/** A change of what is shown. */
export type Asking = {
  readonly scope?: Scope;
  readonly date?: LocalDate;
  readonly compare?: Comparison;
  readonly step?: Step;
  readonly unit?: Unit;
};

type Asks = {
  readonly asked: EnergyAsked;
  readonly words: Words<EnergyTexts>;
  readonly onAsk: (change: Asking) => void;
};
type Props = Asks & {
  readonly today: LocalDate;
  /** the meter-reading day is not known */
  readonly assumed: boolean;
};

/** The ways to the spans beside the one that is shown; nothing lies beyond today. */
export const waysFrom = ({ span }: EnergyAsked, today: LocalDate, onAsk: Asks['onAsk']) => ({
  onPrevious: () => onAsk({ date: addDays(span.from, -1) }),
  onNext: span.to < today ? () => onAsk({ date: addDays(span.to, 1) }) : undefined,
});

/** Which days are shown. The buttons stand beside any gesture. */
export const EnergyControls = ({ asked, words, today, assumed, onAsk }: Props): ReactNode => {
  const { s } = words;
  const { scope, span } = asked;
  const isPast = span.to < today;
  return (
    <div className={styles['controls']}>
      <Segments
        label={s.scope}
        choices={SCOPES.map((value) => ({ value, text: s.scopes[value] }))}
        chosen={scope}
        // The same days stay in sight: a smaller span opens on the last day of the larger one that is not to come.
        onChoose={(value) => onAsk({ scope: value, date: isPast ? span.to : today })}
      />
      <Pager
        name={spanName(scope, span, words)}
        labels={{ previous: s.previous, next: s.next }}
        {...waysFrom(asked, today, onAsk)}
        back={isPast ? { text: s.today, go: () => onAsk({ date: today }) } : undefined}
      />
      {scope === 'billing' && assumed && <p className={styles['note']}>{s.billingAssumed}</p>}
    </div>
  );
};

/** kWh or won: beside the title of what they change. */
export const UnitChoice = ({ asked, words: { s }, onAsk }: Asks): ReactNode => (
  <Segments
    label={s.unit}
    choices={UNITS.map((value) => ({ value, text: s.units[value] }))}
    chosen={asked.unit}
    onChoose={(value) => onAsk({ unit: value })}
  />
);

/** With what the bars are compared, and how wide those of a day are. */
export const ChartChoices = ({ asked, words: { s }, onAsk }: Asks): ReactNode => {
  const { scope, unit, comparison, step = 'hour' } = asked;
  return (
    <>
      <select
        className={styles['compare']}
        aria-label={s.compare}
        value={comparison}
        onChange={({ target }) => {
          const chosen = COMPARISONS.find((one) => one === target.value);
          if (chosen) onAsk({ compare: chosen });
        }}
      >
        {COMPARISONS.filter((value) => scope !== 'year' || value !== 'year').map((value) => (
          <option key={value} value={value}>
            {s.comparisons[value]}
          </option>
        ))}
      </select>
      {scope === 'day' && unit === 'kwh' && (
        <Segments
          label={s.step}
          choices={STEPS.map((value) => ({ value, text: s.steps[value] }))}
          chosen={step}
          onChoose={(value) => onAsk({ step: value })}
        />
      )}
    </>
  );
};
