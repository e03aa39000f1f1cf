import type { OnboardingTexts } from '@hems/shared/i18n/ko/onboarding';
import { ready } from '@hems/shared/view/card';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import buttons from '../ui/button.module.css';
import { Card } from '../ui/card.tsx';
import { Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';
import { keepToken, tokenOf } from './invitation-token.ts';
import styles from './join.module.css';

/** The link of an invitation, for whoever opened the app by itself. */
export const InvitedCard = ({ s }: { readonly s: OnboardingTexts['join'] }): ReactNode => {
  const navigate = useNavigate();
  const [link, setLink] = useState('');
  const [isWrong, setWrong] = useState(false);
  const open = (): void => {
    const token = tokenOf(link);
    setWrong(token === undefined);
    if (token === undefined) return;
    keepToken(token);
    void navigate({ to: '/$page', params: { page: 'invitations' } });
  };
  return (
    <Card title={s.invited.title} card={ready(undefined)} className={styles['card']} onRetry={() => undefined}>
      {() => (
        <form
          className={form['form']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            open();
          }}
        >
          <p>{s.invited.text}</p>
          <Field
            label={s.link}
            hint={s.linkHint}
            isWrong={isWrong}
            autoComplete="off"
            value={link}
            onChange={setLink}
          />
          <div>
            <button type="submit" className={buttons['button']}>
              {s.open}
            </button>
          </div>
        </form>
      )}
    </Card>
  );
};
