import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import { ko } from '@hems/shared/i18n/ko/events';
import { ko as koReasons } from '@hems/shared/i18n/ko/reasons';
import { aSession, NOW_MS } from '@hems/shared/testing/answers';
import {
  anEvent,
  anEventDetail,
  anOutcome,
  aPastEvent,
  aRunningEvent,
  someEvents,
} from '@hems/shared/testing/event-answers';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();
const LIST = '/households/home-1/rewards/events';
const EVENT = `${LIST}/evening-1`;

describe('the events of a home', () => {
  it('begin with the invitation that waits for an answer; of a past one it says what it earned', async () => {
    fakeService();
    openApp(LIST);
    const rows = within(await expectCard(ko.list, 'ready')).getAllByRole('link');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^11월 23일 \(월\) 오후 6:00–오후 8:00.*답을 기다려요최대 500 P$/),
      expect.stringMatching(/^11월 19일 \(목\) .*참여500 P$/),
    ]);
    expect(rows[0]?.getAttribute('href')).toBe(EVENT);
  });

  it('lead to the programmes while there are none', async () => {
    fakeService({ events: someEvents({ events: [] }) });
    openApp(LIST);
    await expectCard(ko.list, 'empty');
    expect(screen.getByRole('link', { name: ko.toProgrammes })).toBeDefined();
  });
});

describe('an invitation', () => {
  it('tells the hours, what it earns for which cut, how long there is, and that silence is a no', async () => {
    fakeService();
    openApp(EVENT);
    const card = await expectCard(ko.title, 'ready');
    expect(card.textContent).toContain('11월 23일 (월) 오후 6:00–오후 8:00');
    expect(card.textContent).toContain(`${ko.estimate}500 P${ko.target('0.30', '1.62')}`);
    expect(card.textContent).toContain(ko.startsIn(ko.days(1, 2)));
    expect(card.textContent).toContain(ko.silenceIsNo);
  });

  it('is joined after it has said that it costs nothing, and the page shows it at once', async () => {
    const service = fakeService();
    openApp(EVENT);
    const card = within(await expectCard(ko.title, 'ready'));
    fireEvent.click(card.getByRole('button', { name: ko.join }));
    expect(card.getByText(ko.joinText)).toBeDefined();
    service.event = anEventDetail({ event: aPastEvent({ ...anEvent({ state: 'joined' }) }) });
    fireEvent.click(card.getByRole('button', { name: ko.confirm }));
    expect(await card.findByText(ko.state.joined)).toBeDefined();
    expect(service.done).toEqual(['PUT eventParticipation']);
  });

  it('is declined as easily', async () => {
    const service = fakeService();
    openApp(EVENT);
    const card = within(await expectCard(ko.title, 'ready'));
    fireEvent.click(card.getByRole('button', { name: ko.decline }));
    fireEvent.click(card.getByRole('button', { name: ko.confirm }));
    await waitFor(() => expect(service.done).toEqual(['DELETE eventParticipation']));
  });

  it('is nothing for a viewer to decide', async () => {
    const session = aSession();
    const households = session.households.map((one) => ({ ...one, role: 'viewer' as const }));
    fakeService({ session: { ...session, households } });
    openApp(EVENT);
    const card = within(await expectCard(ko.title, 'ready'));
    expect(card.queryAllByRole('button')).toEqual([]);
    expect(card.getByText(ko.viewer)).toBeDefined();
  });

  it('says why the rule left it to the people, and why nothing can be estimated', async () => {
    const estimate = { status: 'refused', code: 'insufficient-history', detail: 'x' } as const;
    fakeService({ event: anEventDetail({ event: anEvent({ refusedByRule: 'quiet-day' }), estimate }) });
    openApp(EVENT);
    const card = await expectCard(ko.title, 'ready');
    expect(card.textContent).toContain(ko.refusedByRule['quiet-day']);
    expect(card.textContent).toContain(`${ko.noEstimate} ${koReasons.refusal['insufficient-history']}`);
    // announced points are known whatever the home's past
    expect(card.textContent).toContain(ko.upTo('500 P'));
  });

  it('in won tells a range, and by which cuts', async () => {
    const estimate = { status: 'known', baselineWh: 1000, targetWh: null, unit: 'won', low: 130, high: 520 } as const;
    const event = anEvent({ programme: 'national-dr', unit: 'won', points: undefined });
    fakeService({ event: anEventDetail({ event, estimate }) });
    openApp(EVENT);
    const card = await expectCard(ko.title, 'ready');
    expect(card.textContent).toContain(`₩130–₩520${ko.rangeWhy('1.00')}`);
  });

  it('counts down by the minute; aloud it says only a few times that the start is near', async () => {
    const { startsMs } = anEvent();
    const heard: string[] = [];
    for (const minutes of [26 * 60, 20 * 60, 5 * 60, 59, 30, 9, 1]) {
      vi.setSystemTime(startsMs - minutes * 60_000);
      fakeService();
      openApp(EVENT);
      heard.push((await expectCard(ko.title, 'ready')).querySelector('output')?.textContent ?? '');
      cleanup();
    }
    const { day, hour, minutes } = ko.aloud;
    expect(heard).toEqual(['', day, day, hour, hour, minutes, minutes]);
  });
});

