import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { overrideAt, readAutomation, type Override } from '../stores/automations.ts';

/** What the household lets the plan do at this moment. */
export type Word = 'on' | 'off' | 'no-consent' | Override;

export const wordNow = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  householdId: string,
): Promise<Word> => {
  const automation = await readAutomation(table, householdId);
  if (!automation.settings.isOn) return 'off';
  if (!(await hasConsent(table, householdId, 'analysis'))) return 'no-consent';
  return overrideAt(automation, clock.now()) ?? 'on';
};

export const isOverride = (word: Word): word is Override => typeof word === 'object';

export const isSameWord = (a: Word, b: Word): boolean =>
  isOverride(a) && isOverride(b) ? a.mode === b.mode && a.atMs === b.atMs && a.untilMs === b.untilMs : a === b;
