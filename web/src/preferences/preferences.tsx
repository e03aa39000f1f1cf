import { KOREAN, loadLanguage, LOCALES, type Language, type Locale } from '@hems/shared/i18n/locale';
import type { Messages } from '@hems/shared/i18n/messages';
import type { Texts } from '@hems/shared/i18n/texts';
import { createContext, startTransition, use, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { readChoice, writeChoice } from './stored.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

type Preferences = {
  readonly language: Language;
  readonly theme: Theme;
  readonly chooseLocale: (locale: Locale) => void;
  readonly chooseTheme: (theme: Theme) => void;
};

const LOCALE_KEY = 'hems.locale';
const THEME_KEY = 'hems.theme';

/** Korean, unless this browser has chosen otherwise. */
export const storedLocale = (): Locale => readChoice(LOCALE_KEY, LOCALES) ?? 'ko';

/** The chosen language, or Korean where its texts cannot be fetched. */
export const storedLanguage = async (): Promise<Language> => loadLanguage(storedLocale()).catch(() => KOREAN);

const PreferencesContext = createContext<Preferences | undefined>(undefined);

type Props = { readonly language: Language; readonly children: ReactNode };

/** Language, and appearance: the system's unless chosen otherwise. */
export const PreferencesProvider = ({ language: first, children }: Props): ReactNode => {
  const [language, setLanguage] = useState(first);
  const [theme, setTheme] = useState<Theme>(() => readChoice(THEME_KEY, THEMES) ?? 'system');

  useEffect(() => {
    document.documentElement.lang = language.locale;
    document.title = language.messages.brand;
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  const preferences = useMemo(
    () => ({
      language,
      theme,
      chooseLocale: (chosen: Locale) => {
        writeChoice(LOCALE_KEY, chosen);
        // Without a connection the page stays in the language it has; the choice holds at the next visit.
        // A screen whose own texts are still on their way keeps the old language until they are there.
        loadLanguage(chosen).then(
          (loaded) => startTransition(() => setLanguage(loaded)),
          () => undefined,
        );
      },
      chooseTheme: (chosen: Theme) => {
        writeChoice(THEME_KEY, chosen);
        setTheme(chosen);
      },
    }),
    [language, theme],
  );
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
};

export const usePreferences = (): Preferences => {
  const preferences = useContext(PreferencesContext);
  if (preferences === undefined) throw new Error('No preferences: put the screen under PreferencesProvider.');
  return preferences;
};

export const useMessages = (): Messages => usePreferences().language.messages;

/** The texts of a screen in the chosen language; the screen waits for them. */
export const useTexts = <T extends object>(texts: Texts<T>): T => {
  const found = texts(usePreferences().language.locale);
  return found instanceof Promise ? use(found) : found;
};
