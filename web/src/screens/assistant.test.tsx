import { ko } from '@hems/shared/i18n/ko';
import { ko as koRules } from '@hems/shared/i18n/ko/advice';
import { ko as koAssistant } from '@hems/shared/i18n/ko/assistant';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koForecast } from '@hems/shared/i18n/ko/forecast';
import { ko as koPlan } from '@hems/shared/i18n/ko/plan';
import { ko as koAdvice } from '@hems/shared/i18n/ko/suggestions';
import { aSession, NOW_MS } from '@hems/shared/testing/answers';
import { aForecast, anAdvice, aPlan, aSuggestion } from '@hems/shared/testing/assistant-answers';
import { someEquipment } from '@hems/shared/testing/joining-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/assistant';
const aViewer = () => aSession({ households: [{ ...aSession().households[0]!, role: 'viewer' }] });
const button = (name: string, place = screen.getByRole('main')) => within(place).getByRole('button', { name });
const sent = (done: readonly string[], what: string): unknown =>
  JSON.parse(done.find((one) => one.startsWith(what))!.slice(what.length + 1));

describe('the forecast of a home', () => {
  it('tells the next hour with its range and how often that is right, never as a bare percentage', async () => {
    fakeService();
    openApp(`${PATH}/forecast`);
    const next = await expectCard(koAssistant.next.title, 'ready');
    expect(next.textContent).toContain('1.2 kW');
    expect(next.textContent).toContain('10번 중 8번은 0.8–2.1 kW 사이예요.');
    expect(next.textContent).toContain('10번 중 약 6번은 1.0–1.4 kW 안에 들어요.');
    expect(next.textContent).not.toContain('%');
  });

  it('draws the hours as an image with one sentence, and as a table on request', async () => {
    fakeService();
    openApp(`${PATH}/forecast`);
    const hours = await expectCard(koForecast.hours, 'ready');
    expect(within(hours).getByRole('img').getAttribute('aria-label')).toMatch(/^11월 24일 \(화\) 오전 12:00까지/);
    expect(hours.textContent).toContain('출처: AI 모델 · 모델 test-1');
    fireEvent.click(button(koForecast.table, hours));
    const rows = within(within(hours).getByRole('table', { name: koForecast.tableCaption })).getAllByRole('row');
    expect(rows).toHaveLength(34);
    expect(rows[1]!.textContent).toBe('11월 22일 (일) 오후 3:001.30 kW1.20 kW0.80–2.10 kW1.25 kWAI 모델');
  });

  it('has the days, the month, a score beside the 7-day mean, and each past day by keyboard', async () => {
    fakeService();
    openApp(`${PATH}/forecast`);
    expect((await expectCard(koForecast.days, 'ready')).textContent).toContain('내일 31.0 kWh');
    expect((await expectCard(koForecast.score, 'ready')).textContent).toContain('74% 맞음');
    const past = await expectCard(koForecast.accuracy, 'ready');
    const slider = within(past).getByRole('slider', { name: koForecast.pick });
    fireEvent.change(slider, { target: { value: '27' } });
    expect(slider.getAttribute('aria-valuetext')).toBe(
      '11월 21일 (토) · 예상 28.5 kWh, 실제 30.0 kWh · 정확도 75% (7일 평균 68%)',
    );
  });

  it('without consent asks for nothing but the consent', async () => {
    fakeService({ forecast: refusal(403, 'no-consent'), accuracy: refusal(403, 'no-consent') });
    openApp(`${PATH}/forecast`);
    const link = await screen.findByRole('link', { name: koAssistant.noConsent.open });
    expect(link.getAttribute('href')).toBe('/households/home-1/settings/consents');
    expect(screen.getByText(koAssistant.noConsent.title)).toBeDefined();
    expect(screen.queryByRole('region', { name: koForecast.hours })).toBeNull();
  });

  it.each([
    ['silent', 'loading'],
    [500, 'error'],
    ['down', 'offline'],
    [403, 'no-permission'],
  ] as const)('an answer %# is %s', async (forecast, state) => {
    fakeService({ forecast });
    openApp(`${PATH}/forecast`);
    await expectCard(koAssistant.next.title, state);
    await expectCard(koForecast.hours, state);
    await expectCard(koForecast.days, state);
  });

  it.each(['collecting', 'wiring'] as const)('while %s says so once', async (status) => {
    fakeService({ forecast: aForecast({ status, hours: [] }) });
    openApp(`${PATH}/forecast`);
    const next = await expectCard(koAssistant.next.title, 'empty');
    expect(next.textContent).toContain(koAssistant[status].title);
    expect(screen.queryByRole('region', { name: koForecast.hours })).toBeNull();
  });

  it('of the engine that does not answer says what stands in for it', async () => {
    fakeService({ forecast: aForecast({ engine: 'usual' }) });
    openApp(`${PATH}/forecast`);
    const next = await expectCard(koAssistant.next.title, 'ready');
    expect(next.textContent).toContain(koAssistant.whySource.usual);
  });
});

