import { billTexts } from '@hems/shared/i18n/bill';
import { useGuessSupply, type LastBill } from '@hems/shared/queries/onboarding';
import { EMPTY_BILL, lastBillOf, type BillDraft, type BillFault } from '@hems/shared/view/last-bill';
import { supplyFacts } from '@hems/shared/view/supply';
import { useState, type ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import { Facts, GuessList } from './guess-list.tsx';
import styles from './onboarding.module.css';
import { StepButtons, StepForm, type StepProps } from './step.tsx';

type BillFormProps = Pick<StepProps, 'words' | 'onBack' | 'onPutOff'> & {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onBill: (bill: LastBill) => void;
};

/** The last bill: period, use, amount. Where there is none, the most common contract is assumed. */
const BillForm = ({ words: { s }, busy, error, onBill, onBack, onPutOff }: BillFormProps): ReactNode => {
  const [draft, setDraft] = useState<BillDraft>(EMPTY_BILL);
  const [faults, setFaults] = useState<readonly BillFault[]>([]);
  const change = (over: Partial<BillDraft>): void => setDraft({ ...draft, ...over });
  const find = (): void => {
    const stated = lastBillOf(draft);
    setFaults('faults' in stated ? stated.faults : []);
    if ('bill' in stated && !busy) onBill(stated.bill);
  };
  const isOrder = faults.includes('order');
  return (
    <StepForm onSubmit={find}>
      <p className={styles['lead']}>{s.supply.lead}</p>
      <div className={styles['pair']}>
        <Field
          label={s.supply.from}
          hint={s.supply.dateHint}
          isWrong={faults.includes('from')}
          type="date"
          value={draft.from}
          onChange={(from) => change({ from })}
        />
        <Field
          label={s.supply.to}
          hint={isOrder ? s.supply.orderHint : s.supply.dateHint}
          isWrong={isOrder || faults.includes('to')}
          type="date"
          value={draft.to}
          onChange={(to) => change({ to })}
        />
      </div>
      <div className={styles['pair']}>
        <Field
          label={s.supply.kwh}
          hint={s.supply.kwhHint}
          isWrong={faults.includes('kwh')}
          inputMode="numeric"
          value={draft.kwh}
          onChange={(kwh) => change({ kwh })}
        />
        <Field
          label={s.supply.won}
          hint={s.supply.wonHint}
          isWrong={faults.includes('won')}
          inputMode="numeric"
          value={draft.won}
          onChange={(won) => change({ won })}
        />
      </div>
      {error !== null && error !== undefined && <Failure title={s.supply.notFound} error={error} />}
      <StepButtons
        s={s}
        submit={{ text: busy ? s.supply.finding : s.supply.find, busy }}
        onBack={onBack}
        onPutOff={onPutOff}
        putOffText={s.supply.unknown}
      />
      <p className={styles['lead']}>{s.supply.assumed}</p>
    </StepForm>
  );
};

/** Which contract the home has: guessed from the last bill, confirmed by the resident. */
export const SupplyStep = (props: StepProps): ReactNode => {
  const { onboarding, words } = props;
  const bill = useTexts(billTexts);
  const { householdId, supply, supplyConfirmed } = onboarding;
  const [asked, setAsked] = useState<LastBill>();
  const { run, state, answer, error, reset } = useGuessSupply(householdId);
  const find = (last: LastBill): void => {
    setAsked(last);
    run(last);
  };
  if (answer && asked)
    return <GuessList {...props} guesses={answer} lastBill={asked} bill={bill} onAgain={() => reset()} />;
  return (
    <>
      {supplyConfirmed && supply && (
        <div className={`${styles['state']} ${styles['proven']}`}>
          <p className={styles['strong']}>{words.s.supply.confirmed}</p>
          <Facts facts={supplyFacts(supply, { t: words.t, s: bill })} />
        </div>
      )}
      <BillForm {...props} busy={state === 'busy'} error={error} onBill={find} />
    </>
  );
};
