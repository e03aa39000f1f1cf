import type { Locale } from './locale.ts';
import type { Messages } from './messages.ts';

/** The texts of one screen: there, or on their way. Korean comes with the screen, another language when it is asked for. */
export type Texts<T> = (locale: Locale) => T | Promise<T>;

/** What a view model writes with: the texts that every screen shares, and those of its own. */
export type Words<T> = { readonly t: Messages; readonly s: T };

/**
 * Each language is fetched once; where it cannot be had, Korean stands in for it until it is asked for again. What was promised stays
 * a promise: React repeats a component that waited and counts what it used by position, so a text that has meanwhile become a value
 * would hand it those of another screen.
 */
export const textsOf = <T extends object>(ko: T, fetchEnglish: () => Promise<T>): Texts<T> => {
  let english: Promise<T> | undefined;
  const load = async (): Promise<T> => {
    try {
      return await fetchEnglish();
    } catch {
      english = undefined;
      return ko;
    }
  };
  return (locale) => {
    if (locale === 'ko') return ko;
    english ??= load();
    return english;
  };
};
