import { useSimulation } from '@hems/shared/queries/programmes';
import { simulationCard } from '@hems/shared/view/programmes';
import type { RewardWords } from '@hems/shared/view/reward-words';
import { isFilled } from '@hems/shared/view/card';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './rewards.module.css';

type Props = { readonly householdId: string; readonly programme: string; readonly words: RewardWords };

/** What the programme would have paid on the past record, period by period; a period it refuses says why. */
export const Simulation = ({ householdId, programme, words }: Props): ReactNode => {
  const { t, s } = words;
  const client = useQueryClient();
  const card = simulationCard(useSimulation(householdId, programme, true), words);
  if (card.state === 'loading') return <output className={styles['sub']}>{s.simulating}</output>;
  if (!isFilled(card))
    return (
      <div role="alert">
        <p>
          {card.title}. {card.text}
        </p>
        <button
          type="button"
          className={buttons['button']}
          onClick={() => void client.refetchQueries({ type: 'active' })}
        >
          {t.retry}
        </button>
      </div>
    );
  const { total, atMost, periods, assumptions } = card.content;
  return (
    <section className={styles['simulated']} aria-label={s.simulated.title}>
      <p className={styles['sub']}>{s.simulated.title}</p>
      <p className={styles['total']}>{total}</p>
      {atMost !== undefined && <p className={styles['sub']}>{atMost}</p>}
      {periods.length > 0 && (
        <Disclosure summary={s.simulated.periods(periods.length)}>
          <ul>
            {periods.map(({ period, amount, details }) => (
              <li key={period} className={styles['period']}>
                <p className={styles['strong']}>{period}</p>
                <p className={styles['figure']}>{amount}</p>
                <p className={styles['sub']}>{details.join(' · ')}</p>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {assumptions.length > 0 && (
        <Disclosure summary={s.simulated.assumptions}>
          <Sentences texts={assumptions} />
        </Disclosure>
      )}
    </section>
  );
};
