import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { Usage } from '@hems/shared/api/usage';
import { ko as koEnergy } from '@hems/shared/i18n/ko/energy';
import { aDayOfUsage } from '@hems/shared/testing/answers';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/energy';
const use = async (state = 'ready'): Promise<HTMLElement> => expectCard(koEnergy.total.kwh, state);
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('the quarter hours of a day', () => {
  const quarters = aDayOfUsage();
  const inHours = (usage: Usage): Usage => ({
    ...usage,
    grain: 'hour',
    intervals: [...Map.groupBy(usage.intervals, ({ startMs }) => startMs - (startMs % HOUR_MS))].map(
      ([startMs, own]) => ({
        ...own[0]!,
        startMs,
        endMs: startMs + HOUR_MS,
        loadWh: own.reduce((sum, { loadWh }) => sum + (loadWh ?? 0), 0),
      }),
    ),
  });

  it('are shown on request, and add up to its hours', async () => {
    const grains: (string | null)[] = [];
    fakeService({
      usage: (url) => {
        grains.push(url.searchParams.get('grain'));
        return url.searchParams.get('grain') === 'hour' ? inHours(quarters) : quarters;
      },
    });
    const { router } = openApp(`${PATH}?scope=day`);
    expect((await use()).textContent).toContain('6.10 kWh');
    press(koEnergy.steps.quarter);
    await waitFor(() => expect(grains).toEqual(['hour', '15min']));
    const card = await use();
    // 61 quarter hours of today have begun
    await waitFor(() => expect(card.querySelectorAll('rect[data-state=known]')).toHaveLength(61));
    expect(card.textContent).toContain('6.10 kWh');
    expect(router.state.location.search).toMatchObject({ step: 'quarter' });
  });
});

describe('a flick over the chart', () => {
  const flick = (card: HTMLElement, toX: number, { ms = 120, toY = 0 } = {}): void => {
    const start = new TouchEvent('touchstart', { bubbles: true, touches: [touchAt(200, 0)] });
    const end = new TouchEvent('touchend', { bubbles: true, changedTouches: [touchAt(toX, toY)] });
    Object.defineProperty(start, 'timeStamp', { value: 1000 });
    Object.defineProperty(end, 'timeStamp', { value: 1000 + ms });
    fireEvent(card, start);
    fireEvent(card, end);
  };
  const touchAt = (clientX: number, clientY: number): Touch => ({ clientX, clientY }) as Touch;

  it('goes to the span before, and back', async () => {
    fakeService();
    openApp(PATH);
    flick(await use(), 290);
    expect(await screen.findByText('2026년 10월')).toBeDefined();
    flick(await use(), 110);
    expect(await screen.findByText('2026년 11월')).toBeDefined();
  });

  it('is no slow choosing, no scrolling, and leads nowhere beyond today', async () => {
    fakeService();
    const { router } = openApp(PATH);
    const card = await use();
    flick(card, 290, { ms: 900 });
    flick(card, 290, { toY: 80 });
    flick(card, 230);
    flick(card, 110);
    expect(router.state.location.search).toEqual({});
  });
});
