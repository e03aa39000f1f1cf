import { amountText } from '@hems/shared/format/money';
import { useAskPayout } from '@hems/shared/queries/rewards';
import type { RewardWords } from '@hems/shared/view/reward-words';
import { askedAmount, type Unit } from '@hems/shared/view/rewards';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';
import styles from './rewards.module.css';

type Props = {
  readonly householdId: string;
  readonly unit: Unit;
  readonly most: number;
  readonly words: RewardWords;
};

/** Asks for a payout. Its id is made when the form opens: pressed twice, or sent again after a lost answer, it stays one payout. */
export const PayoutForm = ({ householdId, unit, most, words: { s } }: Props): ReactNode => {
  const [payoutId, setPayoutId] = useState<string>();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { run, state, answer, error, reset } = useAskPayout(householdId);
  const open = (): void => {
    reset();
    setText(String(most));
    setPayoutId(crypto.randomUUID());
  };
  if (payoutId === undefined || state === 'done')
    return (
      <>
        {answer && <output className={styles['sentence']}>{s.asked(amountText(answer.amount, unit))}</output>}
        <button type="button" className={buttons['button']} onClick={open}>
          {s.ask}
        </button>
      </>
    );
  const send = (): void => {
    const amount = askedAmount(text, most);
    setWrong(amount === undefined);
    if (amount !== undefined && state !== 'busy') run({ payoutId, unit, amount });
  };
  return (
    <form
      className={form['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={unit === 'won' ? s.amount : s.amountPoints}
        hint={isWrong ? s.bad(amountText(most, unit)) : s.most(amountText(most, unit))}
        isWrong={isWrong}
        inputMode="numeric"
        value={text}
        onChange={setText}
      />
      {state === 'failed' && <Failure title={s.notSent} error={error} />}
      <div className={form['buttons']}>
        <button type="submit" className={buttons['main']} aria-disabled={state === 'busy'}>
          {state === 'busy' ? s.sending : s.send}
        </button>
        <button type="button" className={buttons['button']} onClick={() => setPayoutId(undefined)}>
          {s.cancel}
        </button>
      </div>
    </form>
  );
};
