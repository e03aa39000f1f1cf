import type { ContractGuess } from '@hems/shared/api/onboarding';
import type { BillTexts } from '@hems/shared/i18n/ko/bill';
import { useConfirmSupply, type Guesses, type LastBill } from '@hems/shared/queries/onboarding';
import { guessView } from '@hems/shared/view/last-bill';
import type { FactView } from '@hems/shared/view/supply';
import { useEffect, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import form from '../ui/field.module.css';
import styles from './onboarding.module.css';
import { StepButtons, type StepProps } from './step.tsx';

export const Facts = ({ facts }: { readonly facts: readonly FactView[] }): ReactNode => (
  <dl className={styles['facts']}>
    {facts.map(({ name, value }) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
  </dl>
);

type Props = Pick<StepProps, 'onboarding' | 'words' | 'onAnswered' | 'onPutOff'> & {
  readonly guesses: Guesses;
  readonly lastBill: LastBill;
  readonly bill: BillTexts;
  readonly onAgain: () => void;
};

/** The contracts that come near the bill, nearest first, each with what it would have cost. */
export const GuessList = ({ onboarding, words, onAnswered, onPutOff, ...props }: Props): ReactNode => {
  const { guesses, lastBill, bill, onAgain } = props;
  const { s } = words;
  const { run, state, answer, error } = useConfirmSupply(onboarding.householdId);
  useEffect(() => {
    if (answer) onAnswered(answer);
  }, [answer, onAnswered]);
  const choose = ({ supply }: ContractGuess): void => {
    if (state !== 'busy') run({ supply, lastBill });
  };
  const isEmpty = guesses.guesses.length === 0;
  return (
    <div className={form['form']} aria-live="polite">
      <p className={guesses.agrees ? styles['lead'] : styles['warning']}>
        {isEmpty ? s.supply.none : guesses.agrees ? s.supply.guesses : s.supply.disagree}
      </p>
      <ol className={styles['choices']}>
        {guesses.guesses.map((guess) => {
          const view = guessView(guess, lastBill, { ...words, bill });
          return (
            <li
              key={JSON.stringify(guess.supply)}
              className={`${styles['choice']} ${view.isExact ? styles['exact'] : ''}`}
            >
              <h3>
                {view.won} <small>{view.difference}</small>
              </h3>
              <Facts facts={view.facts} />
              <div>
                <button
                  type="button"
                  className={view.isExact ? buttons['main'] : buttons['button']}
                  aria-disabled={state === 'busy'}
                  onClick={() => choose(guess)}
                >
                  {s.supply.choose}
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      {state === 'failed' && <Failure title={s.notSaved} error={error} />}
      <div className={form['buttons']}>
        <button type="button" className={buttons['button']} onClick={onAgain}>
          {s.supply.again}
        </button>
        <StepButtons s={s} onPutOff={onPutOff} />
      </div>
    </div>
  );
};
