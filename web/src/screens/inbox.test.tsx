import { en as enInbox } from '@hems/shared/i18n/en/inbox';
import { ko } from '@hems/shared/i18n/ko';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as s } from '@hems/shared/i18n/ko/inbox';
import { aNotice, anInbox } from '@hems/shared/testing/privacy-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, card, expectCard } from '../testing/cards.ts';
import { fakeAuth } from '../testing/fake-auth.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));

describe('the bell', () => {
  it('leads to the inbox from every screen and says how many notices are new', async () => {
    fakeService();
    openApp();
    const bell = await screen.findByRole('link', { name: s.bell(1) });
    expect(bell.getAttribute('href')).toBe('/inbox');
    expect(bell.textContent).toBe(`${s.bell(1)}1`);
  });

  it('shows no figure where nothing is new, or nothing is known', async () => {
    fakeService({ inbox: 500 });
    openApp();
    expect((await screen.findByRole('link', { name: s.bell(0) })).textContent).toBe(s.bell(0));
  });

  it('is not there for somebody who is not signed in', async () => {
    fakeService();
    openApp('/', fakeAuth(null));
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('link', { name: /알림함/ })).toBeNull();
  });
});

describe('the inbox', () => {
  it('shows what happened, newest first, and which of it is new', async () => {
    fakeService();
    openApp('/inbox');
    const inbox = await expectCard(s.list, 'ready');
    expect(inbox.textContent).toContain(s.unread(1));
    const [first, second] = within(inbox).getAllByRole('link');
    expect(first?.textContent).toContain('평소보다 전기를 많이 쓰고 있어요');
    expect(first?.textContent).toContain(s.isNew);
    expect(second?.textContent).toContain('리워드가 들어왔어요');
    expect(second?.textContent).not.toContain(s.isNew);
  });

  it('reads a notice by opening it, which leads to what it is about', async () => {
    const answers = fakeService();
    const { router } = openApp('/inbox');
    const inbox = await expectCard(s.list, 'ready');
    answers.inbox = anInbox({ unread: 0 });
    fireEvent.click(within(inbox).getAllByRole('link')[0]!);
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/energy'));
    expect(answers.done).toEqual(['POST reads {"noticeIds":["notice-1"]}']);
    expect(await screen.findByRole('link', { name: s.bell(0) })).toBeDefined();
  });

  it('does not mark again what was read before', async () => {
    const answers = fakeService();
    const { router } = openApp('/inbox');
    fireEvent.click(within(await expectCard(s.list, 'ready')).getAllByRole('link')[1]!);
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/rewards'));
    expect(answers.done).toEqual([]);
  });

  it('is read as a whole by one press', async () => {
    const answers = fakeService();
    openApp('/inbox');
    await expectCard(s.list, 'ready');
    const { notices } = anInbox();
    answers.inbox = anInbox({ notices: notices.map((notice) => ({ ...notice, readMs: 1 })), unread: 0 });
    press(s.markAll);
    expect(await screen.findByText(s.allRead)).toBeDefined();
    expect(screen.queryByRole('button', { name: s.markAll })).toBeNull();
  });

  it('goes on to earlier notices', async () => {
    fakeService({
      inbox: ({ searchParams }) =>
        searchParams.get('cursor') === 'older'
          ? anInbox({ notices: [aNotice({ noticeId: 'older', kind: 'device-offline', facts: {} })] })
          : anInbox({ cursor: 'older' }),
    });
    openApp('/inbox');
    await expectCard(s.list, 'ready');
    press(s.more);
    expect(await screen.findByText('기기가 값을 보내지 않아요')).toBeDefined();
    expect(within(card(s.list)).getAllByRole('link')).toHaveLength(3);
  });

  it('says that a notice could not be marked', async () => {
    fakeService({ reads: 500 });
    openApp('/inbox');
    await expectCard(s.list, 'ready');
    press(s.markAll);
    expect((await screen.findByRole('alert')).textContent).toBe(`${s.failed} ${koErrors['unavailable']}`);
  });

  it.each([
    ['loading', 'silent'],
    ['empty', anInbox({ notices: [], unread: 0 })],
    ['error', 500],
    ['offline', 'down'],
    ['no-permission', 403],
  ] as const)('is %s where there is nothing to show', async (state, answer) => {
    fakeService({ inbox: answer });
    openApp('/inbox');
    await expectCard(s.list, state);
  });

  it('reads in English', async () => {
    fakeService();
    openApp('/inbox');
    fireEvent.click(await screen.findByRole('button', { name: ko.language.switch }));
    expect(await screen.findByText('Your reward was paid')).toBeDefined();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(enInbox.title);
  });
});
