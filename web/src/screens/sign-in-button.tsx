import { landingTexts } from '@hems/shared/i18n/landing';
import { useState, type ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import { isEnded } from '../auth/session-ended.ts';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import styles from './landing.module.css';

/** Leaves for the sign-in page and says so, or says that it cannot be reached. */
export const SignInButton = ({ returnTo }: { readonly returnTo: string }): ReactNode => {
  const s = useTexts(landingTexts);
  const { signIn } = useAuth();
  const [state, setState] = useState<'idle' | 'going' | 'failed'>('idle');
  const go = (): void => {
    setState('going');
    signIn(returnTo, isEnded() ? 'anew' : undefined).catch(() => setState('failed'));
  };
  return (
    <div>
      <button type="button" className={buttons['main']} onClick={go} aria-disabled={state === 'going'}>
        {state === 'going' ? s.going : s.button}
      </button>
      {state === 'failed' && (
        <p role="alert" className={styles['failure']}>
          {s.failedText}
        </p>
      )}
    </div>
  );
};
