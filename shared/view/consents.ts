import type { ConsentPurpose } from '@hems/models/household/consents';
import type { Role } from '@hems/models/household/household';
import { mayDo } from '@hems/models/household/permissions';
import type { ConsentRow, Consents } from '../api/consents.ts';
import { longDateText } from '../format/long-date.ts';
import type { ConsentsTexts } from '../i18n/ko/consents.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, ready, type Card, type Loaded } from './card.ts';

export type ConsentView = {
  readonly purpose: ConsentPurpose;
  readonly name: string;
  readonly granted: boolean;
  readonly state: string;
  /** since when, or why not */
  readonly since: string;
  /** what was agreed to before does not hold any more */
  readonly isOver: boolean;
  /** each member agrees to it for themselves; what others said is not theirs */
  readonly isPersonal: boolean;
  readonly history: readonly string[];
};

/** Viewers look. */
export const mayDecide = (role: Role | undefined): boolean => role !== undefined && mayDo(role, 'take-part');

const ITEMS = ['why', 'data', 'who', 'kept', 'refuse'] as const;

/** The text of a purpose, item by item. */
export const consentItems = (purpose: ConsentPurpose, s: ConsentsTexts): readonly string[] =>
  ITEMS.map((item) => `${s.items[item]}: ${s.purposes[purpose][item]}`);

const agreedBefore = ({ granted, history }: ConsentRow): boolean => !granted && history.at(-1)?.granted === true;

const sinceOf = (row: ConsentRow, { t, s }: Words<ConsentsTexts>): string => {
  if (row.saidMs === null) return s.never;
  if (agreedBefore(row)) return row.saidTextVersion === row.textVersion ? s.lapsed : s.changed;
  const date = longDateText(row.saidMs, t);
  return row.granted ? s.agreedOn(date) : s.withdrawnOn(date);
};

const consentView = (row: ConsentRow, words: Words<ConsentsTexts>): ConsentView => {
  const { t, s } = words;
  return {
    purpose: row.purpose,
    name: s.purposes[row.purpose].name,
    granted: row.granted,
    state: row.granted ? s.on : s.off,
    since: sinceOf(row, words),
    isOver: agreedBefore(row),
    isPersonal: row.purpose === 'marketing',
    history: row.history
      .toReversed()
      .map(({ granted, textVersion, atMs }) =>
        granted ? s.agreed(longDateText(atMs, t), textVersion) : s.withdrawn(longDateText(atMs, t)),
      ),
  };
};

/** Purpose by purpose, in the order of the register. */
export const consentsCard = (loaded: Loaded<Consents>, words: Words<ConsentsTexts>): Card<readonly ConsentView[]> =>
  cardOf(loaded, words.t, ({ consents }) => ready(consents.map((row) => consentView(row, words))));
