import { ko } from '@hems/shared/i18n/ko';
import { ko as koEnergy } from '@hems/shared/i18n/ko/energy';
import { aDeviceSeries, someDevices } from '@hems/shared/testing/energy-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const AIR = '/households/home-1/energy/devices/air-1';
const { quantity } = koEnergy;
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('a device of the home', () => {
  it('opens on what it tells first, today, with its mean and its extremes', async () => {
    fakeService();
    openApp(AIR);
    const card = await expectCard(quantity.temperature_cdegc, 'ready');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('거실');
    expect(within(card).getByRole('img').getAttribute('aria-label')).toMatch(/^11월 22일 \(일\) 온도 그래프\. 평균 /);
    expect(card.textContent).toContain(koEnergy.device.facts.most);
    expect(screen.getByText('공기질 센서 · 마지막 값 방금')).toBeDefined();
    expect(screen.getByText(koEnergy.device.kept(90))).toBeDefined();
  });

  it('shows each of its quantities on request, and keeps the choice in the address', async () => {
    const asked: string[] = [];
    fakeService({
      deviceSeries: (url) => {
        asked.push(url.searchParams.get('quantity') ?? '');
        return aDeviceSeries({
          deviceId: 'air-1',
          quantity: 'co2_ppm',
          grain: '15min',
          from: '2026-11-22',
          to: '2026-11-22',
        });
      },
    });
    const { router } = openApp(AIR);
    await expectCard(quantity.temperature_cdegc, 'ready');
    const group = screen.getByRole('group', { name: koEnergy.device.quantity });
    expect(within(group).getAllByRole('button')).toHaveLength(6);
    press(quantity.co2_ppm);
    expect((await expectCard(quantity.co2_ppm, 'ready')).textContent).toContain('ppm');
    expect(router.state.location.search).toMatchObject({ quantity: 'co2_ppm' });
    expect(asked).toEqual(['temperature_cdegc', 'co2_ppm']);
  });

  it('of a meter are power, voltage, current and power factor, never its register', async () => {
    fakeService();
    openApp('/households/home-1/energy/devices/meter-1');
    await expectCard(quantity.power_w, 'ready');
    const group = screen.getByRole('group', { name: koEnergy.device.quantity });
    expect(
      within(group)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual([quantity.power_w, quantity.voltage_mv, quantity.current_ma, quantity.power_factor_permille]);
  });

  it('tells the exact values of a quarter hour that is chosen by keyboard, and has a table twin', async () => {
    fakeService();
    openApp(AIR);
    const card = await expectCard(quantity.temperature_cdegc, 'ready');
    const slider = within(card).getByRole('slider', { name: koEnergy.device.pick });
    fireEvent.change(slider, { target: { value: '2' } });
    expect(slider.getAttribute('aria-valuetext')).toMatch(/^00:30–00:45 · 평균 [\d.]+ °C \([\d.]+ °C–[\d.]+ °C\)$/);
    press(koEnergy.table);
    // the head and the 61 quarter hours that have begun
    expect(within(screen.getByRole('table', { name: '11월 22일 (일) 값' })).getAllByRole('row')).toHaveLength(62);
  });

  it('goes back as far as anything is kept, and not beyond today', async () => {
    fakeService();
    const { router } = openApp(`${AIR}?date=2026-08-24`);
    await expectCard(quantity.temperature_cdegc, 'ready');
    expect(screen.getByRole('button', { name: koEnergy.previous }).getAttribute('aria-disabled')).toBe('true');
    press(koEnergy.today);
    await waitFor(() => expect(router.state.location.search).toMatchObject({ date: '2026-11-22' }));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: koEnergy.next }).getAttribute('aria-disabled')).toBe('true'),
    );
  });

  it('tells a month by the hour', async () => {
    const grains: (string | null)[] = [];
    fakeService({
      deviceSeries: (url) => {
        grains.push(url.searchParams.get('grain'));
        return aDeviceSeries({
          deviceId: 'air-1',
          quantity: 'temperature_cdegc',
          grain: 'hour',
          from: '2026-11-01',
          to: '2026-11-30',
        });
      },
    });
    openApp(`${AIR}?scope=month`);
    await expectCard(quantity.temperature_cdegc, 'ready');
    expect(grains).toEqual(['hour']);
  });

  it('is handed over as a file', async () => {
    fakeService();
    openApp(AIR);
    await expectCard(quantity.temperature_cdegc, 'ready');
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
    expect(await made[0]?.text()).toContain('2026-11-22T00:00:00+09:00,');
    click.mockRestore();
  });

  it('has a way back to the energy of the home', async () => {
    fakeService();
    const { router } = openApp(AIR);
    await expectCard(quantity.temperature_cdegc, 'ready');
    fireEvent.click(screen.getByRole('link', { name: koEnergy.device.back }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/energy'));
  });
});

describe('the states of a device', () => {
  it.each([
    ['silent', 'loading', ko.loading],
    [500, 'error', ko.failure.unavailable.title],
    ['down', 'offline', ko.failure.unreachable.title],
    [403, 'no-permission', ko.failure['no-permission'].title],
  ] as const)('a series "%s" is %s', async (deviceSeries, state, title) => {
    fakeService({ deviceSeries });
    openApp(AIR);
    expect((await expectCard(quantity.temperature_cdegc, state)).textContent).toContain(title);
  });

  it.each([
    ['silent', 'loading', ko.loading],
    [500, 'error', ko.failure.unavailable.title],
    ['down', 'offline', ko.failure.unreachable.title],
  ] as const)('devices "%s" are %s', async (devices, state, title) => {
    fakeService({ devices });
    openApp(AIR);
    expect((await expectCard(koEnergy.device.quantity, state)).textContent).toContain(title);
  });

  it('a device that told nothing yet, and one that is not of this home, say so', async () => {
    const [meter] = someDevices().devices;
    fakeService({ devices: { householdId: 'home-1', devices: [{ ...meter!, quantities: [] }] } });
    const { router } = openApp('/households/home-1/energy/devices/meter-1');
    expect((await expectCard(koEnergy.device.quantity, 'empty')).textContent).toContain(koEnergy.device.nothing.title);
    await router.navigate({
      to: '/households/$householdId/energy/devices/$deviceId',
      params: { householdId: 'home-1', deviceId: 'else' },
    });
    await waitFor(async () =>
      expect((await expectCard(koEnergy.device.quantity, 'empty')).textContent).toContain(
        koEnergy.device.unknown.title,
      ),
    );
  });

  it('a gap in the values is partial', async () => {
    fakeService({
      deviceSeries: aDeviceSeries(
        { deviceId: 'air-1', quantity: 'temperature_cdegc', grain: '15min', from: '2026-11-22', to: '2026-11-22' },
        (startMs) =>
          new Date(startMs).getUTCHours() === 20
            ? { value: null, min: null, max: null, samples: 0, quality: 'missing' }
            : {},
      ),
    });
    openApp(AIR);
    expect((await expectCard(quantity.temperature_cdegc, 'partial')).textContent).toContain(koEnergy.device.gaps);
  });
});
