import type { ConsentsTexts } from '@hems/shared/i18n/ko/consents';
import { useSetConsent } from '@hems/shared/queries/consents';
import { ready } from '@hems/shared/view/card';
import { consentItems, type ConsentView } from '@hems/shared/view/consents';
import { useState, type ReactNode } from 'react';
import grid from '../settings/settings.module.css';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Disclosure, Sentences } from '../ui/disclosure.tsx';
import { ConsentQuestion } from './consent-question.tsx';
import styles from './consents.module.css';

type Props = { readonly consent: ConsentView; readonly householdId: string; readonly s: ConsentsTexts };

/** Agreed to once the text has been shown and its box ticked. */
const Agree = ({ consent: { purpose, name }, householdId, s }: Props): ReactNode => {
  const action = useSetConsent(householdId, purpose);
  const [agreed, setAgreed] = useState(false);
  const [asked, setAsked] = useState(false);
  return (
    <Confirm
      label={s.agree}
      of={name}
      tone="button"
      text={s.purposes[purpose].why}
      words={s}
      action={action}
      onConfirm={() => {
        setAsked(true);
        if (agreed) action.run(true);
      }}
    >
      <ConsentQuestion
        purpose={purpose}
        agreed={agreed}
        missed={asked && !agreed}
        onToggle={() => setAgreed(!agreed)}
      />
    </Confirm>
  );
};

/** Withdrawn after it has been said what stops. */
const Withdraw = ({ consent: { purpose, name }, householdId, s }: Props): ReactNode => {
  const action = useSetConsent(householdId, purpose);
  return (
    <Confirm
      label={s.withdraw}
      of={name}
      tone="button"
      text={`${s.withdrawText} ${s.purposes[purpose].refuse}`}
      words={s}
      action={action}
      onConfirm={() => action.run(false)}
    />
  );
};

/** One purpose: its text, what was said to it and when, and the other answer. */
export const ConsentCard = ({ mayDecide, ...props }: Props & { readonly mayDecide: boolean }): ReactNode => {
  const { consent, s } = props;
  const { purpose, name, granted, state, since, isOver, isPersonal, history } = consent;
  return (
    <Card
      title={name}
      card={ready(undefined)}
      className={grid['group']}
      onRetry={() => undefined}
      aside={<p className={`${styles['state']} ${granted ? styles['granted'] : ''}`}>{state}</p>}
    >
      {() => (
        <>
          <p>{s.purposes[purpose].why}</p>
          {isPersonal && <p className={grid['sub']}>{s.personal}</p>}
          <p className={isOver ? styles['over'] : grid['sub']}>{since}</p>
          <Disclosure summary={s.read}>
            <Sentences texts={consentItems(purpose, s)} />
          </Disclosure>
          {history.length > 0 && (
            <Disclosure summary={s.history}>
              <Sentences texts={history} />
            </Disclosure>
          )}
          {mayDecide && (granted ? <Withdraw key="on" {...props} /> : <Agree key="off" {...props} />)}
        </>
      )}
    </Card>
  );
};
