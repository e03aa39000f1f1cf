import { ko } from '@hems/shared/i18n/ko';
import { ko as koCommunity } from '@hems/shared/i18n/ko/community';
import { aChallenge, aCommunity, anOutsider, someChallenges } from '@hems/shared/testing/community-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/community';

describe('somebody who has not joined', () => {
  it('reads what joining means, and joins only after agreeing to it', async () => {
    const answers = fakeService({ community: anOutsider() });
    openApp(PATH);
    const card = within(await expectCard(koCommunity.consentTitle, 'ready'));
    for (const line of koCommunity.consent) expect(card.getByText(line)).toBeDefined();
    expect(screen.queryByRole('region', { name: koCommunity.board })).toBeNull();
    fireEvent.click(card.getByRole('button', { name: koCommunity.join }));
    expect(card.getByRole('alert').textContent).toBe(koCommunity.agreeFirst);
    expect(answers.done).toEqual([]);
    fireEvent.click(card.getByLabelText(koCommunity.agree));
    answers.membership = aCommunity().membership;
    answers.community = aCommunity();
    fireEvent.click(card.getByRole('button', { name: koCommunity.join }));
    await expectCard(koCommunity.board, 'ready');
    expect(answers.done).toEqual(['PUT membership {"textVersion":1}']);
  });

  it('sees the challenges and how to take part', async () => {
    fakeService({
      community: anOutsider(),
      challenges: someChallenges([aChallenge({ phase: 'open', joined: false, progress: null })]),
    });
    openApp(PATH);
    const challenge = await expectCard(aChallenge().title.ko, 'ready');
    expect(challenge.textContent).toContain(koCommunity.membersOnly);
    expect(within(challenge).queryByRole('button')).toBeNull();
  });
});

describe('a member', () => {
  it('sees the own rank of how many, the first three, the nearest, and about where among all', async () => {
    fakeService();
    openApp(PATH);
    const board = await expectCard(koCommunity.board, 'ready');
    expect(board.textContent).toContain('24곳 중 5위');
    expect(board.textContent).toContain('전체 2,140곳 중 약 310위');
    const list = within(within(board).getByRole('table', { name: koCommunity.places }));
    expect(list.getAllByRole('row')).toHaveLength(9);
    expect(list.getByRole('rowheader', { name: '맑은 수달 (우리 집)' })).toBeDefined();
    expect((await expectCard(koCommunity.standing, 'ready')).textContent).toContain('지난해 같은 때보다 8.3% 줄였어요');
  });

  it('learns in words why a ranking is hidden', async () => {
    fakeService({ community: aCommunity({ board: null, hidden: 'cohort-too-small', about: null, peerMedian: null }) });
    openApp(PATH);
    expect((await expectCard(koCommunity.board, 'empty')).textContent).toContain(
      koCommunity.hidden['cohort-too-small'],
    );
  });

  it('looks at the month before', async () => {
    const asked: (string | null)[] = [];
    fakeService({
      community: (url) => {
        asked.push(url.searchParams.get('month'));
        return aCommunity();
      },
    });
    openApp(PATH);
    await expectCard(koCommunity.board, 'ready');
    fireEvent.click(screen.getByRole('button', { name: koCommunity.previous }));
    await waitFor(() => expect(asked).toContain('2026-10'));
  });

  it('joins a challenge and leaves it again, each after a second word', async () => {
    const open = aChallenge({ phase: 'open', joined: false, joinedOn: null, progress: null, from: '2026-11-25' });
    const answers = fakeService({ challenges: someChallenges([open]) });
    openApp(PATH);
    const challenge = within(await expectCard(open.title.ko, 'ready'));
    fireEvent.click(challenge.getByRole('button', { name: koCommunity.joinChallenge }));
    const joined = { ...open, joined: true, joinedOn: '2026-11-22' };
    answers.participation = joined;
    answers.challenges = someChallenges([joined]);
    fireEvent.click(challenge.getByRole('button', { name: koCommunity.confirm }));
    const leave = await screen.findByRole('button', { name: koCommunity.leaveChallenge });
    fireEvent.click(leave);
    expect(screen.getByText(koCommunity.leaveChallengeText)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: koCommunity.cancel }));
    expect(answers.done).toEqual(['PUT participation']);
  });

  it('leaves the community and is asked for consent again', async () => {
    const answers = fakeService();
    openApp(PATH);
    const member = within(await expectCard(koCommunity.membership, 'ready'));
    expect(member.getByText('내 가명: 맑은 수달')).toBeDefined();
    fireEvent.click(member.getByRole('button', { name: koCommunity.leave }));
    expect(member.getByText(koCommunity.leaveText)).toBeDefined();
    answers.membership = anOutsider().membership;
    answers.community = anOutsider();
    fireEvent.click(member.getByRole('button', { name: koCommunity.confirm }));
    await expectCard(koCommunity.consentTitle, 'ready');
    expect(answers.done).toEqual(['DELETE membership']);
  });
});

describe('the states of the cards', () => {
  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('an answer "%s" is %s', async (answer, state) => {
    fakeService({ community: answer, challenges: answer });
    openApp(PATH);
    await expectCard(koCommunity.consentTitle, state);
    await expectCard(koCommunity.challenges, state);
  });

  it('says when there is no challenge', async () => {
    fakeService({ challenges: someChallenges([]) });
    openApp(PATH);
    expect((await expectCard(koCommunity.challenges, 'empty')).textContent).toContain(koCommunity.noChallenges.title);
    expect(screen.getByRole('link', { name: koCommunity.toProgrammes }).getAttribute('href')).toBe(
      '/households/home-1/rewards/programmes',
    );
  });
});

it('the bar of the main screens leads from one to the next and marks where one is', async () => {
  fakeService();
  const { router } = openApp('/households/home-1');
  const bar = within(await screen.findByRole('navigation', { name: ko.nav.label }));
  expect(bar.getAllByRole('link').map((link) => link.textContent)).toEqual([
    '홈',
    '에너지',
    'AI',
    '커뮤니티',
    '리워드',
  ]);
  expect(bar.getByRole('link', { name: ko.nav.dashboard }).getAttribute('aria-current')).toBe('page');
  fireEvent.click(bar.getByRole('link', { name: ko.nav.community }));
  await waitFor(() => expect(router.state.location.pathname).toBe(PATH));
  await waitFor(() =>
    expect(bar.getByRole('link', { name: ko.nav.community }).getAttribute('aria-current')).toBe('page'),
  );
  expect(bar.getByRole('link', { name: ko.nav.dashboard }).getAttribute('aria-current')).toBeNull();
});
