import type { ReactNode } from 'react';
import { useMessages } from '../preferences/preferences.tsx';
import { Panel } from '../ui/panel.tsx';
import { SignInButton } from './sign-in-button.tsx';

/** Seen only when the way back from the sign-in page did not end in a sign-in. */
export const NotSignedIn = (): ReactNode => {
  const { signIn } = useMessages();
  return (
    <Panel title={signIn.failed} text={signIn.failedText}>
      <SignInButton returnTo="/" />
    </Panel>
  );
};