describe('suggestions', () => {
  it('say what to do, why, won a month as a range, and what that rests on', async () => {
    fakeService();
    openApp(PATH);
    const list = await expectCard(koAdvice.suggestions, 'ready');
    const [first] = within(list).getAllByRole('listitem');
    expect(within(first!).getByRole('heading', { level: 3 }).textContent).toBe(koRules.rule.standby.title);
    expect(first!.textContent).toContain('한 달에 ₩2,100–₩4,300 아낄 수 있어요');
    expect(first!.textContent).toContain('잠든 시간의 사용240 W');
    expect((await expectCard(koAdvice.weather, 'ready')).textContent).toContain('-8.2°C');
    expect((await expectCard(koAdvice.results, 'ready')).textContent).toContain('한 달에 ₩600–₩1,100 아낀 셈이에요.');
  });

  it.each([
    [koAdvice.accept, { answer: 'accept' }, 'accepted', koAdvice.thanks.accepted],
    [koAdvice.later, { answer: 'later' }, 'later', koAdvice.thanks.later],
  ])('answered with "%s" go, and what follows is said', async (name, body, state, thanks) => {
    const answers = fakeService({ adviceAnswer: { adviceId: 'advice-1', state } });
    openApp(PATH);
    const list = await expectCard(koAdvice.suggestions, 'ready');
    answers.advice = anAdvice({ suggestions: [] });
    fireEvent.click(within(list).getAllByRole('button', { name })[0]!);
    expect(await screen.findByText(thanks)).toBeDefined();
    expect(sent(answers.done, 'POST adviceAnswer')).toEqual(body);
    await expectCard(koAdvice.suggestions, 'empty');
  });

  it('that are not useful ask why, and say what follows from the cause', async () => {
    const answers = fakeService({ adviceAnswer: { adviceId: 'advice-1', state: 'dismissed' } });
    openApp(PATH);
    const list = await expectCard(koAdvice.suggestions, 'ready');
    fireEvent.click(within(list).getAllByRole('button', { name: koAdvice.notUseful })[0]!);
    expect(answers.done).toEqual([]);
    fireEvent.change(screen.getByLabelText(koAdvice.causeLabel), { target: { value: 'too-uncomfortable' } });
    fireEvent.click(screen.getByRole('button', { name: koAdvice.confirm }));
    expect(await screen.findByText(koRules.consequence['too-uncomfortable'])).toBeDefined();
    expect(sent(answers.done, 'POST adviceAnswer')).toEqual({ answer: 'not-useful', cause: 'too-uncomfortable' });
  });

  it('that could not be answered stay and say why', async () => {
    fakeService({ adviceAnswer: 500 });
    openApp(PATH);
    const list = await expectCard(koAdvice.suggestions, 'ready');
    fireEvent.click(within(list).getAllByRole('button', { name: koAdvice.accept })[0]!);
    expect((await screen.findByRole('alert')).textContent).toBe(`${koAdvice.failed} ${koErrors['unavailable']}`);
  });

  it('about a plug name it', async () => {
    const [device] = someEquipment().devices;
    fakeService({
      advice: anAdvice({ suggestions: [aSuggestion({ rule: 'idle-plug', deviceId: device!.deviceId })] }),
    });
    openApp(PATH);
    await expectCard(koAdvice.suggestions, 'ready');
    expect(await screen.findByText(device!.name)).toBeDefined();
  });

  it('leave heating alone during a cold wave, and say so', async () => {
    fakeService({ advice: anAdvice({ safeguard: 'cold-wave' }) });
    openApp(PATH);
    expect((await expectCard(koAdvice.weather, 'ready')).textContent).toContain(koAdvice.because['cold-wave']);
  });

  it('heed that heat or cold is a danger to somebody', async () => {
    const answers = fakeService({ safeguard: { isVulnerable: true } });
    openApp(PATH);
    await expectCard(koAdvice.safeguard, 'ready');
    answers.advice = anAdvice({ isVulnerable: true, safeguard: 'vulnerable-home' });
    fireEvent.click(screen.getByLabelText(koAdvice.safeguardLabel));
    expect(await screen.findByText(koAdvice.safeguardOn)).toBeDefined();
    expect(sent(answers.done, 'PUT safeguard')).toEqual({ isVulnerable: true });
  });

  it('are only looked at by a viewer', async () => {
    fakeService({ session: aViewer() });
    openApp(PATH);
    await expectCard(koAdvice.suggestions, 'ready');
    expect(screen.getByText(koAssistant.viewer)).toBeDefined();
    expect(screen.queryByRole('button', { name: koAdvice.accept })).toBeNull();
    expect(screen.queryByLabelText(koAdvice.safeguardLabel)).toBeNull();
  });

  it('are not made without consent', async () => {
    fakeService({ advice: anAdvice({ withheld: 'no-consent', suggestions: [], notes: [], results: [] }) });
    openApp(PATH);
    expect(await screen.findByRole('link', { name: koAssistant.noConsent.open })).toBeDefined();
    expect(screen.queryByRole('region', { name: koAdvice.suggestions })).toBeNull();
  });
});

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

