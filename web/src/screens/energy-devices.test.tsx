import { ko } from '@hems/shared/i18n/ko';
import { ko as koEnergy } from '@hems/shared/i18n/ko/energy';
import type { DeviceUsage } from '@hems/shared/api/usage';
import { aDeviceUsage } from '@hems/shared/testing/energy-answers';
import { someDays } from '@hems/shared/testing/money-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/energy';
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('the use by device', () => {
  const { devices } = koEnergy;

  it('ranks the devices of the span, with the way to each', async () => {
    fakeService();
    openApp(PATH);
    const card = await expectCard(devices.title, 'ready');
    const rows = within(card).getAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      '전기차 충전기62.4 kWh집 전체의 35%',
      '냉장고31.0 kWh집 전체의 18%',
      '세탁기4.6 kWh11월 19일부터 · 일부 누락',
      `${devices.other}78.0 kWh${devices.otherBefore}집 전체의 44%`,
    ]);
    expect(within(rows[1]!).getByRole('link').getAttribute('href')).toBe('/households/home-1/energy/devices/plug-1');
    expect(within(rows[3]!).queryByRole('link')).toBeNull();
  });

  it('asks for the days of the chart, and is told of a month at most', async () => {
    const asked: string[] = [];
    fakeService({
      deviceUsage: (url) => {
        asked.push(`${url.searchParams.get('from')} ${url.searchParams.get('to')}`);
        return aDeviceUsage({ from: '2026-11-01', to: '2026-11-30' });
      },
    });
    openApp(PATH);
    await expectCard(devices.title, 'ready');
    press(koEnergy.scopes.year);
    expect((await expectCard(devices.title, 'empty')).textContent).toContain(devices.tooLong.title);
    expect(asked).toEqual(['2026-11-01 2026-11-30']);
  });

  it.each([
    ['silent', 'loading', ko.loading],
    [500, 'error', ko.failure.unavailable.title],
    ['down', 'offline', ko.failure.unreachable.title],
    [403, 'no-permission', ko.failure['no-permission'].title],
    [aDeviceUsage({ from: '2026-11-01', to: '2026-11-30' }, { devices: [] }), 'empty', devices.empty.title],
    [aDeviceUsage({ from: '2026-11-01', to: '2026-11-30' }, { otherWh: null }), 'partial', devices.moreThanLoad],
  ] as const)('an answer %o is %s', async (deviceUsage, state, text) => {
    fakeService({ deviceUsage });
    openApp(PATH);
    expect((await expectCard(devices.title, state)).textContent).toContain(text);
  });

  it('is shared out in won once the days are priced, and waits for them', async () => {
    const asked: string[] = [];
    const deviceUsage = (url: URL): DeviceUsage => {
      const span = { from: url.searchParams.get('from') ?? '', to: url.searchParams.get('to') ?? '' };
      asked.push(`${span.from} ${span.to}`);
      return aDeviceUsage(span);
    };
    const answers = fakeService({ days: 'silent', deviceUsage });
    openApp(PATH);
    await expectCard(devices.title, 'ready');
    press(koEnergy.units.won);
    await expectCard(devices.title, 'loading');
    answers.days = someDays({ from: '2026-11-01', to: '2026-11-30' });
    press(koEnergy.units.kwh);
    press(koEnergy.previous);
    press(koEnergy.units.won);
    // 62.4 of 176 kWh, of 21 days of 1,200 won
    await waitFor(async () => expect((await expectCard(devices.title, 'ready')).textContent).toContain('₩8,935'));
    expect((await expectCard(devices.title, 'ready')).textContent).toContain(
      devices.costSharedOf('11월 1일 – 11월 21일'),
    );
    expect(asked.at(-1)).toBe('2026-11-01 2026-11-21');
  });

  it('leads to every device that measures something', async () => {
    fakeService();
    const { router } = openApp(PATH);
    const card = await expectCard(devices.links, 'ready');
    fireEvent.click(within(card).getByRole('link', { name: /거실/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/energy/devices/air-1'));
  });
});
