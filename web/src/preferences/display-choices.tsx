import { displayTexts } from '@hems/shared/i18n/display';
import { LOCALES, type Locale } from '@hems/shared/i18n/locale';
import type { ReactNode } from 'react';
import { Segments } from '../ui/segments.tsx';
import { THEMES, TYPES } from './appearance.ts';
import styles from './display-choices.module.css';
import { usePreferences, useTexts } from './preferences.tsx';

/** Each in its own words, so that whoever reads only one of them finds it. */
const LANGUAGES: Readonly<Record<Locale, string>> = { ko: '한국어', en: 'English' };

type GroupProps = { readonly label: string; readonly children: ReactNode };

const Group = ({ label, children }: GroupProps): ReactNode => (
  <div className={styles['group']}>
    <p aria-hidden="true">{label}</p>
    {children}
  </div>
);

export const LanguageChoice = (): ReactNode => {
  const s = useTexts(displayTexts);
  const { language, chooseLocale } = usePreferences();
  return (
    <Group label={s.language}>
      <Segments
        label={s.language}
        choices={LOCALES.map((value) => ({ value, text: LANGUAGES[value] }))}
        chosen={language.locale}
        onChoose={chooseLocale}
      />
    </Group>
  );
};

/** Light or dark, and how large the text is: kept in this browser. */
export const AppearanceChoice = (): ReactNode => {
  const s = useTexts(displayTexts);
  const { appearance, chooseAppearance } = usePreferences();
  return (
    <>
      <Group label={s.theme}>
        <Segments
          label={s.theme}
          choices={THEMES.map((value) => ({ value, text: s.themes[value] }))}
          chosen={appearance.theme}
          onChoose={(theme) => chooseAppearance({ theme })}
        />
      </Group>
      <Group label={s.type}>
        <Segments
          label={s.type}
          choices={TYPES.map((value) => ({ value, text: s.types[value] }))}
          chosen={appearance.type}
          onChoose={(type) => chooseAppearance({ type })}
        />
      </Group>
      <p className={styles['kept']}>{s.kept}</p>
    </>
  );
};
