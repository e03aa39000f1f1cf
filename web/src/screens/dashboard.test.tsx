import { ko } from '@hems/shared/i18n/ko';
import { ko as koDay } from '@hems/shared/i18n/ko/day';
import { aLive, aSession, aSolarLive, NOW_MS } from '@hems/shared/testing/answers';
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
