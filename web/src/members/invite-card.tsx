import type { Role } from '@hems/models/household/household';
import type { SettingsTexts } from '@hems/shared/i18n/ko/settings';
import { useInviteMember } from '@hems/shared/queries/members';
import { ready } from '@hems/shared/view/card';
import { ROLES } from '@hems/shared/view/members';
import { useId, useState, type ReactNode } from 'react';
import styles from '../settings/settings.module.css';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/confirm.tsx';
import { Choice, Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';

type LinkProps = { readonly email: string; readonly token: string; readonly s: SettingsTexts['members'] };

/** The link, this once; the token stands behind `#`, so that no server sees it in an address. */
const Link = ({ email, token, s }: LinkProps): ReactNode => {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/invitations#${token}`;
  return (
    <div className={styles['once']} aria-live="polite">
      <p className={styles['name']}>{s.sent(email)}</p>
      <p>{s.linkOnce}</p>
      <div className={form['field']}>
        <label htmlFor={id}>{s.link}</label>
        <input id={id} readOnly value={link} onFocus={({ target }) => target.select()} />
      </div>
      <div>
        <button
          type="button"
          className={buttons['button']}
          onClick={() => {
            navigator.clipboard.writeText(link).then(
              () => setCopied(true),
              // Without permission the link can still be selected by hand.
              () => undefined,
            );
          }}
        >
          {copied ? s.copied : s.copy}
        </button>
      </div>
    </div>
  );
};

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Invites by e-mail address and role. */
export const InviteCard = ({
  householdId,
  s,
}: {
  readonly householdId: string;
  readonly s: SettingsTexts;
}): ReactNode => {
  const { members: m } = s;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [isWrong, setWrong] = useState(false);
  const { run, state, answer, error } = useInviteMember(householdId);
  const send = (): void => {
    const isAddress = ADDRESS.test(email.trim());
    setWrong(!isAddress);
    if (isAddress && state !== 'busy') run({ email: email.trim(), role });
  };
  return (
    <Card title={m.invite} card={ready(undefined)} className={styles['group']} onRetry={() => undefined}>
      {() => (
        <form
          className={form['form']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <p className={styles['sub']}>{m.inviteText}</p>
          <Field
            label={m.email}
            hint={m.emailHint}
            isWrong={isWrong}
            type="email"
            autoComplete="off"
            value={email}
            onChange={setEmail}
          />
          <Choice
            label={m.roleLabel}
            hint={m.may[role]}
            choices={ROLES.map((value) => ({ value, text: m.role[value] }))}
            chosen={role}
            onChoose={setRole}
          />
          {state === 'failed' && <Failure title={m.notSent} error={error} />}
          {answer && <Link email={answer.invitation.email} token={answer.token} s={m} />}
          <div>
            <button type="submit" className={buttons['main']} aria-disabled={state === 'busy'}>
              {state === 'busy' ? m.sending : m.send}
            </button>
          </div>
        </form>
      )}
    </Card>
  );
};
