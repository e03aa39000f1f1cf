import { ko } from '@hems/shared/i18n/ko';
import { ko as koPages } from '@hems/shared/i18n/ko/pages';
import { ko as koRules } from '@hems/shared/i18n/ko/advice';
import { ko as koAssistant } from '@hems/shared/i18n/ko/assistant';
import { ko as koDay } from '@hems/shared/i18n/ko/day';
import { ko as koSavings } from '@hems/shared/i18n/ko/savings';
import { ko as koSuggestions } from '@hems/shared/i18n/ko/suggestions';
import { ko as koToday } from '@hems/shared/i18n/ko/today';
import type { Today } from '@hems/shared/api/today';
import { aDayOfUsage, aLive, anEnvironment, aSession, aSolarLive, aToday, NOW_MS } from '@hems/shared/testing/answers';
import { aRunningBill } from '@hems/shared/testing/money-answers';
import { anAdvice } from '@hems/shared/testing/assistant-answers';
import { onlineManager } from '@tanstack/react-query';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
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

const linePath = (): string | null => document.querySelector('[data-part=line]')?.getAttribute('d') ?? null;

describe('the dashboard of a home that reports', () => {
  it('shows the power now with its age and against the usual, and where the figures come from', async () => {
    fakeService();
    openApp();
    const now = await expectCard(ko.now.title, 'ready');
    expect(now.textContent).toContain('0.85kW');
    expect(now.textContent).toMatch(/[3-5]초 전 · 측정값/);
    await waitFor(() => expect(now.textContent).toContain('▲ '));
    expect(now.querySelector('[data-usual]')?.getAttribute('data-usual')).toBe('above');
    expect(screen.getByText('실시간')).toBeDefined();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('한강 아파트 1203호');
  });

  it('draws the last 24 hours as an image with one sentence, and as a table on request', async () => {
    fakeService();
    openApp();
    const day = await expectCard(ko.later.day, 'ready');
    expect(within(day).getByRole('img').getAttribute('aria-label')).toMatch(
      /^최근 24시간 전력 그래프\..*850 W\. 앞으로 6시간은 800 W에서 3\.70 kW 사이로 예측해요\.$/,
    );
    fireEvent.click(within(day).getByRole('button', { name: koDay.table }));
    const rows = within(within(day).getByRole('table', { name: koDay.tableCaption })).getAllByRole('row');
    expect(rows).toHaveLength(1 + 7 + 95);
    expect(rows[7]?.textContent).toBe('오후 3:00부터1.20 kW400 W예측 0.8–2.1 kW');
    expect(rows[8]?.textContent).toBe('오후 2:45400 W400 W측정값');
    fireEvent.click(within(day).getByRole('button', { name: koDay.chart }));
    expect(within(day).getByRole('img')).toBeDefined();
  });

  it('moves the chart within five seconds of a new value, and not without one', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const answers = fakeService();
    openApp();
    await expectCard(ko.later.day, 'ready');
    const before = linePath();
    await act(async () => vi.advanceTimersByTimeAsync(5000));
    expect(linePath()).toBe(before);
    const now = NOW_MS + 5000;
    answers.live = aLive({ now, load: { powerW: 1200, ts: now - 1000, quality: 'good' } });
    await act(async () => vi.advanceTimersByTimeAsync(5000));
    await waitFor(() => expect(linePath()).not.toBe(before));
    expect(card(ko.now.title).textContent).toContain('1.20kW');
  });

  it('hides and shows what the chart draws, one by one', async () => {
    fakeService();
    openApp();
    const day = await expectCard(ko.later.day, 'ready');
    const part = (name: string) => day.querySelector(`[data-part=${name}]`)?.getAttribute('d');
    await waitFor(() => expect(part('expected')).not.toBe(''));
    expect(part('before')).not.toBe('');
    const toggle = (name: string) => within(day).getByRole('button', { name, pressed: true });
    fireEvent.click(toggle(koDay.series.before));
    expect([part('before'), part('expected') === '', part('line') === '']).toEqual(['', false, false]);
    fireEvent.click(toggle(koDay.series.ahead));
    fireEvent.click(toggle(koDay.series.past));
    expect([part('expected'), part('line')]).toEqual(['', '']);
    fireEvent.click(within(day).getByRole('button', { name: koDay.series.past, pressed: false }));
    expect(part('line')).not.toBe('');
    expect(within(day).getByText('오후 3:00–오후 4:00에는 1.2 kW쯤 쓸 것 같아요.')).toBeDefined();
  });

  it('draws the last 24 hours also where nothing may be forecast', async () => {
    fakeService({ forecast: refusal(409, 'no-consent') });
    openApp();
    const day = await expectCard(ko.later.day, 'ready');
    expect(within(day).queryByRole('button', { name: koDay.series.ahead })).toBeNull();
    expect(linePath()).not.toBe('');
  });

  it('tells the flows of a home with solar and battery as a picture and in words', async () => {
    const width = vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(328);
    fakeService({ live: aSolarLive() });
    openApp();
    const flows = await expectCard(ko.later.flows, 'ready');
    expect(within(flows).getByRole('img').getAttribute('aria-label')).toContain('태양광 2.10 kW 발전 중');
    const list = within(flows).getByRole('list', { name: ko.later.flows });
    expect([...list.children].map((flow) => flow.textContent)).toEqual([
      '우리 집 850 W 사용 중',
      '태양광 2.10 kW 발전 중',
      '한전 650 W 보내는 중',
      '배터리 600 W 충전 중, 잔량 62%',
    ]);
    width.mockRestore();
  });

  it('tells the flows in words alone where letters are too large for a picture', async () => {
    const width = vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(200);
    fakeService({ live: aSolarLive() });
    openApp();
    const flows = await expectCard(ko.later.flows, 'ready');
    expect(within(flows).queryByRole('img')).toBeNull();
    expect(within(flows).getByRole('list', { name: ko.later.flows }).children).toHaveLength(4);
    width.mockRestore();
  });

  it('shows no flows where there is only a meter', async () => {
    fakeService();
    openApp();
    await expectCard(ko.later.devices, 'ready');
    expect(screen.queryByRole('region', { name: ko.later.flows })).toBeNull();
  });

  it('reads the value out on demand, once a minute at most, and never by itself', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    fakeService();
    openApp();
    const now = await expectCard(ko.now.title, 'ready');
    const spoken = within(now).getByRole('status');
    const button = within(now).getByRole('button', { name: ko.now.read });
    expect(spoken.textContent).toBe('');
    fireEvent.click(button);
    expect(spoken.textContent).toMatch(/^현재 전력 0\.85킬로와트, 3초 전/);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await act(async () => vi.advanceTimersByTimeAsync(30_000));
    fireEvent.click(button);
    expect(spoken.textContent).toMatch(/3초 전/);
    await act(async () => vi.advanceTimersByTimeAsync(31_000));
    expect(button.getAttribute('aria-disabled')).toBe('false');
    fireEvent.click(button);
    expect(spoken.textContent).not.toMatch(/3초 전/);
  });

  it('leads from home to home and shows nothing of the one before', async () => {
    const [first] = aSession().households;
    const other = {
      ...first!,
      householdId: 'home-2',
      name: '양평 주택',
      origin: { type: 'simulated' as const, seed: 1 },
    };
    const answers = fakeService({ session: aSession({ households: [first!, other] }) });
    const { router } = openApp();
    await expectCard(ko.now.title, 'ready');
    answers.live = 'silent';
    answers.usage = 'silent';
    fireEvent.change(screen.getByRole('combobox', { name: ko.household.switch }), { target: { value: 'home-2' } });
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-2'));
    await expectCard(ko.now.title, 'loading');
    await expectCard(ko.later.day, 'loading');
    expect(screen.getByText(ko.origin.demo)).toBeDefined();
  });
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

