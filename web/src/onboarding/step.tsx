import type { Onboarding } from '@hems/shared/api/onboarding';
import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import type { Messages } from '@hems/shared/i18n/messages';
import type { ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import form from '../ui/field.module.css';
import styles from './onboarding.module.css';
import { progressOf, STEPS, type Step } from './state.ts';

/** What each step needs: what the service knows, and what comes of it. */
export type StepProps = {
  readonly onboarding: Onboarding;
  readonly words: { readonly t: Messages; readonly s: OnboardingTexts };
  readonly onAnswered: (onboarding: Onboarding) => void;
  readonly onPutOff: () => void;
  readonly onBack: () => void;
  readonly onGo: (step: Step) => void;
};

/** How far one has come, as text and as a row of bars. */
export const Progress = ({ at, s }: { readonly at: Step; readonly s: OnboardingTexts }): ReactNode => {
  const { step, steps } = progressOf(at);
  return (
    <div className={styles['progress']}>
      <p>{s.progress(step, steps)}</p>
      <ul className={styles['steps']} aria-hidden="true">
        {STEPS.slice(0, steps).map((one, index) => (
          <li key={one} className={index < step ? styles['passed'] : undefined} />
        ))}
      </ul>
    </div>
  );
};

type ButtonsProps = {
  readonly s: OnboardingTexts;
  /** what sends the form it stands in; none where the step has a button of its own */
  readonly submit?: { readonly text: string; readonly busy: boolean };
  /** there is nothing to send */
  readonly onNext?: (() => void) | undefined;
  readonly onBack?: () => void;
  readonly onPutOff?: (() => void) | undefined;
  readonly putOffText?: string;
  readonly children?: ReactNode;
};

/** On, back, and later. */
export const StepButtons = ({ s, submit, onNext, onBack, onPutOff, putOffText, children }: ButtonsProps): ReactNode => (
  <div className={form['buttons']}>
    {submit && (
      <button type="submit" className={buttons['main']} aria-disabled={submit.busy}>
        {submit.text}
      </button>
    )}
    {onNext && (
      <button type="button" className={buttons['main']} onClick={onNext}>
        {s.next}
      </button>
    )}
    {onBack && (
      <button type="button" className={buttons['button']} onClick={onBack}>
        {s.back}
      </button>
    )}
    {onPutOff && (
      <button type="button" className={buttons['quiet']} onClick={onPutOff}>
        {putOffText ?? s.skip}
      </button>
    )}
    {children}
  </div>
);

type FormProps = { readonly onSubmit: () => void; readonly children: ReactNode };

/** A form whose faults are told in its own words; the first of them is where one goes on. */
export const StepForm = ({ onSubmit, children }: FormProps): ReactNode => (
  <form
    className={form['form']}
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      const { currentTarget } = event;
      onSubmit();
      requestAnimationFrame(() => currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    }}
  >
    {children}
  </form>
);
