import { useState, type ReactNode } from 'react';
import { ClaimForm } from '../devices/claim-form.tsx';
import styles from './onboarding.module.css';
import { StepButtons, type StepProps } from './step.tsx';

/** The gateway, by the code on its label. */
export const DeviceStep = ({ onboarding, words: { s }, onAnswered, onBack, onPutOff }: StepProps): ReactNode => {
  const { householdId, devices } = onboarding;
  // What was added just now still has to be plugged in.
  const [before] = useState(devices);
  const hasDevice = devices > 0;
  return (
    <>
      <p className={styles['lead']}>{s.device.lead}</p>
      {hasDevice && (
        <div className={`${styles['state']} ${styles['proven']}`} aria-live="polite">
          <p className={styles['strong']}>{s.device.had(devices)}</p>
          {devices > before && <p>{s.device.plug}</p>}
        </div>
      )}
      {hasDevice ? (
        <StepButtons s={s} onNext={() => onAnswered(onboarding)} onBack={onBack} />
      ) : (
        <ClaimForm householdId={householdId} s={s.device}>
          <StepButtons s={s} onBack={onBack} onPutOff={onPutOff} />
        </ClaimForm>
      )}
    </>
  );
};
