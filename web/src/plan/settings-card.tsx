import { useSetAutomation } from '@hems/shared/queries/plan';
import {
  automationDraft,
  automationOf,
  type AutomationDraft,
  type AutomationFault,
} from '@hems/shared/view/automation-form';
import { ready } from '@hems/shared/view/card';
import { useId, useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Field, Tick } from '../ui/field.tsx';
import form from '../ui/field.module.css';
import type { PlanPartProps } from './automation-card.tsx';
import styles from './plan.module.css';

const RESERVE_STEP = 5;

type PartProps = {
  readonly draft: AutomationDraft;
  readonly onChange: (over: Partial<AutomationDraft>) => void;
  readonly words: PlanPartProps['words'];
};

/** One slider: what is kept for a power cut. */
const Reserve = ({ draft: { reservePercent }, onChange, words: { s } }: PartProps): ReactNode => {
  const id = useId();
  return (
    <div className={form['field']}>
      <label htmlFor={id}>{s.reserve}</label>
      <div className={styles['reserve']}>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          step={RESERVE_STEP}
          value={reservePercent}
          aria-valuetext={s.reserveIs(reservePercent)}
          aria-describedby={`${id}h`}
          onChange={({ target }) => onChange({ reservePercent: Number(target.value) })}
        />
        <output htmlFor={id}>{s.reserveIs(reservePercent)}</output>
      </div>
      <p id={`${id}h`} className={form['hint']}>
        {s.reserveHint}
      </p>
    </div>
  );
};

const Car = ({
  draft,
  onChange,
  words: { s },
  fault,
}: PartProps & { readonly fault: AutomationFault | undefined }): ReactNode => (
  <>
    <Field
      label={s.carNeed}
      hint={s.carNeedHint}
      isWrong={fault === 'needKwh'}
      inputMode="decimal"
      value={draft.needKwh}
      onChange={(needKwh) => onChange({ needKwh })}
    />
    <Field
      label={s.readyBy}
      hint={s.readyByHint}
      isWrong={fault === 'readyBy'}
      type="time"
      value={draft.readyBy}
      onChange={(readyBy) => onChange({ readyBy })}
    />
  </>
);

/** What the plan keeps to: the reserve, and what the car needs by when. */
export const SettingsCard = ({ answer: { automation }, householdId, words }: PlanPartProps): ReactNode => {
  const { s } = words;
  const [draft, setDraft] = useState(() => automationDraft(automation));
  const [fault, setFault] = useState<AutomationFault>();
  const { run, state, error, reset } = useSetAutomation(householdId);
  const change = (over: Partial<AutomationDraft>): void => {
    reset();
    setDraft({ ...draft, ...over });
  };
  const save = (): void => {
    const stated = automationOf(draft, automation.isOn);
    setFault('fault' in stated ? stated.fault : undefined);
    if ('automation' in stated && state !== 'busy') run(stated.automation);
  };
  const part = { draft, onChange: change, words };
  return (
    <Card title={s.settings} card={ready(undefined)} className={styles['part']} onRetry={() => undefined}>
      {() => (
        <form
          className={form['form']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Reserve {...part} />
          <Tick label={s.hasCar} checked={draft.hasCar} onToggle={() => change({ hasCar: !draft.hasCar })} />
          {draft.hasCar && <Car {...part} fault={fault} />}
          {state === 'failed' && <Failure title={s.notSaved} error={error} />}
          {state === 'done' && <output className={styles['saved']}>{s.saved}</output>}
          <button type="submit" className={`${buttons['main']} ${styles['left']}`} aria-disabled={state === 'busy'}>
            {state === 'busy' ? s.savingNow : s.save}
          </button>
        </form>
      )}
    </Card>
  );
};
