import { codeOf, isTransient } from '@hems/shared/errors/api-error';
import { errorsTexts } from '@hems/shared/i18n/errors';
import { settingsTexts } from '@hems/shared/i18n/settings';
import { useAcceptInvitation } from '@hems/shared/queries/members';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useAuth } from '../auth/auth-context.ts';
import { keepToken, readToken, tokenOf } from '../join/invitation-token.ts';
import { useTexts } from '../preferences/preferences.tsx';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import form from '../ui/field.module.css';
import { Panel } from '../ui/panel.tsx';
import { SignInButton } from './sign-in-button.tsx';

const HERE = { to: '/$page', params: { page: 'invitations' } } as const;

/** The token behind the `#` of the address, which it leaves at once; or the one kept while signing in. */
const useToken = (): string | undefined => {
  const { hash } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    if (hash === '') return;
    keepToken(tokenOf(hash));
    void navigate({ ...HERE, replace: true });
  }, [hash, navigate]);
  return hash === '' ? readToken() : tokenOf(hash);
};

/** Refused for good: asked again, this account is refused again. An address can be confirmed meanwhile. */
const isFinal = (error: unknown): boolean => {
  const code = codeOf(error);
  return code !== undefined && code !== 'email-unverified' && !isTransient(error);
};

const Accept = ({ token }: { readonly token: string }): ReactNode => {
  const { invitation: s } = useTexts(settingsTexts);
  useTexts(errorsTexts);
  const { signIn } = useAuth();
  const navigate = useNavigate();
  const { run, state, answer, error } = useAcceptInvitation();
  useEffect(() => {
    if (!answer) return;
    keepToken(undefined);
    void navigate({ to: '/households/$householdId', params: { householdId: answer.householdId }, replace: true });
  }, [answer, navigate]);
  const busy = state === 'busy' || state === 'done';
  return (
    <Panel title={s.title} text={s.text}>
      {state === 'failed' && <Failure title={s.failed} error={error} />}
      <div className={form['buttons']}>
        {!(state === 'failed' && isFinal(error)) && (
          <button
            type="button"
            className={buttons['main']}
            aria-disabled={busy}
            onClick={() => {
              if (!busy) run(token);
            }}
          >
            {busy ? s.joining : s.join}
          </button>
        )}
        {state === 'failed' && (
          <button type="button" className={buttons['button']} onClick={() => void signIn('/invitations', 'anew')}>
            {s.signOut}
          </button>
        )}
        <Link to="/" className={buttons['quiet']}>
          {s.home}
        </Link>
      </div>
    </Panel>
  );
};

/** Opening an invitation, with or without being signed in yet. */
export const InvitationPage = (): ReactNode => {
  const { invitation: s } = useTexts(settingsTexts);
  const { user } = useAuth();
  const token = useToken();
  if (token === undefined)
    return (
      <Panel title={s.none.title} text={s.none.text}>
        <Link to="/" className={buttons['main']}>
          {s.home}
        </Link>
      </Panel>
    );
  if (user === null)
    return (
      <Panel title={s.title} text={s.signIn}>
        <SignInButton returnTo="/invitations" />
      </Panel>
    );
  return <Accept token={token} />;
};
