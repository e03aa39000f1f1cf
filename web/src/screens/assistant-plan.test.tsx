import { ko as koAssistant } from '@hems/shared/i18n/ko/assistant';
import { ko as koPlan } from '@hems/shared/i18n/ko/plan';
import { aSession, NOW_MS } from '@hems/shared/testing/answers';
import { aPlan } from '@hems/shared/testing/assistant-answers';
import { someEquipment } from '@hems/shared/testing/joining-answers';
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/assistant';
const aViewer = () => aSession({ households: [{ ...aSession().households[0]!, role: 'viewer' }] });
const button = (name: string, place = screen.getByRole('main')) => within(place).getByRole('button', { name });
const sent = (done: readonly string[], what: string): unknown =>
  JSON.parse(done.find((one) => one.startsWith(what))!.slice(what.length + 1));

describe('the plan of battery and car', () => {
  it('says what it saves, what happens when and why, and how the last orders fared', async () => {
    fakeService();
    openApp(`${PATH}/plan`);
    const plan = await expectCard(koPlan.plan, 'ready');
    expect(plan.textContent).toContain('₩820 아껴요');
    expect(within(plan).getByRole('img').getAttribute('aria-label')).toContain('동작은 7개');
    const timeline = await expectCard(koPlan.timeline, 'ready');
    const [now, evening] = within(timeline).getAllByRole('listitem');
    expect(now!.textContent).toContain(koPlan.now);
    expect(evening!.textContent).toBe(
      '오후 6:00 – 오후 10:00 배터리 방전 1.20 kW전기가 비싸서 배터리로 써요. 끝나면 3.0 kWh',
    );
    expect((await expectCard(koPlan.orders, 'ready')).textContent).toContain(koPlan.orderState.expired);
  });

  it('is switched on after a second word, with its consequences in sight', async () => {
    const off = { isOn: false, reservePermille: 200, car: null };
    const answers = fakeService({ plan: aPlan({ automation: off }), automation: { ...off, isOn: true } });
    openApp(`${PATH}/plan`);
    const card = await expectCard(koPlan.automation, 'ready');
    for (const text of koPlan.consequences) expect(card.textContent).toContain(text);
    expect((await expectCard(koPlan.plan, 'partial')).textContent).toContain(koPlan.sketch);
    fireEvent.click(button(koPlan.turnOn, card));
    expect(answers.done).toEqual([]);
    answers.plan = aPlan();
    fireEvent.click(button(koPlan.confirm, card));
    expect(await screen.findByText(koPlan.isOn)).toBeDefined();
    expect(sent(answers.done, 'PUT automation')).toEqual({ ...off, isOn: true });
  });

  it('keeps to a reserve and a car that the form states', async () => {
    const answers = fakeService({ automation: { isOn: true, reservePermille: 300, car: null } });
    openApp(`${PATH}/plan`);
    await expectCard(koPlan.settings, 'ready');
    fireEvent.change(screen.getByLabelText(koPlan.reserve), { target: { value: '30' } });
    fireEvent.click(screen.getByLabelText(koPlan.hasCar));
    fireEvent.change(screen.getByLabelText(koPlan.carNeed), { target: { value: 'full' } });
    fireEvent.click(screen.getByRole('button', { name: koPlan.save }));
    expect(screen.getByRole('alert').textContent).toBe(koPlan.carNeedHint);
    expect(answers.done).toEqual([]);
    fireEvent.change(screen.getByLabelText(koPlan.carNeed), { target: { value: '12.5' } });
    fireEvent.change(screen.getByLabelText(koPlan.readyBy), { target: { value: '06:30' } });
    fireEvent.click(screen.getByRole('button', { name: koPlan.save }));
    expect(await screen.findByText(koPlan.saved)).toBeDefined();
    expect(sent(answers.done, 'PUT automation')).toEqual({
      isOn: true,
      reservePermille: 300,
      car: { needWh: 12_500, readyBy: '06:30' },
    });
  });

  it('is set aside with an end, and taken back', async () => {
    const override = { mode: 'self-use' as const, untilMs: NOW_MS + 180 * 60_000 };
    const answers = fakeService({ override });
    openApp(`${PATH}/plan`);
    await expectCard(koPlan.override, 'ready');
    fireEvent.change(screen.getByLabelText(koPlan.modeLabel), { target: { value: 'self-use' } });
    fireEvent.change(screen.getByLabelText(koPlan.howLong), { target: { value: 'three-hours' } });
    answers.plan = aPlan({ override });
    fireEvent.click(screen.getByRole('button', { name: koPlan.start }));
    expect(await screen.findByText(/^오후 6:02까지 ‘평소대로/)).toBeDefined();
    expect(sent(answers.done, 'PUT override')).toEqual({ mode: 'self-use', minutes: 180 });
    answers.plan = aPlan();
    answers.override = {};
    fireEvent.click(screen.getByRole('button', { name: koPlan.undo }));
    expect(await screen.findByRole('button', { name: koPlan.start })).toBeDefined();
    expect(answers.done.at(-1)).toBe('DELETE override');
  });

  it('that is a safe one names the limits in conflict', async () => {
    fakeService({ plan: aPlan({ plan: { status: 'safe', conflicts: ['car-ready-by'] } }) });
    openApp(`${PATH}/plan`);
    const safe = within(await expectCard(koPlan.plan, 'ready')).getByRole('region', { name: koPlan.safe });
    expect(safe.textContent).toContain(koPlan.conflict['car-ready-by']);
  });

  it('of a home without battery or car is not there, and nothing can be switched on', async () => {
    fakeService({ plan: aPlan({ plan: null, why: 'nothing-to-plan', orders: [] }) });
    openApp(`${PATH}/plan`);
    expect((await expectCard(koPlan.plan, 'empty')).textContent).toContain(koPlan.why['nothing-to-plan'].title);
    expect(screen.queryByRole('region', { name: koPlan.automation })).toBeNull();
    expect(screen.queryByRole('region', { name: koPlan.settings })).toBeNull();
    expect(screen.getByRole('link', { name: koPlan.toDevices }).getAttribute('href')).toBe(
      '/households/home-1/settings/devices',
    );
  });

  it('that cannot know what is cheap leads to the contract', async () => {
    fakeService({ plan: aPlan({ plan: null, why: 'no-price', orders: [] }) });
    openApp(`${PATH}/plan`);
    await expectCard(koPlan.plan, 'empty');
    expect(screen.getByRole('link', { name: koPlan.toBill }).getAttribute('href')).toBe('/households/home-1/bill');
  });

  it('of a home with a charger alone asks what the car needs', async () => {
    const equipment = someEquipment();
    const charger = {
      ...equipment.devices[0]!,
      deviceId: 'charger-1',
      kind: 'ev_charger' as const,
      status: 'active' as const,
    };
    fakeService({
      plan: aPlan({ plan: null, why: 'nothing-to-plan', orders: [] }),
      gateways: { ...equipment, devices: [...equipment.devices, charger] },
    });
    openApp(`${PATH}/plan`);
    await expectCard(koPlan.settings, 'ready');
    expect(screen.getByLabelText(koPlan.hasCar)).toBeDefined();
  });

  it('is only looked at by a viewer', async () => {
    fakeService({ session: aViewer() });
    openApp(`${PATH}/plan`);
    await expectCard(koPlan.plan, 'ready');
    expect(screen.queryByRole('button', { name: koPlan.turnOff })).toBeNull();
    expect(screen.queryByRole('button', { name: koPlan.start })).toBeNull();
    expect(screen.queryByRole('region', { name: koPlan.settings })).toBeNull();
  });

  it('is not made without consent', async () => {
    fakeService({ plan: aPlan({ plan: null, why: 'no-consent', orders: [] }) });
    openApp(`${PATH}/plan`);
    expect(await screen.findByRole('link', { name: koAssistant.noConsent.open })).toBeDefined();
  });

  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('an answer "%s" is %s', async (plan, state) => {
    fakeService({ plan });
    openApp(`${PATH}/plan`);
    await expectCard(koPlan.plan, state);
  });
});
