import { ko } from '@hems/shared/i18n/ko';
import { ko as koPages } from '@hems/shared/i18n/ko/pages';
import { ko as koEnergy } from '@hems/shared/i18n/ko/energy';
import { aSession, aToday } from '@hems/shared/testing/answers';
import { aSupply, daysOfUsage } from '@hems/shared/testing/money-answers';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/energy';
const use = async (state = 'ready'): Promise<HTMLElement> => expectCard(koEnergy.total.kwh, state);
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('the energy of a home', () => {
  it('opens on this month, with its sum, an image in one sentence and a bar for each day', async () => {
    fakeService();
    openApp(PATH);
    const card = await use();
    expect(card.textContent).toContain('176.0 kWh');
    expect(screen.getByText('2026년 11월')).toBeDefined();
    expect(within(card).getByRole('img').getAttribute('aria-label')).toMatch(/^2026년 11월 사용량 합계 막대그래프/);
    expect(card.querySelectorAll('rect[data-state=known]')).toHaveLength(22);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(koEnergy.title);
  });

  it('tells the exact value of a bar that is chosen by keyboard', async () => {
    fakeService();
    openApp(PATH);
    const slider = within(await use()).getByRole('slider', { name: koEnergy.pick });
    fireEvent.change(slider, { target: { value: '2' } });
    expect(slider.getAttribute('aria-valuetext')).toBe('11월 3일 (화) · 8.0 kWh · 측정값');
    expect(screen.getByText('11월 3일 (화) · 8.0 kWh · 측정값')).toBeDefined();
  });

  it('has a table twin with each day that has come', async () => {
    fakeService();
    openApp(PATH);
    await use();
    press(koEnergy.table);
    const rows = within(screen.getByRole('table', { name: '2026년 11월 값' })).getAllByRole('row');
    expect(rows).toHaveLength(23);
    expect(rows[1]?.textContent).toBe('11월 1일 (일)8.0 kWh측정값');
  });

  it('draws a day without a record as a frame, says so, and leaves it out of the sum', async () => {
    fakeService({
      usage: daysOfUsage({ from: '2026-11-01', to: '2026-11-30' }, (date) =>
        date === '2026-11-05' ? { loadWh: null, quality: 'missing', missingSlots: 96 } : {},
      ),
    });
    openApp(PATH);
    const card = await use('partial');
    expect(card.querySelectorAll('rect[data-state=missing]')).toHaveLength(1);
    expect(card.textContent).toContain('기록이 없는 1일은 합계에 들어 있지 않아요.');
  });

  it('keeps span and comparison in the address, and goes back span by span', async () => {
    fakeService();
    const { router } = openApp(PATH);
    await use();
    press(koEnergy.previous);
    await screen.findByText('2026년 10월');
    expect(router.state.location.search).toMatchObject({ date: '2026-10-31' });
    await waitFor(() => expect(screen.getByText('248.0 kWh')).toBeDefined());
    fireEvent.change(screen.getByRole('combobox', { name: koEnergy.compare }), { target: { value: 'year' } });
    await screen.findByText('지난해 같은 달보다 늘지도 줄지도 않았어요.');
    expect(router.state.location.search).toMatchObject({ compare: 'year' });
    press(koEnergy.today);
    await screen.findByText('2026년 11월');
  });

  it('does not go beyond today', async () => {
    fakeService();
    const { router } = openApp(PATH);
    await use();
    const next = screen.getByRole('button', { name: koEnergy.next });
    expect(next.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(next);
    expect(router.state.location.search).toEqual({});
  });

  it('shows won on request, by the day, and remembers the choice', async () => {
    fakeService();
    openApp(PATH);
    await use();
    press(koEnergy.units.won);
    const card = await expectCard(koEnergy.total.won, 'ready');
    await waitFor(() => expect(card.textContent).toContain('₩26,610'));
    expect(card.textContent).not.toContain(koEnergy.costWithoutToday);
    expect(localStorage.getItem('hems.unit')).toBe('won');
  });

  it('waits for the won of today, so that no lesser total is shown before', async () => {
    localStorage.setItem('hems.unit', 'won');
    fakeService({ today: 'silent' });
    openApp(PATH);
    await expectCard(koEnergy.devices.title, 'loading');
    await expectCard(koEnergy.total.won, 'loading');
  });

  it('does without the won of today where they cannot be had, and says so', async () => {
    localStorage.setItem('hems.unit', 'won');
    fakeService({ today: 500 });
    openApp(PATH);
    const card = await expectCard(koEnergy.total.won, 'ready');
    expect(card.textContent).toContain('₩25,200');
    expect(card.textContent).toContain(koEnergy.costWithoutToday);
  });

  it('asks for today in won of a span that holds it, and only then', async () => {
    localStorage.setItem('hems.unit', 'won');
    const asked: string[] = [];
    fakeService({ today: ({ pathname }) => (asked.push(pathname), aToday()) });
    openApp(`${PATH}?scope=month&date=2026-10-15`);
    const card = await expectCard(koEnergy.total.won, 'ready');
    expect(card.textContent).toContain('₩37,200');
    expect(asked).toEqual([]);
    press(koEnergy.next);
    await screen.findByText('₩26,610');
    expect(asked).toHaveLength(1);
  });

  it('cuts the billing month at the day on which the meter is read', async () => {
    fakeService({ supply: aSupply({ supply: { ...ASSUMED_SUPPLY, readingDay: 15 }, assumed: false }) });
    openApp(`${PATH}?scope=billing`);
    expect(await screen.findByText('11월 15일 – 12월 14일 검침')).toBeDefined();
    expect(screen.queryByText(koEnergy.billingAssumed)).toBeNull();
  });

  it('hands over the span as a file', async () => {
    fakeService();
    openApp(PATH);
    await use();
    const made: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => (made.push(blob), 'blob:x'),
        revokeObjectURL: () => undefined,
      }),
    );
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    press(koEnergy.download);
    expect(click).toHaveBeenCalledTimes(1);
    expect(await made[0]?.text()).toContain('11월 1일 (일),8000,,측정값');
    click.mockRestore();
  });

  it('switches the home and stays on the screen', async () => {
    const [first] = aSession().households;
    const other = {
      ...first!,
      householdId: 'home-2',
      name: '양평 주택',
      origin: { type: 'simulated' as const, seed: 1 },
    };
    fakeService({ session: aSession({ households: [first!, other] }) });
    const { router } = openApp(PATH);
    await use();
    fireEvent.change(screen.getByRole('combobox', { name: ko.household.switch }), { target: { value: 'home-2' } });
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-2/energy'));
    expect(await screen.findByText(ko.origin.simulated)).toBeDefined();
  });
});

