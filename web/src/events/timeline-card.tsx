import { ready } from '@hems/shared/view/card';
import type { StepView } from '@hems/shared/view/event';
import type { EventWords } from '@hems/shared/view/event-words';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import styles from './events.module.css';

type Props = { readonly steps: readonly StepView[]; readonly words: EventWords };

/** What has happened of an event, with its times, and what is to come. */
export const TimelineCard = ({ steps, words: { s } }: Props): ReactNode => (
  <Card title={s.timeline} card={ready(steps)} className={styles['timeline']} onRetry={() => undefined}>
    {() => (
      <ol className={styles['steps']}>
        {steps.map(({ step, name, when, by, isAhead }) => (
          <li key={step} className={isAhead ? styles['ahead'] : undefined}>
            <span className={styles['stepName']}>{name}</span>
            <span className={styles['sub']}>
              {when}
              {by !== undefined && ` · ${by}`}
            </span>
          </li>
        ))}
      </ol>
    )}
  </Card>
);
