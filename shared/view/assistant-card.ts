import type { Advice } from '../api/advice.ts';
import type { Forecast } from '../api/forecast.ts';
import { cardOf, isFilled, ready, type Card, type Loaded } from './card.ts';
import { lacksConsent, nextHourCard, type AssistantWords } from './next-hour.ts';
import { suggestionView, type SuggestionWords } from './suggestions.ts';

/** The card of the dashboard: one suggestion, and the next hour in a sentence. */
export type AssistantCardView = {
  readonly title: string;
  readonly saves: string | undefined;
  readonly next: string | undefined;
};

type Asked = {
  readonly advice: Loaded<Advice>;
  readonly forecast: Loaded<Forecast>;
  readonly nowMs: number;
};
type CardWords = AssistantWords & { readonly suggestions: SuggestionWords };

/** Without a forecast the suggestion stands alone; it is not held up by it either. */
export const assistantCard = ({ advice, forecast, nowMs }: Asked, words: CardWords): Card<AssistantCardView> => {
  const { t, s, suggestions } = words;
  if (lacksConsent(advice.error)) return ready({ title: s.noConsent.title, saves: undefined, next: undefined });
  return cardOf(advice, t, ({ suggestions: found, withheld }) => {
    if (withheld === 'no-consent') return ready({ title: s.noConsent.title, saves: undefined, next: undefined });
    const [best] = found.map((one) => suggestionView(one, suggestions));
    const hour = nextHourCard(forecast, { words, nowMs });
    return ready({
      title: best?.title ?? (withheld === null ? s.home.nothing : suggestions.s.collecting.title),
      saves: best?.saves,
      next: isFilled(hour)
        ? `${s.home.next(`${hour.content.value} ${hour.content.unit}`)} ${hour.content.likely}`
        : undefined,
    });
  });
};
