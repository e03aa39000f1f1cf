import type { Role } from '@hems/models/household/household';
import type { Household } from '../api/session.ts';
import type { Members } from '../api/members.ts';
import type { PrivacyTexts } from '../i18n/ko/privacy.ts';
import { ready, cardOf, empty, type Card, type Loaded } from './card.ts';
import { homeName } from './home-name.ts';
import type { Words } from '../i18n/texts.ts';

/** Whether what was typed is the word that was asked for. */
export const isWord = (typed: string, word: string): boolean => typed.trim().toLowerCase() === word.toLowerCase();

/** An owner's decision. */
export const mayErase = (role: Role | undefined): boolean => role === 'owner';

/** What becomes of a home when one of its people erases the account. */
export type Fate = 'goes' | 'stays' | 'needs-owner';
export type FateView = {
  readonly householdId: string;
  readonly name: string;
  readonly fate: Fate;
  readonly text: string;
};

const fateOf = ({ members }: Members): Fate => {
  const others = members.filter(({ isSelf }) => !isSelf);
  if (others.length === 0) return 'goes';
  const isOwner = members.some(({ isSelf, role }) => isSelf && role === 'owner');
  return isOwner && !others.some(({ role }) => role === 'owner') ? 'needs-owner' : 'stays';
};

/** Of several answers all, or what the first of the others says. */
const allOf = <T>(loaded: readonly Loaded<T>[]): Loaded<readonly T[]> => {
  const data = loaded.flatMap((one) => (one.data === undefined ? [] : [one.data]));
  const missing = loaded.find((one) => one.data === undefined);
  const atMs = Math.min(...loaded.map((one) => one.atMs));
  return missing ? { ...missing, data: undefined } : { data, error: null, paused: false, atMs };
};

/** What becomes of each home of the person. */
export const fatesCard = (
  session: Loaded<{ readonly households: readonly Household[] }>,
  members: readonly Loaded<Members>[],
  { t, s }: Words<PrivacyTexts>,
): Card<readonly FateView[]> =>
  cardOf(session, t, ({ households }) => {
    const { noHomes, fate: words } = s.erase.account;
    if (households.length === 0) return empty({ title: noHomes, text: '' });
    return cardOf(allOf(members), t, (all) => {
      const byId = new Map(all.map((one) => [one.householdId, fateOf(one)]));
      return ready(
        households.flatMap((home) => {
          const { householdId } = home;
          const fate = byId.get(householdId);
          return fate === undefined ? [] : [{ householdId, name: homeName(home, t), fate, text: words[fate] }];
        }),
      );
    });
  });
