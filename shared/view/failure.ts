import { codeOf } from '../errors/api-error.ts';
import type { ErrorTexts } from '../i18n/ko/errors.ts';
import type { Messages } from '../i18n/messages.ts';
import { errorKindOf } from './card.ts';

/** Why something was not done, in the language of the screen: by the code of the refusal, else by its kind. What the service says in English is for programs. */
export const failureText = (error: unknown, { t, errors }: { t: Messages; errors: ErrorTexts }): string => {
  const kind = errorKindOf(error);
  const code = codeOf(error);
  return (code === undefined ? undefined : errors[code]) ?? errors[kind] ?? t.failure[kind].text;
};
