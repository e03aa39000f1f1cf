import { ko } from './ko.ts';
import type { Messages } from './messages.ts';

export const LOCALES = ['ko', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A language and its texts: one never changes without the other. */
export type Language = { readonly locale: Locale; readonly messages: Messages };

export const KOREAN: Language = { locale: 'ko', messages: ko };

/** Korean comes with the app, any other language when it is asked for. */
const LOAD: Record<Locale, () => Promise<Messages>> = {
  ko: async () => ko,
  en: async () => (await import('./en.ts')).en,
};

export const loadLanguage = async (locale: Locale): Promise<Language> => ({ locale, messages: await LOAD[locale]() });
