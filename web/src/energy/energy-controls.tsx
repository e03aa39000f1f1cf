import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import { spanName, UNITS, type EnergyAsked, type Unit } from '@hems/shared/view/energy-bar';
import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { COMPARISONS, SCOPES, type Comparison, type Scope } from '@hems/shared/view/scope';
import type { ReactNode } from 'react';
import { Pager } from '../ui/pager.tsx';
import { Segments } from '../ui/segments.tsx';
import styles from './energy.module.css';

/** A change of what is shown. */
export type Asking = {
  readonly scope?: Scope;
  readonly date?: LocalDate;
  readonly compare?: Comparison;
  readonly unit?: Unit;
};

type Props = {
  readonly asked: EnergyAsked;
  readonly words: Words<EnergyTexts>;
  readonly today: LocalDate;
  /** the meter-reading day is not known */
  readonly assumed: boolean;
  readonly onAsk: (change: Asking) => void;
};

/** Span, unit and comparison. The buttons stand beside any gesture. */
export const EnergyControls = ({ asked, words, today, assumed, onAsk }: Props): ReactNode => {
  const { s } = words;
  const { scope, span, unit, comparison } = asked;
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
        onPrevious={() => onAsk({ date: addDays(span.from, -1) })}
        onNext={isPast ? () => onAsk({ date: addDays(span.to, 1) }) : undefined}
        back={isPast ? { text: s.today, go: () => onAsk({ date: today }) } : undefined}
      />
      <div className={styles['choices']}>
        <Segments
          label={s.unit}
          choices={UNITS.map((value) => ({ value, text: s.units[value] }))}
          chosen={unit}
          onChoose={(value) => onAsk({ unit: value })}
        />
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
      </div>
      {scope === 'billing' && assumed && <p className={styles['note']}>{s.billingAssumed}</p>}
    </div>
  );
};
