import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koConsents } from '@hems/shared/i18n/ko/consents';
import { ko as koRewards } from '@hems/shared/i18n/ko/rewards';
import { ko as koReasons } from '@hems/shared/i18n/ko/reasons';
import { anEntry, aProgramme, someEvidence, someProgrammes, someRewards } from '@hems/shared/testing/reward-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/rewards';
const PROGRAMMES = `${PATH}/programmes`;
const NAME = koRewards.name['energy-cashback'];

describe('the rewards of a home', () => {
  it('stand apart in won and points, and apart from what others owe', async () => {
    fakeService();
    openApp(PATH);
    await expectCard(koRewards.title, 'ready');
    const won = screen.getByRole('region', { name: koRewards.balance.won });
    expect(won.textContent).toContain('₩3,500');
    expect(won.textContent).toContain(`${koRewards.expected}₩2,720`);
    expect(won.textContent).toContain(koRewards.expectedHint);
    expect(screen.getByRole('region', { name: koRewards.balance.points }).textContent).toContain('3,000 P');
    expect(screen.getByText(koRewards.apart)).toBeDefined();
  });

  it('are paid out on request, under one id however often it is sent', async () => {
    const answers = fakeService({ payouts: 500 });
    openApp(PATH);
    await expectCard(koRewards.title, 'ready');
    const won = within(screen.getByRole('region', { name: koRewards.balance.won }));
    fireEvent.click(won.getByRole('button', { name: koRewards.ask }));
    fireEvent.change(won.getByLabelText(koRewards.amount), { target: { value: '9999' } });
    fireEvent.click(won.getByRole('button', { name: koRewards.send }));
    expect(won.getByRole('alert').textContent).toBe(koRewards.bad('₩3,500'));
    fireEvent.change(won.getByLabelText(koRewards.amount), { target: { value: '2000' } });
    fireEvent.click(won.getByRole('button', { name: koRewards.send }));
    expect((await won.findByRole('alert')).textContent).toContain(koRewards.notSent);
    answers.payouts = { ...someRewards().payouts[0]!, unit: 'won', amount: 2000, state: 'pending' };
    fireEvent.click(won.getByRole('button', { name: koRewards.send }));
    expect(await won.findByText(koRewards.asked('₩2,000'))).toBeDefined();
    expect(answers.done).toHaveLength(2);
    expect(new Set(answers.done).size).toBe(1);
    expect(JSON.parse(answers.done[0]!.replace('POST payouts ', ''))).toMatchObject({ unit: 'won', amount: 2000 });
  });

  it('are listed with state and payer, page after page, each with the way to its evidence', async () => {
    fakeService({
      rewards: (url) =>
        url.searchParams.has('cursor')
          ? someRewards({ entries: [anEntry({ entryId: 'older', period: '2026-08' })] })
          : someRewards({ cursor: 'next' }),
    });
    openApp(PATH);
    const entries = await expectCard(koRewards.entries, 'ready');
    expect(entries.textContent).toContain('−500 P잠정');
    const links = within(entries).getAllByRole('link');
    expect(links[1]?.getAttribute('href')).toBe(`${PATH}/entries/energy-cashback.2026-09.0000`);
    fireEvent.click(within(entries).getByRole('button', { name: koRewards.more }));
    await within(entries).findByText(/2026년 8월/);
    expect(within(entries).queryByRole('button', { name: koRewards.more })).toBeNull();
  });

  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('with an answer "%s" are %s', async (rewards, state) => {
    fakeService({ rewards });
    openApp(PATH);
    await expectCard(koRewards.title, state);
    await expectCard(koRewards.entries, state);
  });

  it('are empty before the first, with the way to the programmes', async () => {
    const none = { earned: 0, underway: 0, paid: 0, withdrawable: 0, expected: 0, confirmed: 0 };
    fakeService({ rewards: someRewards({ balances: { won: none, points: none }, entries: [], payouts: [] }) });
    openApp(PATH);
    await expectCard(koRewards.title, 'empty');
    expect(screen.queryByRole('region', { name: koRewards.entries })).toBeNull();
    expect(screen.getByRole('link', { name: koRewards.toProgrammes }).getAttribute('href')).toBe(PROGRAMMES);
  });
});

describe('the evidence of an entry', () => {
  const TITLE = `${NAME} · 2026년 9월`;

  it('shows its lines, that it adds up again, and the inputs as they were', async () => {
    fakeService();
    openApp(`${PATH}/entries/energy-cashback.2026-09.0000`);
    const card = await expectCard(TITLE, 'ready');
    expect(card.textContent).toContain(koRewards.matches);
    expect(within(card).getAllByRole('row')[0]?.textContent).toBe('기본 지급₩1,020');
    expect(card.querySelector('pre')?.textContent).toContain('"actualWh": 298000');
    expect(screen.getByRole('link', { name: koRewards.back }).getAttribute('href')).toBe(PATH);
  });

  it('does not hide it when it does not add up', async () => {
    fakeService({ evidence: someEvidence({ matches: false, recomputed: 1 }) });
    openApp(`${PATH}/entries/x`);
    expect((await expectCard(TITLE, 'ready')).textContent).toContain(koRewards.differs);
  });
});

