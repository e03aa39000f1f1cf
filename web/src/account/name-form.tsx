import type { Account } from '@hems/shared/api/account';
import { settingsTexts } from '@hems/shared/i18n/settings';
import { useChangeAccount } from '@hems/shared/queries/account';
import { useEffect, useState, type ReactNode } from 'react';
import { usePreferences, useTexts } from '../preferences/preferences.tsx';
import styles from '../settings/settings.module.css';
import { useName } from '../settings/use-name.ts';
import buttons from '../ui/button.module.css';
import { Failure } from '../ui/confirm.tsx';
import { Choice, Field } from '../ui/field.tsx';
import form from '../ui/field.module.css';

const LANGUAGES = [
  { value: 'ko', text: '한국어' },
  { value: 'en', text: 'English' },
] as const;

/** The name that members see, and the language of this page and of messages. */
export const NameForm = ({ account }: { readonly account: Account }): ReactNode => {
  const texts = useTexts(settingsTexts);
  const { accountPage: s } = texts;
  const { chooseLocale } = usePreferences();
  const { field, checked } = useName(account.name);
  const [language, setLanguage] = useState(account.language);
  const { run, state, answer, error } = useChangeAccount();
  useEffect(() => {
    if (answer) chooseLocale(answer.language);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the choice follows the answer once; choosing makes another function
  }, [answer]);
  const save = (): void => {
    const name = checked();
    if (name !== undefined && state !== 'busy') run({ name, language });
  };
  return (
    <form
      className={form['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={s.name} hint={field.isWrong ? s.nameWrong : s.nameHint} autoComplete="name" {...field} />
      <Choice label={s.language} hint={s.languageHint} choices={LANGUAGES} chosen={language} onChoose={setLanguage} />
      {state === 'failed' && <Failure title={s.notSaved} error={error} />}
      {state === 'done' && <output className={styles['sentence']}>{s.saved}</output>}
      <div>
        <button type="submit" className={buttons['main']} aria-disabled={state === 'busy'}>
          {state === 'busy' ? texts.busy : texts.save}
        </button>
      </div>
    </form>
  );
};
