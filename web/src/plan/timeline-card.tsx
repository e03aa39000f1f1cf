import { ready } from '@hems/shared/view/card';
import type { PlanView } from '@hems/shared/view/plan';
import type { PlanWords } from '@hems/shared/view/plan-steps';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { Card } from '../ui/card.tsx';
import styles from './plan.module.css';

type Props = { readonly view: PlanView; readonly words: PlanWords };

/** What happens when, and why, in sentences. */
export const TimelineCard = ({ view, words: { s } }: Props): ReactNode => (
  <Card title={s.timeline} card={ready(view.blocks)} className={undefined} onRetry={() => undefined}>
    {(blocks) => (
      <ol className={styles['timeline']}>
        {blocks.map(({ startMs, when, isNow, what, name, power, reason, stored }) => (
          <li key={`${startMs} ${what}`} className={`${styles['block']} ${styles[`${what}Block`]}`}>
            <p className={styles['when']}>
              {when} {isNow && <span className={styles['now']}>{s.now}</span>}
            </p>
            <div>
              <p className={styles['name']}>
                {name} {power}
              </p>
              <p className={grid['sub']}>
                {reason} {stored}
              </p>
            </div>
          </li>
        ))}
      </ol>
    )}
  </Card>
);
