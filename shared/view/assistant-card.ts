import type { Advice } from '../api/advice.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import { lacksConsent, type AssistantWords } from './next-hour.ts';
import { suggestionView, type SuggestionView, type SuggestionWords } from './suggestions.ts';

/** The one suggestion of the home screen, or what has to be agreed to before there are any. */
export type AssistantCardView =
  | { readonly kind: 'suggestion'; readonly suggestion: SuggestionView }
  | { readonly kind: 'consent'; readonly title: string; readonly text: string };

type CardWords = Pick<AssistantWords, 's'> & { readonly suggestions: SuggestionWords };

/** The suggestion that is worth most. */
export const assistantCard = (advice: Loaded<Advice>, { s, suggestions }: CardWords): Card<AssistantCardView> => {
  const consent = ready<AssistantCardView>({ kind: 'consent', ...s.noConsent });
  if (lacksConsent(advice.error)) return consent;
  return cardOf(advice, suggestions.t, ({ suggestions: [best], withheld }) => {
    if (withheld === 'no-consent') return consent;
    if (best !== undefined) return ready({ kind: 'suggestion', suggestion: suggestionView(best, suggestions) });
    return empty(withheld === 'collecting' ? suggestions.s.collecting : suggestions.s.none);
  });
};
