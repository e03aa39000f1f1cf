import { filled, isFilled, type Card } from './card.ts';
import type { TodayCards, TodaySavingView } from './today-saving.ts';

/** The tile of today: what it saved, or why that cannot be told, and what it used and cost. */
export type SavedTodayView = {
  /** where the answer is of another day: names it in the place of today */
  readonly title: string | undefined;
  readonly saving: TodaySavingView | undefined;
  /** stands in for the saving */
  readonly refused: { readonly title: string; readonly text: string } | undefined;
  readonly used: string | undefined;
};

/** A home whose saving cannot be told yet still sees what it used. */
export const savedTodayCard = ({ saving, use }: TodayCards): Card<SavedTodayView> => {
  const used = isFilled(use) ? use.content.used : undefined;
  const note = use.state === 'partial' ? use.note : undefined;
  if (isFilled(saving)) {
    const { title } = saving.content;
    return filled({ title, saving: saving.content, refused: undefined, used }, note);
  }
  if (saving.state !== 'empty' || !isFilled(use)) return saving;
  const refused = { title: saving.title, text: saving.text };
  return filled({ title: use.content.title, saving: undefined, refused, used }, note);
};
