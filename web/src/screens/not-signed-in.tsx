import { landingTexts } from '@hems/shared/i18n/landing';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/preferences.tsx';
import { Panel } from '../ui/panel.tsx';
import { SignInButton } from './sign-in-button.tsx';

/** Seen only when the way back from the sign-in page did not end in a sign-in. */
export const NotSignedIn = (): ReactNode => {
  const s = useTexts(landingTexts);
  return (
    <Panel title={s.failed} text={s.failedText}>
      <SignInButton returnTo="/" />
    </Panel>
  );
};
