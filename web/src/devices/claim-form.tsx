import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import { useClaimGateway } from '@hems/shared/queries/equipment';
import { CLAIM_CODE, codeText, isWhole } from '@hems/shared/view/code';
import { useEffect, useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';
import { canReadLabels } from './label-photo.ts';
import { LabelPhotoButton } from './label-photo-button.tsx';

type Props = {
  readonly householdId: string;
  readonly s: OnboardingTexts['device'];
  readonly onClaimed?: () => void;
  /** beside the button that sends it */
  readonly children?: ReactNode;
};

/** Adds a gateway by the code on its label. */
export const ClaimForm = ({ householdId, s, onClaimed, children }: Props): ReactNode => {
  const [code, setCode] = useState('');
  const [isWrong, setWrong] = useState(false);
  const { run, state, error } = useClaimGateway(householdId);
  useEffect(() => {
    if (state === 'done') onClaimed?.();
  }, [state, onClaimed]);
  const send = (): void => {
    const whole = isWhole(code, CLAIM_CODE) && code.startsWith('HEMS-');
    setWrong(!whole);
    if (whole && state !== 'busy') run(code);
  };
  return (
    <form
      className={form['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={s.code}
        hint={s.codeHint}
        isWrong={isWrong}
        autoComplete="off"
        value={code}
        onChange={(typed) => setCode(codeText(typed, CLAIM_CODE))}
      />
      <p className={form['hint']}>{canReadLabels() ? s.photographed : s.typed}</p>
      {canReadLabels() && <LabelPhotoButton s={s} onCode={setCode} />}
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <div className={form['buttons']}>
        <button type="submit" className={buttons['main']} aria-disabled={state === 'busy'}>
          {state === 'busy' ? s.adding : s.add}
        </button>
        {children}
      </div>
    </form>
  );
};
