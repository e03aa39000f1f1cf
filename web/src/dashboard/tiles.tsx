import { reasonsTexts } from '@hems/shared/i18n/reasons';
import { savingsTexts } from '@hems/shared/i18n/savings';
import { todayTexts } from '@hems/shared/i18n/today';
import { useScore, useToday } from '@hems/shared/queries/days';
import { behind, isFilled } from '@hems/shared/view/card';
import { scoreCard } from '@hems/shared/view/score';
import { savedTodayCard } from '@hems/shared/view/today';
import { todayCards } from '@hems/shared/view/today-saving';
import type { ReactNode } from 'react';
import { useMessages, useTexts } from '../preferences/preferences.tsx';
import { ScoreTile } from '../savings/score-tile.tsx';
import { useMinute } from '../ui/use-minute.ts';
import { Co2Tile } from './co2-tile.tsx';
import type { LaterProps } from './later.tsx';
import { SavedTodayTile } from './saved-today-tile.tsx';

/** Beside the power now: what today saved and cost, its CO2, and the efficiency grade. */
export const Tiles = ({ householdId, session, onRetry }: LaterProps): ReactNode => {
  const t = useMessages();
  const reasons = useTexts(reasonsTexts);
  const savings = { t, reasons, s: useTexts(savingsTexts) };
  const words = { t, reasons, s: useTexts(todayTexts) };
  const today = todayCards(behind(session, useToday(householdId)), useMinute(), words);
  const until = isFilled(today.saving) ? today.saving.content.until : undefined;
  const score = scoreCard(behind(session, useScore(householdId)), savings);
  return (
    <>
      <SavedTodayTile card={savedTodayCard(today)} words={words} savings={savings.s} onRetry={onRetry} />
      <Co2Tile card={today.co2} until={until} onRetry={onRetry} />
      <ScoreTile card={score} words={savings} onRetry={onRetry} />
    </>
  );
};
