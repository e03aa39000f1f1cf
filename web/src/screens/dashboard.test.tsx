import { ko } from '@hems/shared/i18n/ko';
import { ko as koPages } from '@hems/shared/i18n/ko/pages';
import { ko as koDay } from '@hems/shared/i18n/ko/day';
import { ko as koSavings } from '@hems/shared/i18n/ko/savings';
import { aDayOfUsage, aLive, anEnvironment, aSession, aSolarLive, NOW_MS } from '@hems/shared/testing/answers';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { card, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
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
  it('shows the power now with its age, the energy of today and where the figures come from', async () => {
    fakeService();
    openApp();
    const now = await expectCard(ko.now.title, 'ready');
    expect(now.textContent).toContain('0.85kW');
    expect(now.textContent).toMatch(/[3-5]초 전 · 측정값/);
    expect((await expectCard(ko.today.title, 'ready')).textContent).toContain('7.4kWh0시부터 지금까지 · 측정값');
    expect(screen.getByText('실시간')).toBeDefined();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('한강 아파트 1203호');
  });

  it('draws the last 24 hours as an image with one sentence, and as a table on request', async () => {
    fakeService();
    openApp();
    const day = await expectCard(ko.later.day, 'ready');
    expect(within(day).getByRole('img').getAttribute('aria-label')).toMatch(
      /^최근 24시간 전력 그래프\..*850 W입니다\.$/,
    );
    fireEvent.click(within(day).getByRole('button', { name: koDay.table }));
    const rows = within(within(day).getByRole('table', { name: koDay.tableCaption })).getAllByRole('row');
    expect(rows).toHaveLength(96);
    expect(rows[1]?.textContent).toBe('오후 2:45400 W0.10 kWh측정값');
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

  it('tells the flows of a home with solar and battery in words', async () => {
    fakeService({ live: aSolarLive() });
    openApp();
    const flows = within(await expectCard(ko.now.title, 'ready')).getByRole('list', { name: ko.now.flows });
    expect([...flows.children].map((flow) => flow.textContent)).toEqual([
      '태양광발전 중2.10 kW',
      '배터리충전 중 · 잔량 62%600 W',
      '한전보내는 중650 W',
    ]);
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
    expect(screen.getByText(ko.origin.simulated)).toBeDefined();
  });
});

describe('money and energy on the dashboard', () => {
  const atTheTimeOfTheAnswers = (): void => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(NOW_MS);
  };

  it("shows the bill so far with its tiers, yesterday's saving and the grade, each with its why", async () => {
    atTheTimeOfTheAnswers();
    fakeService();
    openApp();
    const bill = await expectCard(ko.later.bill, 'ready');
    expect(bill.textContent).toContain('₩27,600');
    expect(bill.textContent).toContain('10번 중 8번은 ₩30,800에서 ₩44,200 사이예요.');
    expect(within(bill).getByRole('link').getAttribute('href')).toBe('/households/home-1/bill');
    const saved = await expectCard(ko.later.saved, 'ready');
    expect(saved.textContent).toContain('요금−₩193전기−0.9 kWhCO₂−0.4 kg');
    expect(saved.textContent).toContain(koSavings.provisional);
    const score = await expectCard(ko.later.score, 'ready');
    expect(score.textContent).toContain(koSavings.ours);
    expect(score.textContent).toContain('그래서 87점, B 등급이에요.');
  });

  it('says why there is no saving and no grade, and keeps the rest', async () => {
    atTheTimeOfTheAnswers();
    const refused = { status: 'refused', code: 'insufficient-history', detail: 'x' };
    fakeService({ days: { householdId: 'home-1', days: [], saved: null }, score: refused, bill: 500 });
    openApp();
    expect((await expectCard(ko.later.saved, 'empty')).textContent).toContain(koSavings.notYet.title);
    expect((await expectCard(ko.later.score, 'empty')).textContent).toContain(koSavings.noScore);
    expect((await expectCard(ko.later.bill, 'error')).textContent).toContain(ko.failure.unavailable.title);
    await expectCard(ko.now.title, 'ready');
  });

  it('closes to somebody who may not see it', async () => {
    fakeService({ bill: 403, days: 403, score: 403 });
    openApp();
    for (const title of [ko.later.bill, ko.later.saved, ko.later.score]) await expectCard(title, 'no-permission');
    expect(card(ko.later.bill).textContent).toContain(ko.failure['no-permission'].title);
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
    fakeService({
      live: { ...live, load: none, grid: none },
      usage: aDayOfUsage(() => ({ loadWh: null, quality: 'missing' })),
      environment: { ...anEnvironment(), sensors: [] },
    });
    openApp();
    for (const title of [ko.now.title, ko.today.title, ko.later.day, ko.later.environment, ko.later.devices])
      await expectCard(title, 'empty');
    expect(screen.getByText(ko.now.empty.title)).toBeDefined();
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
    fakeService({ live: 'silent', usage: 'silent', environment: 'silent' });
    openApp();
    for (const title of [ko.now.title, ko.today.title, ko.later.day, ko.later.environment, ko.later.devices])
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
