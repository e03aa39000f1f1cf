import type { Notice } from '../api/inbox.ts';
import type { Household } from '../api/session.ts';
import { momentText } from '../format/time.ts';
import type { InboxTexts } from '../i18n/ko/inbox.ts';
import type { Messages } from '../i18n/messages.ts';
import { sentenceOf, type NoticeTexts } from '../i18n/notice-texts.ts';
import { unreadOf } from './unread.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import { homeName } from './home-name.ts';

export type InboxWords = { readonly t: Messages; readonly s: InboxTexts; readonly notices: NoticeTexts };

export type NoticeView = {
  readonly noticeId: string;
  readonly title: string;
  readonly text: string;
  readonly when: string;
  /** named where the person has more than one */
  readonly home: string | undefined;
  readonly isUnread: boolean;
  /** within this app */
  readonly path: string;
};
export type InboxView = { readonly notices: readonly NoticeView[]; readonly unread: number };

type Page = { readonly notices: readonly Notice[]; readonly unread: number };
type Around = { readonly nowMs: number; readonly households: readonly Household[] };

/** A path of this app, never another origin. */
const INSIDE = /^\/(?![/\\])/;
const pathOf = ({ path }: Notice): string => (INSIDE.test(path) ? path : '/inbox');

/** A service that is newer than this app may tell what it has no words for; the kind is known all the same. */
const sentence = (notice: Notice, { s, notices }: InboxWords): Pick<NoticeView, 'title' | 'text'> => {
  try {
    return sentenceOf(notices, notice);
  } catch {
    return { title: s.settings.name[notice.kind], text: s.unknown };
  }
};

/** Of which home it is, where there is more than one. */
const homeOf = ({ householdId }: Notice, households: readonly Household[], { t }: InboxWords): string | undefined => {
  const home = households.length > 1 && households.find((one) => one.householdId === householdId);
  return home ? homeName(home, t) : undefined;
};

const noticeView = (notice: Notice, { nowMs, households }: Around, words: InboxWords): NoticeView => ({
  ...sentence(notice, words),
  noticeId: notice.noticeId,
  when: momentText(notice.atMs, nowMs, words.t),
  home: homeOf(notice, households, words),
  isUnread: notice.readMs === null,
  path: pathOf(notice),
});

/** The pages read so far, newest first. */
export const inboxCard = (loaded: Loaded<readonly Page[]>, around: Around, words: InboxWords): Card<InboxView> =>
  cardOf(loaded, words.t, (pages) => {
    const notices = pages.flatMap((page) => page.notices).map((notice) => noticeView(notice, around, words));
    return notices.length === 0 ? empty(words.s.empty) : ready({ notices, unread: unreadOf(loaded) });
  });
