import { ko } from '@hems/shared/i18n/ko';
import { ko as koPages } from '@hems/shared/i18n/ko/pages';
import { aDayOfUsage, aLive, anEnvironment, aToday, NOW_MS } from '@hems/shared/testing/answers';
import { onlineManager } from '@tanstack/react-query';
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
