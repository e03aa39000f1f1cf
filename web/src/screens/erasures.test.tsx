import { en as enPrivacy } from '@hems/shared/i18n/en/privacy';
import { ko } from '@hems/shared/i18n/ko';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koPrivacy } from '@hems/shared/i18n/ko/privacy';
import { aSession, NOW_MS } from '@hems/shared/testing/answers';
import { someMembers } from '@hems/shared/testing/joining-answers';
import { anErasure, ERASURE_ID } from '@hems/shared/testing/privacy-answers';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { leaveTo } from '../erasures/leave.ts';
import { KEPT } from '../offline/kept.ts';
import { atTheTimeOfTheAnswers, card, expectCard } from '../testing/cards.ts';
import { fakeAuth } from '../testing/fake-auth.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

// jsdom cannot go to another address.
vi.mock('../erasures/leave.ts', () => ({ leaveTo: vi.fn<(path: string) => void>() }));

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/settings';
const { erase, receipt } = koPrivacy;
const [HOME] = aSession().households;
const as = (role: 'owner' | 'member' | 'viewer') => aSession({ households: [{ ...HOME!, role }] });

const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }));
const write = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });

const typeWord = (): void => write(erase.type(erase.word), erase.word);
const sent = (line: string | undefined): Record<string, unknown> => JSON.parse(line?.replace(/^[^{]+/, '') ?? '{}');

describe('erasing a home', () => {
  it('tells what goes and what remains, asks for the word, and leads to the receipt', async () => {
    const answers = fakeService({ erasure: anErasure({ state: 'erasing', erasedMs: null, found: null, receipt: [] }) });
    localStorage.setItem(KEPT, JSON.stringify({ sub: 'resident-1' }));
    const { router } = openApp(`${PATH}/erase`);
    await expectCard(erase.home.ask, 'ready');
    for (const text of [...erase.home.goes, ...erase.home.happens, ...erase.remaining])
      expect(screen.getByText(text)).toBeDefined();
    press(erase.home.ask);
    expect(screen.getByRole('alert').textContent).toBe(erase.typeWrong(erase.word));
    expect(answers.done).toEqual([]);
    typeWord();
    press(erase.home.ask);
    await waitFor(() => expect(router.state.location.pathname).toBe(`/erasures/${ERASURE_ID}`));
    expect(await screen.findByText(receipt.state.erasing)).toBeDefined();
    // what this device has kept of the home is no exception
    expect(localStorage.getItem(KEPT)).toBeNull();
    expect(answers.done).toHaveLength(1);
    const asked = sent(answers.done[0]);
    expect(asked).toMatchObject({ householdId: 'home-1', confirm: 'erase', forfeit: false });
    expect(asked['erasureId']).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('that would lose rewards says so, and goes on once they are given up', async () => {
    const answers = fakeService({ erasures: refusal(409, 'balance-left') });
    const { router } = openApp(`${PATH}/erase`);
    await expectCard(erase.home.ask, 'ready');
    typeWord();
    press(erase.home.ask);
    expect(await screen.findByText(erase.balance)).toBeDefined();
    expect(screen.getByRole('link', { name: erase.toRewards }).getAttribute('href')).toBe('/households/home-1/rewards');
    answers.erasures = anErasure();
    fireEvent.click(screen.getByLabelText(erase.forfeit));
    press(erase.home.ask);
    await waitFor(() => expect(router.state.location.pathname).toBe(`/erasures/${ERASURE_ID}`));
    const [first, second] = answers.done.map(sent);
    expect(second).toEqual({ ...first, forfeit: true });
  });

  it('whose answer was lost leads to where the receipt would be, and is asked again as the same', async () => {
    const answers = fakeService({ erasures: 'down' });
    openApp(`${PATH}/erase`);
    await expectCard(erase.home.ask, 'ready');
    typeWord();
    press(erase.home.ask);
    const link = await screen.findByRole('link', { name: erase.look });
    press(erase.home.ask);
    await waitFor(() => expect(answers.done).toHaveLength(2));
    const ids = answers.done.map((line) => sent(line)['erasureId']);
    expect(new Set(ids)).toEqual(new Set([link.getAttribute('href')?.replace('/erasures/', '')]));
  });

  it.each(['member', 'viewer'] as const)('is not for a %s, who is shown the way out instead', async (role) => {
    fakeService({ session: as(role) });
    openApp(`${PATH}/erase`);
    await expectCard(erase.home.ask, 'ready');
    expect(screen.getByText(erase.home.role)).toBeDefined();
    expect(screen.queryByRole('button', { name: erase.home.ask })).toBeNull();
  });
});

describe('erasing an account', () => {
  const open = async (): Promise<void> => {
    openApp('/erase-account');
    await expectCard(erase.account.homes, 'ready');
  };
  const alone = someMembers({ members: [{ personId: 'resident-1', name: '', role: 'owner', isSelf: true }] });

  it('says that a home with nobody else goes too, and opens the receipt signed out', async () => {
    const answers = fakeService({ members: alone });
    await open();
    expect(card(erase.account.homes).textContent).toContain(erase.account.fate.goes);
    typeWord();
    press(erase.account.ask);
    await waitFor(() => expect(leaveTo).toHaveBeenCalledExactlyOnceWith(`/erasures/${ERASURE_ID}`));
    expect(sent(answers.done[0])).toMatchObject({ confirm: 'erase', forfeit: false });
  });

  it('waits for another owner where a home would be left without one', async () => {
    fakeService();
    await open();
    expect(card(erase.account.homes).textContent).toContain(erase.account.fate['needs-owner']);
    expect(screen.getByRole('link', { name: erase.account.chooseOwner }).getAttribute('href')).toBe(`${PATH}/members`);
    expect(screen.getByRole('link', { name: erase.account.eraseHome }).getAttribute('href')).toBe(`${PATH}/erase`);
    expect(screen.getByText(erase.account.blocked)).toBeDefined();
    expect(screen.queryByRole('button', { name: erase.account.ask })).toBeNull();
  });

  it('refused because somebody left meanwhile says what to do', async () => {
    fakeService({ members: alone, eraseAccount: refusal(409, 'last-owner') });
    await open();
    typeWord();
    press(erase.account.ask);
    expect((await screen.findByRole('alert')).textContent).toBe(`${erase.failed} ${koErrors['last-owner']}`);
    expect(screen.queryByRole('link', { name: erase.look })).toBeNull();
  });

  it('asks nothing before it is known what becomes of every home', async () => {
    fakeService({ members: 'down' });
    openApp('/erase-account');
    await expectCard(erase.account.homes, 'offline');
    expect(screen.queryByRole('region', { name: erase.account.ask })).toBeNull();
  });
});

describe('the receipt of an erasure', () => {
  it('is for whoever has its address, signed in or not, and asks nothing else of the service', async () => {
    fakeService({ session: 401, inbox: 401 });
    openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
    const found = await expectCard(receipt.result, 'ready');
    expect(found.textContent).toContain(receipt.state.erased);
    expect(found.textContent).toContain('백업');
    expect(found.textContent).toContain('2026년 12월 29일까지');
    expect(found.textContent).toContain(receipt.keepText);
  });

  it('renews itself until all is erased', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, now: NOW_MS });
    const answers = fakeService({ erasure: anErasure({ state: 'erasing', erasedMs: null, found: null, receipt: [] }) });
    openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
    expect(await screen.findByText(receipt.state.erasing)).toBeDefined();
    expect(screen.getByText(receipt.none)).toBeDefined();
    answers.erasure = anErasure();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await screen.findByText(receipt.state.erased)).toBeDefined();
  });

  describe('that waits for the resident', () => {
    const owed = (withdrawable: number, toCome: number) => ({ withdrawable, toCome });
    const waits = anErasure({
      state: 'waiting',
      waitsFor: 'resident',
      balance: { won: owed(3000, 0), points: owed(0, 250) },
      erasedMs: null,
      found: null,
    });
    const section = async (): Promise<HTMLElement> => screen.findByRole('region', { name: receipt.balance.title });
    const settle = async (name: string): Promise<void> => {
      await section();
      press(name);
      press(receipt.balance.confirm);
    };

    it('names what can be paid now and what later, and waits for a payout once it was asked for', async () => {
      const answers = fakeService({ session: 401, inbox: 401, erasure: waits, balance: waits });
      openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
      const found = await section();
      expect(screen.getByText(receipt.balance.state)).toBeDefined();
      expect(found.textContent).toContain(`${receipt.balance.now}₩3,000`);
      expect(found.textContent).toContain(`${receipt.balance.toCome}250 P`);
      press(receipt.balance.pay);
      expect(found.textContent).toContain(`${receipt.balance.payText('₩3,000')} ${receipt.balance.payRest}`);
      expect(answers.done).toEqual([]);
      answers.erasure = anErasure({ ...waits, waitsFor: 'payout', balance: null });
      press(receipt.balance.confirm);
      expect(await screen.findByText(receipt.state.waiting)).toBeDefined();
      expect(screen.queryByRole('region', { name: receipt.balance.title })).toBeNull();
      expect(answers.done).toEqual(['POST balance {"balance":"pay"}']);
    });

    it('gives up all of it, named before, and goes on', async () => {
      const answers = fakeService({ erasure: waits, balance: waits });
      openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
      const found = await section();
      press(receipt.balance.forfeit);
      expect(found.textContent).toContain(receipt.balance.forfeitText('₩3,000 · 250 P'));
      answers.erasure = anErasure({ state: 'erasing', erasedMs: null, found: null });
      press(receipt.balance.confirm);
      expect(await screen.findByText(receipt.state.erasing)).toBeDefined();
      expect(answers.done).toEqual(['POST balance {"balance":"forfeit"}']);
    });

    it('offers no payout of what a partner has yet to settle', async () => {
      fakeService({ erasure: anErasure({ ...waits, balance: { won: owed(0, 500), points: owed(0, 0) } }) });
      openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
      expect((await section()).textContent).toContain(receipt.balance.wait);
      expect(screen.queryByRole('button', { name: receipt.balance.pay })).toBeNull();
    });

    it('says so when the choice did not arrive', async () => {
      fakeService({ erasure: waits, balance: 'down' });
      openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
      await settle(receipt.balance.pay);
      expect((await screen.findByRole('alert')).textContent).toBe(
        `${receipt.balance.failed} ${koErrors['unreachable']}`,
      );
    });
  });

  it('that is none says so', async () => {
    fakeService({ erasure: 404 });
    openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
    expect((await expectCard(receipt.result, 'empty')).textContent).toContain(receipt.missing.title);
  });

  it.each([
    ['loading', 'silent'],
    ['error', 500],
    ['offline', 'down'],
  ] as const)('is %s where the service is', async (state, answer) => {
    fakeService({ erasure: answer });
    openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
    await expectCard(receipt.result, state);
  });

  it('reads in English', async () => {
    fakeService();
    openApp(`/erasures/${ERASURE_ID}`, fakeAuth(null));
    fireEvent.click(await screen.findByRole('button', { name: ko.language.switch }));
    expect(await screen.findByText(enPrivacy.receipt.state.erased)).toBeDefined();
  });

  it('without an id is a page that does not exist', async () => {
    fakeService();
    openApp('/erasures', fakeAuth(null));
    expect(await screen.findByRole('link', { name: '처음으로' })).toBeDefined();
    expect(screen.queryByRole('region')).toBeNull();
  });
});
