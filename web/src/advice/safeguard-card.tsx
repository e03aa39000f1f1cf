import type { Advice } from '@hems/shared/api/advice';
import { useSetSafeguard } from '@hems/shared/queries/advice';
import { ready } from '@hems/shared/view/card';
import type { SuggestionWords } from '@hems/shared/view/suggestions';
import type { ReactNode } from 'react';
import grid from '../assistant/assistant.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Tick } from '../ui/field.tsx';
import styles from './advice.module.css';

type Props = {
  readonly advice: Advice;
  readonly householdId: string;
  readonly words: SuggestionWords;
  readonly mayAnswer: boolean;
};

/** Says that heat or cold is a danger to somebody here, and what follows from it. */
export const SafeguardCard = ({ advice: { isVulnerable }, householdId, words: { s }, mayAnswer }: Props): ReactNode => {
  const { run, state, error } = useSetSafeguard(householdId);
  return (
    <Card title={s.safeguard} card={ready(isVulnerable)} className={styles['part']} onRetry={() => undefined}>
      {(isOn) => (
        <>
          <p className={grid['sentence']}>{s.safeguardWhy}</p>
          {mayAnswer && (
            <Tick
              label={s.safeguardLabel}
              checked={isOn}
              onToggle={() => {
                if (state !== 'busy') run(!isOn);
              }}
            />
          )}
          {isOn && <p className={styles['helped']}>{s.safeguardOn}</p>}
          {state === 'failed' && <Failure title={s.safeguardNotSaved} error={error} />}
          <output className={grid['sub']}>{state === 'done' ? s.safeguardSaved : ''}</output>
        </>
      )}
    </Card>
  );
};
