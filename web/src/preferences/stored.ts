import * as z from 'zod/mini';

/** A choice kept in this browser, or undefined when there is none (or storage is closed, as in some private windows). */
export const readChoice = <T extends string>(key: string, choices: readonly T[]): T | undefined => {
  try {
    const parsed = z.safeParse(z.enum(choices), localStorage.getItem(key));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

export const writeChoice = (key: string, choice: string): void => {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Storage is closed or full: the choice lasts as long as the page.
  }
};