describe('a home that does not report', () => {
  const silentFor = (ageMs: number): object => aLive({ load: { powerW: 850, ts: NOW_MS - ageMs, quality: 'good' } });

  it('turns the number into "last seen" with its time after two minutes', async () => {
    fakeService({ live: silentFor(3 * 60_000) });
    openApp();
    const now = await expectCard(ko.now.title, 'partial');
    expect(now.textContent).toContain('마지막 수신 오후 2:59 · 3분 전');
    expect(now.textContent).toContain(ko.now.silent);
    expect(screen.getByText('3분 전')).toBeDefined();
  });

  it('says what a meter would bring where there is none', async () => {
    const none = { powerW: null, ts: null, quality: 'missing' };
    const live = aLive({ devices: [], today: { loadWh: null, quality: 'missing' } });
    const nothing = { untilMs: null, loadWh: null, importWh: null, costWon: null, footprintG: null };
    fakeService({
      live: { ...live, load: none, grid: none },
      usage: aDayOfUsage(() => ({ loadWh: null, quality: 'missing' })),
      today: aToday({
        ...nothing,
        saving: { status: 'refused', method: 'm', version: 1, code: 'no-grid-meter', detail: 'x' },
      }),
      environment: { ...anEnvironment(), sensors: [] },
    });
    openApp();
    const titles = [
      ko.now.title,
      ko.later.savedToday,
      ko.later.co2,
      ko.later.day,
      ko.later.environment,
      ko.later.devices,
    ];
    for (const title of titles) await expectCard(title, 'empty');
    expect(screen.getByText(ko.now.empty.title)).toBeDefined();
    expect(screen.getByRole('link', { name: ko.now.connect }).getAttribute('href')).toBe(
      '/households/home-1/settings/devices',
    );
  });

  it('leaves quarter hours without a record blank and says so', async () => {
    fakeService({
      usage: aDayOfUsage((startMs) => (startMs < NOW_MS - 20 * 3_600_000 ? { loadWh: null, quality: 'missing' } : {})),
    });
    openApp();
    expect((await expectCard(ko.later.day, 'partial')).textContent).toContain('기록이 없어 비워 두었어요');
  });
});

