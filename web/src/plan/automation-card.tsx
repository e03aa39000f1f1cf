import type { PlanAnswer } from '@hems/shared/api/plan';
import { useSetAutomation } from '@hems/shared/queries/plan';
import { ready } from '@hems/shared/view/card';
import type { PlanWords } from '@hems/shared/view/plan-steps';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import styles from './plan.module.css';

export type PlanPartProps = {
  readonly answer: PlanAnswer;
  readonly householdId: string;
  readonly words: PlanWords;
  readonly nowMs: number;
  /** a viewer looks */
  readonly mayOrder: boolean;
};

/** Whether the plan moves anything, what that means, and the switch of it. */
export const AutomationCard = ({
  answer: { automation },
  householdId,
  words: { s },
  mayOrder,
}: PlanPartProps): ReactNode => {
  const action = useSetAutomation(householdId);
  const { isOn } = automation;
  return (
    <Card title={s.automation} card={ready(isOn)} className={styles['part']} onRetry={() => undefined}>
      {() => (
        <>
          <p className={isOn ? styles['on'] : styles['name']}>{isOn ? s.isOn : s.isOff}</p>
          {isOn ? (
            <Disclosure summary={s.means}>
              <Sentences texts={s.consequences} />
            </Disclosure>
          ) : (
            <ul className={styles['consequences']}>
              {s.consequences.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
          {mayOrder && (
            <Confirm
              // another question once the answer is in
              key={String(isOn)}
              label={isOn ? s.turnOff : s.turnOn}
              tone={isOn ? 'button' : 'main'}
              text={isOn ? s.turnOffText : s.turnOnText}
              words={s}
              action={action}
              onConfirm={() => action.run({ ...automation, isOn: !isOn })}
            />
          )}
        </>
      )}
    </Card>
  );
};