describe('use and bill', () => {
  it('are two pages of one screen', async () => {
    fakeService();
    const { router } = openApp(PATH);
    await use();
    const tabs = screen.getByRole('navigation', { name: koEnergy.tabs.label });
    expect(within(tabs).getByRole('link', { name: koEnergy.tabs.use }).getAttribute('aria-current')).toBe('page');
    fireEvent.click(within(tabs).getByRole('link', { name: koEnergy.tabs.bill }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/bill'));
    await waitFor(() =>
      expect(screen.getByRole('link', { name: koEnergy.tabs.bill }).getAttribute('aria-current')).toBe('page'),
    );
  });
});

describe('the states of the chart', () => {
  it.each([
    ['silent', 'loading', ko.loading],
    [500, 'error', ko.failure.unavailable.title],
    ['down', 'offline', ko.failure.unreachable.title],
    [403, 'no-permission', ko.failure['no-permission'].title],
  ] as const)('an answer "%s" is %s', async (usage, state, title) => {
    fakeService({ usage });
    openApp(PATH);
    const card = await use(state);
    expect(card.textContent).toContain(title);
  });

  it('without any record is empty', async () => {
    fakeService({ usage: { ...daysOfUsage({ from: '2026-11-01', to: '2026-11-30' }), intervals: [] } });
    openApp(PATH);
    expect((await use('empty')).textContent).toContain(koEnergy.empty.title);
  });

  it("shows nothing of somebody else's home", async () => {
    fakeService();
    openApp('/households/not-mine/energy');
    expect(await screen.findByRole('heading', { name: koPages.denied.title })).toBeDefined();
    expect(screen.queryByRole('region', { name: koEnergy.total.kwh })).toBeNull();
  });
});
