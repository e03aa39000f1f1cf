import { useState, type ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import { useMessages } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import styles from './landing.module.css';

/** Leaves for the sign-in page and says so, or says that it cannot be reached. */
export const SignInButton = ({ returnTo }: { readonly returnTo: string }): ReactNode => {
  const t = useMessages();
  const { signIn } = useAuth();
  const [state, setState] = useState<'idle' | 'going' | 'failed'>('idle');
  const go = (): void => {
    setState('going');
    signIn(returnTo).catch(() => setState('failed'));
  };
  return (
    <div>
      <button type="button" className={buttons['main']} onClick={go} aria-disabled={state === 'going'}>
        {state === 'going' ? t.signIn.going : t.signIn.button}
      </button>
      {state === 'failed' && (
        <p role="alert" className={styles['failure']}>
          {t.signIn.failedText}
        </p>
      )}
    </div>
  );
};
