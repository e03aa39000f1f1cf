import { useLive } from '@hems/shared/queries/live';
import { agoText } from '@hems/shared/format/time';
import { kwText } from '@hems/shared/format/power';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import form from '../ui/field.module.css';
import styles from './onboarding.module.css';
import { StepButtons, type StepProps } from './step.tsx';

/** The first insight: what arrives now, and with what it will be compared. */
export const DoneStep = ({ onboarding, words: { t, s }, onBack, onGo }: StepProps): ReactNode => {
  const { householdId, historyDays, devices } = onboarding;
  const live = useLive(householdId).data?.live;
  const power = live?.load.powerW ?? null;
  return (
    <>
      <p className={styles['lead']}>{s.done.lead}</p>
      <div aria-live="polite">
        {live && power !== null && live.load.ts !== null ? (
          <>
            <p className={styles['sentence']}>{s.done.now}</p>
            <p className={styles['figure']}>
              {kwText(power)} <small>kW</small>
            </p>
            <p className={styles['lead']}>{agoText(live.now - live.load.ts, t)}</p>
          </>
        ) : (
          <p className={styles['sentence']}>{s.done.noValue}</p>
        )}
      </div>
      <p className={styles['sentence']}>{historyDays > 0 ? s.done.history(historyDays) : s.done.noHistory}</p>
      <div className={form['buttons']}>
        <Link to="/households/$householdId" params={{ householdId }} className={buttons['main']}>
          {s.done.toHome}
        </Link>
        {devices === 0 && (
          <button type="button" className={buttons['button']} onClick={() => onGo('device')}>
            {s.done.addDevice}
          </button>
        )}
        {historyDays === 0 && (
          <button type="button" className={buttons['button']} onClick={() => onGo('history')}>
            {s.done.addHistory}
          </button>
        )}
      </div>
      <p className={styles['lead']}>{s.later}</p>
      <StepButtons s={s} onBack={onBack} />
    </>
  );
};