describe('the way to the assistant', () => {
  it('is on the dashboard with the best suggestion and the next hour', async () => {
    fakeService();
    openApp();
    const found = await expectCard(ko.later.assistant, 'ready');
    expect(found.textContent).toContain(koRules.rule.standby.title);
    expect(found.textContent).toContain('다음 1시간은 1.2 kW쯤');
    fireEvent.click(within(found).getByRole('link', { name: koAssistant.home.all }));
    await expectCard(koAdvice.suggestions, 'ready');
  });

  it('goes from page to page by its tabs, and says which one is open', async () => {
    const { router } = (fakeService(), openApp(PATH));
    await expectCard(koAdvice.suggestions, 'ready');
    // each page draws its tabs itself
    const tabs = () => within(screen.getByRole('navigation', { name: koAssistant.tabs }));
    fireEvent.click(tabs().getByRole('link', { name: koAssistant.tab.plan }));
    await expectCard(koPlan.plan, 'ready');
    expect(router.state.location.pathname).toBe(`${PATH}/plan`);
    const open = tabs().getAllByRole('link', { current: 'page' });
    expect(open.map(({ textContent }) => textContent)).toEqual([koAssistant.tab.plan]);
    const main = within(screen.getByRole('navigation', { name: ko.nav.label })).getAllByRole('link', {
      current: 'page',
    });
    expect(main.map(({ textContent }) => textContent)).toEqual([ko.nav.assistant]);
    fireEvent.click(tabs().getByRole('link', { name: koAssistant.tab.advice }));
    await waitFor(() => expect(router.state.location.pathname).toBe(PATH));
  });

  it('does not lead to a page that there is not', async () => {
    fakeService();
    openApp(`${PATH}/magic`);
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).not.toBe(koAssistant.title));
  });
});
