import type { Supply } from '@hems/models/household/supply';
import { DISCOUNT_CODES } from '@hems/models/tariff/rows/deductions';
import { useSetSupply } from '@hems/shared/queries/supply';
import type { BillWords } from '@hems/shared/view/bill';
import { readingDayText } from '@hems/shared/view/supply';
import { draftOf, supplyOf, toggled, type DraftFault } from '@hems/shared/view/supply-form';
import { useEffect, useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Choice, Field, Tick } from '../ui/field.tsx';
import form from '../ui/field.module.css';

const READING_DAYS: readonly Supply['readingDay'][] = [...Array.from({ length: 28 }, (_, day) => day + 1), 'month-end'];
const VOLTAGES = ['low', 'high'] as const;
const PLANS = ['progressive', 'tou'] as const;

type Props = {
  readonly householdId: string;
  readonly supply: Supply;
  readonly words: BillWords;
  readonly onClose: (saved: boolean) => void;
};

/** States the contract: voltage, plan, meter-reading day, discounts, net metering, the day of moving in. */
export const SupplyForm = ({ householdId, supply, words, onClose }: Props): ReactNode => {
  const { s } = words;
  const [draft, setDraft] = useState(() => draftOf(supply));
  const [fault, setFault] = useState<DraftFault>();
  const { run, state, error } = useSetSupply(householdId);
  useEffect(() => {
    if (state === 'done') onClose(true);
  }, [state, onClose]);
  const change = (over: Partial<typeof draft>): void => setDraft({ ...draft, ...over });
  const save = (): void => {
    const stated = supplyOf(draft);
    setFault('fault' in stated ? stated.fault : undefined);
    if ('supply' in stated && state !== 'busy') run(stated.supply);
  };
  return (
    <form
      className={form['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Choice
        label={s.field.voltage}
        hint={s.voltageHint}
        choices={VOLTAGES.map((value) => ({ value, text: s.voltage[value] }))}
        chosen={draft.voltage}
        onChoose={(voltage) => change({ voltage })}
      />
      <Choice
        label={s.field.plan}
        hint={s.planHint}
        choices={PLANS.map((value) => ({ value, text: s.plan[value] }))}
        chosen={draft.plan}
        onChoose={(plan) => change({ plan })}
      />
      {draft.plan === 'tou' && (
        <Field
          label={s.field.contractKw}
          hint={s.contractHint}
          isWrong={fault === 'contractKw'}
          inputMode="numeric"
          value={draft.contractKw}
          onChange={(contractKw) => change({ contractKw })}
        />
      )}
      <Choice
        label={s.field.readingDay}
        choices={READING_DAYS.map((day) => ({ value: String(day), text: readingDayText(day, words) }))}
        chosen={String(draft.readingDay)}
        onChoose={(chosen) => {
          const readingDay = READING_DAYS.find((day) => String(day) === chosen);
          if (readingDay !== undefined) change({ readingDay });
        }}
      />
      <fieldset className={form['group']}>
        <legend>{s.field.discounts}</legend>
        {DISCOUNT_CODES.map((code) => (
          <Tick
            key={code}
            label={s.deduction[code]}
            checked={draft.discounts.includes(code)}
            onToggle={() => change({ discounts: toggled(draft.discounts, code) })}
          />
        ))}
      </fieldset>
      <Tick
        label={s.field.netMetering}
        checked={draft.netMetering}
        onToggle={() => change({ netMetering: !draft.netMetering })}
      />
      <Field
        label={s.field.movedIn}
        hint={s.movedInHint}
        isWrong={fault === 'movedIn'}
        type="date"
        value={draft.movedIn}
        onChange={(movedIn) => change({ movedIn })}
      />
      {state === 'failed' && <Failure title={s.notSaved} error={error} />}
      <div className={form['buttons']}>
        <button type="submit" className={buttons['main']} aria-disabled={state === 'busy'}>
          {state === 'busy' ? s.saving : s.save}
        </button>
        <button type="button" className={buttons['button']} onClick={() => onClose(false)}>
          {s.cancel}
        </button>
      </div>
    </form>
  );
};