describe('a programme', () => {
  it('shows its conditions and takes an application after a second word', async () => {
    const answers = fakeService();
    openApp(PROGRAMMES);
    const card = within(await expectCard(NAME, 'ready'));
    expect(card.getByText(koRewards.condition['residential-contract'])).toBeDefined();
    fireEvent.click(card.getByRole('button', { name: koRewards.apply }));
    expect(answers.done).toEqual([]);
    expect(card.getByText(koRewards.applyText)).toBeDefined();
    fireEvent.click(card.getByLabelText(koRewards.condition['registered-at-address']));
    const enrolment = {
      programme: 'energy-cashback',
      state: 'applied' as const,
      from: '2026-11-01',
      withdrawnOn: null,
      answers: { 'registered-at-address': true },
      history: [{ state: 'applied' as const, on: '2026-11-22' }],
    };
    answers.enrolment = enrolment;
    answers.programmes = someProgrammes([aProgramme({ enrolment })]);
    fireEvent.click(card.getByRole('button', { name: koRewards.confirm }));
    expect(await card.findByText(koRewards.enrolment.applied)).toBeDefined();
    // The button that was pressed is gone; the next Tab goes on in the card.
    expect(document.activeElement).toBe(screen.getByRole('region', { name: NAME }));
    expect(answers.done).toEqual(['POST enrolment {"answers":{"registered-at-address":true}}']);
    fireEvent.click(card.getByRole('button', { name: koRewards.withdraw }));
    expect(card.getByText(koRewards.withdrawText)).toBeDefined();
    fireEvent.click(card.getByRole('button', { name: koRewards.cancel }));
    expect(answers.done).toHaveLength(1);
  });

  it('of an office is applied for with the consent it needs, which is asked for in full and not taken for granted', async () => {
    const asked = aProgramme({ consent: { purpose: 'government', granted: false } });
    const answers = fakeService({
      programmes: someProgrammes([asked]),
      consents: { householdId: 'home-1', consents: [] },
    });
    openApp(PROGRAMMES);
    const card = within(await expectCard(NAME, 'ready'));
    fireEvent.click(card.getByRole('button', { name: koRewards.apply }));
    const { purposes, agreeTo, agreeFirst } = koConsents;
    for (const text of Object.values(purposes.government))
      expect(card.getAllByText(text, { exact: false })).not.toEqual([]);
    fireEvent.click(card.getByRole('button', { name: koRewards.confirm }));
    expect((await card.findByRole('alert')).textContent).toBe(agreeFirst);
    expect(answers.done).toEqual([]);
    fireEvent.click(card.getByLabelText(agreeTo(purposes.government.name)));
    fireEvent.click(card.getByRole('button', { name: koRewards.confirm }));
    await waitFor(() =>
      expect(answers.done).toEqual([
        'PUT consents {"granted":true,"textVersion":2}',
        'POST enrolment {"answers":{"registered-at-address":false}}',
      ]),
    );
  });

  it('says in words why an application was not taken', async () => {
    fakeService({ enrolment: 403 });
    openApp(PROGRAMMES);
    const card = within(await expectCard(NAME, 'ready'));
    fireEvent.click(card.getByRole('button', { name: koRewards.apply }));
    fireEvent.click(card.getByRole('button', { name: koRewards.confirm }));
    expect((await card.findByRole('alert')).textContent).toBe(`${koRewards.failed} ${koErrors['no-permission']}`);
  });

  it('shows on request what it would have paid, and why a period would not have been paid', async () => {
    fakeService();
    openApp(PROGRAMMES);
    const card = within(await expectCard(NAME, 'ready'));
    fireEvent.click(card.getByRole('button', { name: koRewards.simulate }));
    expect(await card.findByText('모두 ₩2,720')).toBeDefined();
    expect(card.getByText(koReasons.refusal['no-prior-year'])).toBeDefined();
  });

  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('with an answer "%s" is %s', async (programmes, state) => {
    fakeService({ programmes });
    openApp(PROGRAMMES);
    await expectCard(koRewards.programmes, state);
  });

  it('is one tab, the ledger the other', async () => {
    fakeService();
    const { router } = openApp(PATH);
    await expectCard(koRewards.title, 'ready');
    fireEvent.click(screen.getByRole('link', { name: koRewards.programmes }));
    await waitFor(() => expect(router.state.location.pathname).toBe(PROGRAMMES));
    expect((await screen.findByRole('link', { name: koRewards.programmes })).getAttribute('aria-current')).toBe('page');
  });
});
