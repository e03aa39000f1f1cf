import { groupedText } from './number.ts';

/** Whole won: `₩2,280`, a credit `−₩2,280`. */
export const wonText = (won: number): string => `${won < 0 ? '−' : ''}₩${groupedText(Math.abs(won), 0)}`;

/** An amount of a unit that is never added to another: `₩2,280` or `2,280 P`. */
export const amountText = (amount: number, unit: 'won' | 'points'): string =>
  unit === 'won' ? wonText(amount) : `${amount < 0 ? '−' : ''}${groupedText(Math.abs(amount), 0)} P`;