describe('an event that runs', () => {
  const event = aRunningEvent();
  const running = { untilMs: event.startsMs + HOUR_MS, importWh: 620, baselineWh: 810, missingSlots: 0 };

  it('shows the own use beside the usual one of the same time, and can be left at no cost', async () => {
    fakeService({ event: anEventDetail({ event, running }) });
    openApp(EVENT);
    const card = await expectCard(ko.title, 'ready');
    expect(card.textContent).toContain(ko.saving('0.19'));
    expect(card.textContent).toContain('0.62 kWh');
    expect(card.textContent).toContain('0.81 kWh');
    fireEvent.click(within(card).getByRole('button', { name: ko.leave }));
    expect(within(card).getByText(ko.leaveText)).toBeDefined();
  });

  it('says which quarter hours are missing, and that the first is not over', async () => {
    fakeService({ event: anEventDetail({ event, running: { ...running, missingSlots: 2 } }) });
    openApp(EVENT);
    expect((await expectCard(ko.title, 'partial')).textContent).toContain(ko.missingSlots(2));
  });
});

describe('the result of an event', () => {
  const shown = async (over: Parameters<typeof aPastEvent>[0], state = 'ready'): Promise<string> => {
    fakeService({ event: anEventDetail({ event: aPastEvent(over) }) });
    openApp(EVENT);
    return (await expectCard(ko.title, state)).textContent;
  };

  it('is provisional first, and says so', async () => {
    const text = await shown({ final: null });
    expect(text).toContain(`${ko.result.provisional}${ko.expected('500 P')}`);
    expect(text).toContain(ko.saved('0.48'));
    expect(text).toContain(ko.provisionalNote);
  });

  it('is settled then, with what it is held against and how good the readings were', async () => {
    const text = await shown({ final: anOutcome({ quality: 'estimated' }) });
    expect(text).toContain(`${ko.result.final}${ko.earned('500 P')}`);
    expect(text).toContain(ko.basis(koReasons.method['ten-of-ten']));
    expect(text).toContain(ko.quality.estimated);
  });

  it('is awaited for half an hour after the end, and not for ever', async () => {
    const ended = (days: number) => {
      const endsMs = NOW_MS - days * DAY_MS - 60_000;
      return aPastEvent({ endsMs, startsMs: endsMs - HOUR_MS, provisional: null, final: null });
    };
    expect(await shown(ended(0))).toContain(ko.awaiting);
    cleanup();
    expect(await shown(ended(3))).toContain(ko.unknown);
  });

  it('of more use than usual is no reward, and no penalty either', async () => {
    const text = await shown({ final: anOutcome({ importWh: 2000, savedWh: -380, amount: 0 }) });
    expect(text).toContain(ko.notSaved('0.38'));
    expect(text).toContain(`${ko.noReward}${ko.noPenalty}`);
  });

  it('that cannot be told says why', async () => {
    const unknown = { status: 'unknown', atMs: NOW_MS, code: 'missing-use' } as const;
    const text = await shown({ provisional: unknown, final: null }, 'partial');
    expect(text).toContain(ko.unknownYet);
    expect(text).toContain(koReasons.refusal['missing-use']);
  });

  it('has its way in a timeline, from the invitation by the rule to the payment', async () => {
    await shown({});
    const steps = within(await expectCard(ko.timeline, 'ready')).getAllByRole('listitem');
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining(ko.step.invited),
      expect.stringContaining(ko.by.rule),
      expect.stringContaining(ko.step.started),
      expect.stringContaining(ko.step.ended),
      expect.stringContaining(ko.step.provisional),
      expect.stringContaining(ko.step.final),
      expect.stringContaining(ko.step.paid),
    ]);
  });
});

describe('the rule of a home', () => {
  it('is sent as it was stated', async () => {
    const service = fakeService();
    openApp(LIST);
    const card = within(await expectCard(ko.rule, 'ready'));
    fireEvent.change(card.getByLabelText(ko.minimumPoints), { target: { value: '1,000' } });
    fireEvent.click(card.getByLabelText('토'));
    fireEvent.click(card.getByLabelText(ko.quietHours));
    fireEvent.click(card.getByRole('button', { name: ko.save }));
    await waitFor(() => expect(service.done).toHaveLength(1));
    expect(JSON.parse(service.done[0]?.replace('PUT eventRule ', '') ?? '')).toEqual({
      isOn: true,
      minimum: { points: 1000, won: 0 },
      quietWeekdays: [5, 6],
      quietHours: { fromHour: 22, toHour: 7 },
      quietDates: null,
      mostPerWeek: 3,
    });
    expect(await card.findByText(ko.ruleSaved)).toBeDefined();
  });

  it('with a minimum that is no number is not sent, and says what may stand there', async () => {
    const service = fakeService();
    openApp(LIST);
    const card = within(await expectCard(ko.rule, 'ready'));
    fireEvent.change(card.getByLabelText(ko.minimumWon), { target: { value: '많이' } });
    fireEvent.click(card.getByRole('button', { name: ko.save }));
    expect(card.getByRole('alert').textContent).toBe(ko.minimumWrong);
    expect(service.done).toEqual([]);
  });
});
