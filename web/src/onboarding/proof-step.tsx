import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import { useProveResidence, type ProofInput } from '@hems/shared/queries/onboarding';
import { codeText, isWhole, RESIDENCE_CODE } from '@hems/shared/view/code';
import { proofView, type ProofView } from '@hems/shared/view/proof';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import styles from './onboarding.module.css';
import { StepButtons, StepForm, type StepProps } from './step.tsx';

const Standing = ({ view: { state, title, texts } }: { readonly view: ProofView }): ReactNode => (
  <div aria-live="polite">
    {title !== undefined && (
      <div className={`${styles['state']} ${styles[state]}`}>
        <p className={styles['strong']}>{title}</p>
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    )}
    {title === undefined &&
      texts.map((text) => (
        <p key={text} className={styles['warning']}>
          {text}
        </p>
      ))}
  </div>
);

type AskProps = { readonly text: string; readonly label: string; readonly busy: boolean; readonly onAsk: () => void };

const Ask = ({ text, label, busy, onAsk }: AskProps): ReactNode => (
  <div className={styles['ask']}>
    <p className={styles['sentence']}>{text}</p>
    <button type="button" className={buttons['button']} aria-disabled={busy} onClick={onAsk}>
      {label}
    </button>
  </div>
);

type CodeProps = { readonly s: OnboardingTexts; readonly busy: boolean; readonly onCode: (code: string) => void };

const CodeForm = ({ s, busy, onCode }: CodeProps): ReactNode => {
  const [code, setCode] = useState('');
  const [isWrong, setWrong] = useState(false);
  const send = (): void => {
    const whole = isWhole(code, RESIDENCE_CODE);
    setWrong(!whole);
    if (whole && !busy) onCode(code);
  };
  return (
    <StepForm onSubmit={send}>
      <Field
        label={s.proof.code}
        hint={s.proof.codeHint}
        isWrong={isWrong}
        autoComplete="off"
        value={code}
        onChange={(typed) => setCode(codeText(typed, RESIDENCE_CODE))}
      />
      <StepButtons s={s} submit={{ text: busy ? s.proof.sending : s.proof.send, busy }} />
    </StepForm>
  );
};

/** That the household's people live there: by the building's code, an operator or a provider. What is closed until then is said. */
export const ProofStep = ({ onboarding, words: { s }, onAnswered, onBack, onGo }: StepProps): ReactNode => {
  const { run, state, error } = useProveResidence(onboarding.householdId);
  const view = proofView(onboarding.proof, s);
  const busy = state === 'busy';
  const prove = (input: ProofInput): void => {
    if (!busy) run(input);
  };
  return (
    <>
      <p className={styles['lead']}>{s.proof.lead}</p>
      {view.state !== 'proven' && <p className={styles['sentence']}>{s.proof.closed}</p>}
      <Standing view={view} />
      {state === 'failed' && <Failure title={s.proof.failed} error={error} />}
      {view.mayTryCode && <CodeForm s={s} busy={busy} onCode={(code) => prove({ by: 'invitation', code })} />}
      {view.mayAskOperator && (
        <div className={styles['part']}>
          <h3>{s.proof.others}</h3>
          <Ask
            text={s.proof.operatorText}
            label={s.proof.operator}
            busy={busy}
            onAsk={() => prove({ by: 'operator' })}
          />
          {view.mayAskProvider && (
            <Ask
              text={s.proof.providerText}
              label={s.proof.provider}
              busy={busy}
              onAsk={() => prove({ by: 'provider' })}
            />
          )}
        </div>
      )}
      <div className={styles['part']}>
        <StepButtons s={s} onNext={view.state === 'proven' ? () => onAnswered(onboarding) : undefined} onBack={onBack}>
          {view.state !== 'proven' && (
            <button type="button" className={buttons['quiet']} onClick={() => onGo('place')}>
              {s.proof.editPlace}
            </button>
          )}
        </StepButtons>
      </div>
    </>
  );
};