describe('answers that do not come', () => {
  it('keeps the room of every card while loading', async () => {
    const silent = 'silent';
    const money = { today: silent, score: silent, bill: silent, days: silent, advice: silent } as const;
    fakeService({ live: silent, usage: silent, environment: silent, ...money });
    openApp();
    const { flows: _, ...later } = ko.later;
    for (const title of [ko.now.title, ...Object.values(later)])
      expect((await expectCard(title, 'loading')).getAttribute('aria-busy')).toBe('true');
  });

  it('explains a failure of the service and tries again on request', async () => {
    const answers = fakeService({ environment: 500 });
    openApp();
    const environment = await expectCard(ko.later.environment, 'error');
    expect(environment.textContent).toContain(ko.failure.unavailable.title);
    answers.environment = anEnvironment();
    fireEvent.click(within(environment).getByRole('button', { name: ko.retry }));
    expect((await expectCard(ko.later.environment, 'ready')).textContent).toContain('23.4 °C');
  });

  it('says that there is no connection when nothing was ever received', async () => {
    fakeService({ live: 'down' });
    openApp();
    expect((await expectCard(ko.now.title, 'offline')).textContent).toContain(ko.failure.unreachable.title);
    expect(screen.getByText(ko.freshness.offline)).toBeDefined();
  });

  it('keeps the last values under a banner when the connection is lost', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const answers = fakeService();
    openApp();
    await expectCard(ko.now.title, 'ready');
    answers.live = 'down';
    await act(async () => vi.advanceTimersByTimeAsync(5000));
    expect((await screen.findByText(ko.banner.unreachable)).tagName).toBe('OUTPUT');
    expect(card(ko.now.title).textContent).toContain('0.85kW');
    expect(screen.getByText(/^마지막 값 오후 3:01$/)).toBeDefined();
  });

  it.each([
    ['the service fails', 503],
    ['there is no connection', 'down'],
  ] as const)('says of a figure that is old when it was received, while the rest is live and %s', async (_, today) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: NOW_MS });
    const answers = fakeService();
    openApp();
    expect((await expectCard(ko.later.savedToday, 'ready')).textContent).not.toContain('받은 값');
    answers.today = today;
    await act(async () => vi.advanceTimersByTimeAsync(60_000));
    await expectCard(ko.later.savedToday, 'ready');
    vi.setSystemTime(NOW_MS + 16 * 60_000);
    await act(async () => vi.advanceTimersByTimeAsync(60_000));
    const saved = await expectCard(ko.later.savedToday, 'partial');
    expect(saved.textContent).toContain(ko.late('오후 3:02'));
    expect(saved.textContent).toContain('₩1,410');
    await expectCard(ko.later.bill, 'ready');
    answers.today = aToday();
    await act(async () => vi.advanceTimersByTimeAsync(60_000));
    expect((await expectCard(ko.later.savedToday, 'ready')).textContent).not.toContain('받은 값');
  });

  it('says so of every figure but the power, which has its age, while this device has no connection', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: NOW_MS });
    fakeService();
    openApp();
    await expectCard(ko.later.bill, 'ready');
    await expectCard(ko.later.savedToday, 'ready');
    act(() => onlineManager.setOnline(false));
    await act(async () => vi.advanceTimersByTimeAsync(60_000));
    await expectCard(ko.later.savedToday, 'ready');
    vi.setSystemTime(NOW_MS + 16 * 60_000);
    await act(async () => vi.advanceTimersByTimeAsync(60_000));
    expect((await expectCard(ko.later.savedToday, 'partial')).textContent).toContain(ko.late('오후 3:02'));
    const now = await expectCard(ko.now.title, 'partial');
    expect(now.textContent).toContain('마지막 수신 오후 3:01 · 17분 전');
    expect(now.textContent).not.toContain('받은 값');
    onlineManager.setOnline(true);
  });

  it('closes one card to somebody who may see the others', async () => {
    fakeService({ environment: 403 });
    openApp();
    expect((await expectCard(ko.later.environment, 'no-permission')).textContent).toContain(
      ko.failure['no-permission'].title,
    );
    await expectCard(ko.now.title, 'ready');
  });

  it("shows nothing of somebody else's home but the way to one's own", async () => {
    fakeService({ live: 403, usage: 403, environment: 403 });
    openApp('/households/not-mine');
    expect((await screen.findByRole('heading', { level: 1, name: koPages.denied.title })).tagName).toBe('H1');
    expect(screen.getByRole('link', { name: koPages.denied.home }).getAttribute('href')).toBe('/');
    expect(screen.queryByRole('region', { name: ko.now.title })).toBeNull();
  });

  it('asks to sign in again when the token is refused for good', async () => {
    fakeService({ live: 401 });
    const { signedOut } = openApp();
    await waitFor(() => expect(signedOut).toContain('/households/home-1'));
  });
});
