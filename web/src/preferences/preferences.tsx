import { KOREAN, loadLanguage, LOCALES, type Language, type Locale } from '@hems/shared/i18n/locale';
import type { Messages } from '@hems/shared/i18n/messages';
import type { Texts } from '@hems/shared/i18n/texts';
import { createContext, startTransition, use, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { applyAppearance, storeAppearance, storedAppearance, type Appearance } from './appearance.ts';
import { readChoice, writeChoice } from './stored.ts';

type Preferences = {
  readonly language: Language;
  readonly appearance: Appearance;
  readonly chooseLocale: (locale: Locale) => void;
  readonly chooseAppearance: (change: Partial<Appearance>) => void;
};

const LOCALE_KEY = 'hems.locale';

/** Korean, unless this browser has chosen otherwise. */
export const storedLocale = (): Locale => readChoice(LOCALE_KEY, LOCALES) ?? 'ko';

/** The chosen language, or Korean where its texts cannot be fetched. */
export const storedLanguage = async (): Promise<Language> => loadLanguage(storedLocale()).catch(() => KOREAN);

const PreferencesContext = createContext<Preferences | undefined>(undefined);

type Props = { readonly language: Language; readonly children: ReactNode };

/** Language and appearance, and the ways to choose others. */
export const PreferencesProvider = ({ language: first, children }: Props): ReactNode => {
  const [language, setLanguage] = useState(first);
  const [appearance, setAppearance] = useState(storedAppearance);

  useEffect(() => {
    document.documentElement.lang = language.locale;
  }, [language]);
  useEffect(() => applyAppearance(appearance), [appearance]);

  const preferences = useMemo(
    () => ({
      language,
      appearance,
      chooseLocale: (chosen: Locale) => {
        writeChoice(LOCALE_KEY, chosen);
        // Without a connection the page stays in the language it has; the choice holds at the next visit.
        // A screen whose own texts are still on their way keeps the old language until they are there.
        loadLanguage(chosen).then(
          (loaded) => startTransition(() => setLanguage(loaded)),
          () => undefined,
        );
      },
      chooseAppearance: (change: Partial<Appearance>) => {
        const chosen = { ...appearance, ...change };
        storeAppearance(chosen);
        setAppearance(chosen);
      },
    }),
    [language, appearance],
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
