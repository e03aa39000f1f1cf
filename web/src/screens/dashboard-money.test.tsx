import { ko } from '@hems/shared/i18n/ko';
import { ko as koRules } from '@hems/shared/i18n/ko/advice';
import { ko as koAssistant } from '@hems/shared/i18n/ko/assistant';
import { ko as koSavings } from '@hems/shared/i18n/ko/savings';
import { ko as koSuggestions } from '@hems/shared/i18n/ko/suggestions';
import { ko as koToday } from '@hems/shared/i18n/ko/today';
import type { Today } from '@hems/shared/api/today';
import { aSession, aToday, NOW_MS } from '@hems/shared/testing/answers';
import { aRunningBill } from '@hems/shared/testing/money-answers';
import { anAdvice } from '@hems/shared/testing/assistant-answers';
import { cleanup, fireEvent, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { card, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('money and energy on the dashboard', () => {
  const atTheTimeOfTheAnswers = (): void => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(NOW_MS);
  };

  it('shows what today saved and used, its CO2 and the grade, each with its why', async () => {
    atTheTimeOfTheAnswers();
    fakeService();
    openApp();
    const saved = await expectCard(ko.later.savedToday, 'ready');
    expect(saved.textContent).toContain('₩230 절약');
    expect(saved.textContent).toContain('1.2 kWh 절약');
    expect(saved.textContent).toContain('오늘 ₩1,410 · 7.4 kWh');
    expect(saved.textContent).toMatch(/오후 3:00까지 · 잠정/);
    expect(within(saved).getByRole('dialog', { hidden: true, name: koToday.why }).textContent).toContain('7.3–9.9 kWh');
    expect((await expectCard(ko.later.co2, 'ready')).textContent).toContain('오늘 배출 3.1 kg');
    const score = await expectCard(ko.later.score, 'ready');
    expect(score.textContent).toContain('B 87점');
    const why = within(score).getByRole('dialog', { hidden: true, name: koSavings.whyScore }).textContent;
    expect(why).toContain(koSavings.ours);
    expect(why).toContain('그래서 87점, B 등급이에요.');
  });

  it('says neutrally that more was used than usual', async () => {
    atTheTimeOfTheAnswers();
    const { saving } = aToday();
    fakeService({ today: aToday({ saving: { ...saving, savedWh: -1500, worthWon: -320 } as Today['saving'] }) });
    openApp();
    const saved = await expectCard(ko.later.savedToday, 'ready');
    expect(saved.textContent).toContain('₩320 더 사용');
    expect(saved.innerHTML).not.toMatch(/warning|error/);
  });

  it("shows the bill so far and expected with its way to the next tier, and yesterday's saving", async () => {
    atTheTimeOfTheAnswers();
    fakeService();
    openApp();
    const bill = await expectCard(ko.later.bill, 'ready');
    expect(bill.textContent).toContain('₩27,600');
    expect(bill.textContent).toContain('₩36,900');
    expect(bill.textContent).toContain('예상 ₩30,800–₩44,200');
    expect(bill.textContent).toContain('1단계, 2단계까지 24 kWh · 11월 25일쯤 도달');
    expect(within(bill).getByText(koSavings.toDate)).toBeDefined();
    expect(bill.textContent).toContain(koSavings.assumed);
    expect(within(bill).getByRole('link').getAttribute('href')).toBe('/households/home-1/bill');
    const saved = await expectCard(ko.later.saved, 'ready');
    expect(saved.textContent).toContain('요금₩190 절약전기0.9 kWh 절약CO₂0.4 kg 감소');
    expect(saved.textContent).toContain(koSavings.provisional);
  });

  it('says that the bill is provisional, and nothing of a contract that was stated', async () => {
    const { toDate } = aRunningBill();
    if (toDate.status !== 'priced') throw new Error(toDate.status);
    fakeService({ bill: aRunningBill({ toDate: { ...toDate, provisional: true }, supplyAssumed: false }) });
    openApp();
    const bill = await expectCard(ko.later.bill, 'ready');
    expect(within(bill).getByText('지금까지 · 잠정')).toBeDefined();
    expect(bill.textContent).not.toContain(koSavings.assumed);
  });

  it('says why there is no saving and no grade, and keeps the rest', async () => {
    atTheTimeOfTheAnswers();
    const refused = { status: 'refused', code: 'insufficient-history', detail: 'x' };
    fakeService({
      days: { householdId: 'home-1', days: [], saved: null },
      today: aToday({ saving: { ...refused, status: 'refused', method: 'm', version: 1 } }),
      score: refused,
      bill: 500,
    });
    openApp();
    const today = await expectCard(ko.later.savedToday, 'ready');
    expect(today.textContent).toContain(koToday.refused['insufficient-history'].text);
    expect(today.textContent).toContain('오늘 ₩1,410 · 7.4 kWh');
    expect((await expectCard(ko.later.saved, 'empty')).textContent).toContain(koSavings.notYet.title);
    expect((await expectCard(ko.later.score, 'empty')).textContent).toContain(koSavings.noScore);
    expect((await expectCard(ko.later.bill, 'error')).textContent).toContain(ko.failure.unavailable.title);
    await expectCard(ko.now.title, 'ready');
  });

  it('closes to somebody who may not see it', async () => {
    fakeService({ bill: 403, days: 403, score: 403, today: 403 });
    openApp();
    const titles = [ko.later.bill, ko.later.saved, ko.later.score, ko.later.savedToday, ko.later.co2];
    for (const title of titles) await expectCard(title, 'no-permission');
    expect(card(ko.later.bill).textContent).toContain(ko.failure['no-permission'].title);
  });
});

describe('the one suggestion', () => {
  const accept = (place: HTMLElement) => within(place).getByRole('button', { name: koSuggestions.accept });

  it('says what it saves a month as a range and why, and is taken with one tap', async () => {
    const answers = fakeService({ adviceAnswer: { adviceId: 'advice-1', state: 'accepted' } });
    openApp();
    const found = await expectCard(ko.later.assistant, 'ready');
    expect(found.textContent).toContain('한 달에 ₩2,100–₩4,300 아낄 수 있어요');
    expect(found.textContent).toContain('240 W');
    answers.advice = anAdvice({ suggestions: [] });
    fireEvent.click(accept(found));
    expect((await within(found).findByRole('status')).textContent).toBe(koSuggestions.thanks.accepted);
    expect(answers.done).toEqual(['POST adviceAnswer {"answer":"accept"}']);
    expect(within(found).getByRole('heading', { level: 3 }).textContent).toBe(koRules.rule.standby.title);
    expect(within(found).queryByRole('button', { name: koSuggestions.accept })).toBeNull();
  });

  it('stays to be taken again where the answer did not arrive', async () => {
    fakeService({ adviceAnswer: 500 });
    openApp();
    const found = await expectCard(ko.later.assistant, 'ready');
    fireEvent.click(accept(found));
    expect((await within(found).findByRole('alert')).textContent).toContain(koSuggestions.failed);
    expect(accept(found)).toBeDefined();
  });

  it('is only read by a member who may not answer', async () => {
    fakeService({ session: aSession({ households: [{ ...aSession().households[0]!, role: 'viewer' }] }) });
    openApp();
    const found = await expectCard(ko.later.assistant, 'ready');
    expect(within(found).queryByRole('button')).toBeNull();
    expect(within(found).getByRole('link', { name: koAssistant.home.all })).toBeDefined();
  });

  it('is replaced by the way to the consent it needs, or by why there is none yet', async () => {
    const answers = fakeService({ advice: refusal(409, 'no-consent') });
    const { router } = openApp();
    const found = await expectCard(ko.later.assistant, 'ready');
    expect(found.textContent).toContain(koAssistant.noConsent.title);
    answers.advice = anAdvice({ suggestions: [], withheld: 'collecting' });
    fireEvent.click(within(found).getByRole('link', { name: koAssistant.noConsent.open }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/settings/consents'));
    cleanup();
    openApp();
    expect((await expectCard(ko.later.assistant, 'empty')).textContent).toContain(koSuggestions.collecting.title);
  });
});
