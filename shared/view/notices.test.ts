import { describe, expect, it } from 'vitest';
import { NOTICE_KINDS } from '@hems/models/notices/kinds';
import { ko } from '../i18n/ko.ts';
import { ko as koInbox } from '../i18n/ko/inbox.ts';
import { ko as koNotices } from '../i18n/ko/notices.ts';
import { aSession, NOW_MS } from '../testing/answers.ts';
import { aNotice, anInbox, someNoticeSettings } from '../testing/privacy-answers.ts';
import type { Loaded } from './card.ts';
import { inboxCard, type InboxView } from './inbox.ts';
import {
  budgetDraftOf,
  budgetsOf,
  hoursDraftOf,
  hoursOf,
  kindRows,
  withChannel,
  type HoursDraft,
} from './notice-settings.ts';
import { pushStateOf } from './push.ts';
import { unreadOf } from './unread.ts';

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const words = { t: ko, s: koInbox, notices: koNotices };
const { households } = aSession();
const [home] = households;

const inboxOf = (pages: ReturnType<typeof anInbox>[], homes = households): InboxView => {
  const card = inboxCard(loaded(pages), { nowMs: NOW_MS, households: homes }, words);
  if (card.state !== 'ready') throw new Error(`the card is ${card.state}`);
  return card.content;
};

describe('the inbox', () => {
  it('says in a sentence what happened, when, and whether it was read', () => {
    const { notices, unread } = inboxOf([anInbox()]);
    expect(unread).toBe(1);
    expect(notices).toEqual([
      {
        noticeId: 'notice-1',
        title: '평소보다 전기를 많이 쓰고 있어요',
        text: expect.stringContaining('4.2 kWh'),
        when: '오후 2:02',
        home: undefined,
        isUnread: true,
        path: '/households/home-1/energy',
      },
      expect.objectContaining({ text: '₩3,000 지급을 마쳤어요.', when: '11월 21일 (토) 오후 3:02', isUnread: false }),
    ]);
  });

  it('names the home where there is more than one', () => {
    const two = [home!, { ...home!, householdId: 'home-2', name: '부모님 댁' }];
    const page = anInbox({
      notices: [aNotice({ householdId: 'home-2' }), aNotice({ noticeId: 'n', householdId: null })],
    });
    expect(inboxOf([page], two).notices.map((notice) => notice.home)).toEqual(['부모님 댁', undefined]);
  });

  it('goes on from page to page', () => {
    const older = anInbox({ notices: [aNotice({ noticeId: 'older' })] });
    expect(inboxOf([anInbox({ cursor: 'c' }), older]).notices).toHaveLength(3);
  });

  it.each(['https://evil.test/', '//evil.test', '/\\evil.test', ''])('never leads out of the app: %s', (path) => {
    expect(inboxOf([anInbox({ notices: [aNotice({ path })] })]).notices[0]?.path).toBe('/inbox');
  });

  it('names the kind of a notice whose facts it cannot read, and says what to do', () => {
    const [notice] = inboxOf([anInbox({ notices: [aNotice({ facts: {} })] })]).notices;
    expect(notice).toMatchObject({ title: koInbox.settings.name['unusual-use'], text: koInbox.unknown });
  });

  it('is empty without a notice', () => {
    const page = anInbox({ notices: [], unread: 0 });
    expect(inboxCard(loaded([page]), { nowMs: NOW_MS, households }, words).state).toBe('empty');
  });

  it('counts nothing while nothing is known', () => {
    expect(unreadOf({ data: undefined, error: null, paused: true, atMs: 0 })).toBe(0);
  });
});

describe('the channels of notices', () => {
  const { kinds } = someNoticeSettings().settings;

  it('are chosen kind by kind; only security in the inbox stands', () => {
    const rows = kindRows(kinds, koInbox);
    expect(rows.map(({ kind }) => kind)).toEqual(NOTICE_KINDS);
    const fixed = rows.flatMap(({ kind, cells }) =>
      cells.filter((cell) => cell.fixed).map(({ channel }) => [kind, channel]),
    );
    expect(fixed).toEqual([['security', 'inbox']]);
  });

  it('change one at a time', () => {
    const after = withChannel(kinds, 'budget', 'email');
    expect(after.budget).toEqual({ inbox: true, push: false, email: true });
    expect({ ...after, budget: kinds.budget }).toEqual(kinds);
  });
});

describe('quiet hours and the cap', () => {
  const draft: HoursDraft = { isQuiet: true, fromHour: 22, toHour: 7, cap: '3' };

  it('come back as they were', () => {
    const { settings } = someNoticeSettings();
    expect(hoursOf(hoursDraftOf(settings))).toEqual({ hours: { quiet: settings.quiet, weeklyCap: 5 } });
    expect(hoursOf(hoursDraftOf({ quiet: null, weeklyCap: 0 }))).toEqual({ hours: { quiet: null, weeklyCap: 0 } });
  });

  it.each([
    ['begin and end at one hour', { toHour: 22 }, 'hours'],
    ['have a cap of 51', { cap: '51' }, 'cap'],
    ['have a cap below nothing', { cap: '-1' }, 'cap'],
    ['have no cap', { cap: '' }, 'cap'],
  ])('cannot %s', (_, over, fault) => {
    expect(hoursOf({ ...draft, ...over })).toEqual({ fault });
  });

  it('may begin and end at one hour while they are off', () => {
    expect(hoursOf({ ...draft, isQuiet: false, toHour: 22 })).toEqual({ hours: { quiet: null, weeklyCap: 3 } });
  });
});

describe('a budget', () => {
  it('is whole won by home, written with or without commas, and none where nothing is written', () => {
    expect(budgetsOf({ 'home-1': ' 45,000 ', 'home-2': '' })).toEqual({ budgets: { 'home-1': 45_000 } });
  });

  it.each(['999', '10000001', '4.5', 'many', '-3000'])('cannot be %s', (typed) => {
    expect(budgetsOf({ 'home-1': typed, 'home-2': '5000' })).toEqual({ faults: ['home-1'] });
  });

  it('of a home that one has left falls away', () => {
    expect(budgetDraftOf({ 'home-1': 5000, gone: 7000 }, households)).toEqual({ 'home-1': '5000' });
  });
});

describe('push on this device', () => {
  const granted = { permission: 'granted', subscribedBy: 'me' } as const;
  it.each([
    ['not set up by the service', granted, null, 'not-set-up'],
    ['unknown to the browser', undefined, 'key', 'unsupported'],
    ['denied by the person', { ...granted, permission: 'denied' as const }, 'key', 'denied'],
    ['not asked for yet', { permission: 'default' as const, subscribedBy: null }, 'key', 'off'],
    ['subscribed by somebody else', { ...granted, subscribedBy: 'other' }, 'key', 'off'],
    ['subscribed', granted, 'key', 'on'],
  ])('is %s', (_, browser, pushKey, state) => {
    expect(pushStateOf(browser, { pushKey, sub: 'me' })).toBe(state);
  });
});
