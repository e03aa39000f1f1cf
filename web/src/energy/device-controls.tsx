import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import type { EnergyTexts } from '@hems/shared/i18n/ko/energy';
import type { Words } from '@hems/shared/i18n/texts';
import type { ShownQuantity } from '@hems/shared/view/device-quantity';
import { SERIES_SCOPES, type SeriesScope } from '@hems/shared/view/device-series';
import { spanName } from '@hems/shared/view/energy-bar';
import type { Span } from '@hems/shared/view/energy-span';
import type { ReactNode } from 'react';
import { Pager } from '../ui/pager.tsx';
import { Segments } from '../ui/segments.tsx';
import styles from './energy.module.css';

export type DeviceAsked = {
  readonly scope: SeriesScope;
  readonly span: Span;
  readonly quantity: ShownQuantity;
  readonly today: LocalDate;
  /** nothing older is kept */
  readonly keptFrom: LocalDate;
};
export type DeviceAsking = { readonly scope?: SeriesScope; readonly date?: LocalDate; readonly quantity?: string };

type Props = {
  readonly asked: DeviceAsked;
  readonly quantities: readonly ShownQuantity[];
  readonly words: Words<EnergyTexts>;
  readonly onAsk: (change: DeviceAsking) => void;
};

/** The ways to the spans beside the one that is shown, as far as anything is kept. */
export const waysFrom = ({ span, today, keptFrom }: DeviceAsked, onAsk: Props['onAsk']) => ({
  onPrevious: span.from > keptFrom ? () => onAsk({ date: addDays(span.from, -1) }) : undefined,
  onNext: span.to < today ? () => onAsk({ date: addDays(span.to, 1) }) : undefined,
});

/** What of the device is shown, and which days. */
export const DeviceControls = ({ asked, quantities, words, onAsk }: Props): ReactNode => {
  const { s } = words;
  const { scope, span, quantity, today } = asked;
  const isPast = span.to < today;
  return (
    <>
      {quantities.length > 1 && (
        <fieldset className={styles['quantities']}>
          <legend>{s.device.quantity}</legend>
          {quantities.map((one) => (
            <button key={one} type="button" aria-pressed={one === quantity} onClick={() => onAsk({ quantity: one })}>
              {s.quantity[one]}
            </button>
          ))}
        </fieldset>
      )}
      <div className={styles['controls']}>
        <Segments
          label={s.device.scope}
          choices={SERIES_SCOPES.map((value) => ({ value, text: s.scopes[value] }))}
          chosen={scope}
          onChoose={(value) => onAsk({ scope: value, date: isPast ? span.to : today })}
        />
        <Pager
          name={spanName(scope, span, words)}
          labels={{ previous: s.previous, next: s.next }}
          {...waysFrom(asked, onAsk)}
          back={isPast ? { text: s.today, go: () => onAsk({ date: today }) } : undefined}
        />
      </div>
    </>
  );
};
