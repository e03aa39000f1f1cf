import { ready } from '@hems/shared/view/card';
import type { ProgrammeCard } from '@hems/shared/view/programmes';
import type { RewardWords } from '@hems/shared/view/reward-words';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import { ProgrammeAction } from './programme-action.tsx';
import styles from './rewards.module.css';
import { Simulation } from './simulation.tsx';

type Props = { readonly programme: ProgrammeCard; readonly householdId: string; readonly words: RewardWords };

/** One programme: what it pays for, whether this home may, how far an application is, and what it would have brought. */
export const ProgrammeSection = ({ programme, householdId, words }: Props): ReactNode => {
  const { s } = words;
  const { name, about, terms, notes, conditions, eligible, enrolment } = programme;
  const [simulating, setSimulating] = useState(false);
  const state = enrolment && <span className={styles['state']}>{enrolment.state}</span>;
  return (
    <Card title={name} card={ready(programme)} className={styles['card']} onRetry={() => undefined}>
      {() => (
        <>
          <p className={styles['about']}>{about}</p>
          <p className={styles['sub']}>{terms}</p>
          {enrolment && (
            <p>
              {state} <span className={styles['sub']}>{enrolment.since}</span>
            </p>
          )}
          {enrolment && enrolment.history.length > 1 && (
            <Disclosure summary={s.history}>
              <Sentences texts={enrolment.history} />
            </Disclosure>
          )}
          <Disclosure summary={`${s.conditions} · ${eligible}`}>
            <ul>
              {conditions.map(({ condition, text, met, metText }) => (
                <li key={condition} className={`${styles['condition']} ${styles[met] ?? ''}`}>
                  <span>{text}</span>
                  <span>{metText}</span>
                </li>
              ))}
            </ul>
            <Sentences texts={notes} />
          </Disclosure>
          {simulating && <Simulation householdId={householdId} programme={programme.programme} words={words} />}
          <div className={styles['actions']}>
            {/* Another step is another question. */}
            <ProgrammeAction key={programme.action} programme={programme} householdId={householdId} words={words} />
            {programme.action !== 'community' && !simulating && (
              <button type="button" className={buttons['button']} onClick={() => setSimulating(true)}>
                {s.simulate}
              </button>
            )}
          </div>
        </>
      )}
    </Card>
  );
};
