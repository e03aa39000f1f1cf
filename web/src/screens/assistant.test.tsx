import { ko } from '@hems/shared/i18n/ko';
import { ko as koRules } from '@hems/shared/i18n/ko/advice';
import { ko as koAssistant } from '@hems/shared/i18n/ko/assistant';
import { ko as koBill } from '@hems/shared/i18n/ko/bill';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koForecast } from '@hems/shared/i18n/ko/forecast';
import { ko as koPlan } from '@hems/shared/i18n/ko/plan';
import { ko as koAdvice } from '@hems/shared/i18n/ko/suggestions';
import { aSession } from '@hems/shared/testing/answers';
import { aForecast, anAdvice, aSuggestion } from '@hems/shared/testing/assistant-answers';
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
    expect(within(hours).getByRole('img').getAttribute('aria-label')).toMatch(/^11월 23일 \(월\) 밤 12시까지/);
    expect(hours.textContent).toContain('출처: AI 모델 · 모델 test-1');
    fireEvent.click(button(koForecast.table, hours));
    const rows = within(within(hours).getByRole('table', { name: koForecast.tableCaption })).getAllByRole('row');
    expect(rows).toHaveLength(34);
    expect(rows[1]!.textContent).toBe('11월 22일 (일) 오후 3:001.20 kW0.80–2.10 kW1.30 kW1.25 kWAI 모델');
  });

  it('has the days, a score beside the 7-day mean, and each past day by keyboard', async () => {
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

  it('tells of the month what the bill tells, and leads there', async () => {
    fakeService();
    const { router } = openApp(`${PATH}/forecast`);
    const month = await expectCard(koBill.projected, 'ready');
    // the engine has 880 kWh for November
    expect(month.textContent).not.toContain('880');
    const figures = month.textContent.match(/₩\d+,\d{3}|[\d,]+–[\d,]+ kWh|11월 1일 – 11월 30일/g);
    expect(figures).toEqual(['₩36,900', '₩30,800', '₩44,200', '221–262 kWh', '11월 1일 – 11월 30일']);
    fireEvent.click(within(month).getByRole('link', { name: koForecast.toBill }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/bill'));
    const page = (await expectCard(koBill.projected, 'ready')).textContent;
    for (const figure of figures?.slice(0, 4) ?? []) expect(page).toContain(figure);
  });

  it.each([
    [500, 'error'],
    ['down', 'offline'],
    ['silent', 'loading'],
  ] as const)('stays beside a bill whose answer is %s', async (bill, state) => {
    fakeService({ bill });
    openApp(`${PATH}/forecast`);
    await expectCard(koBill.projected, state);
    await expectCard(koForecast.hours, 'ready');
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
    expect(screen.getByRole('link', { name: koAdvice.toProgrammes })).toBeDefined();
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

describe('the way to the assistant', () => {
  it('is on the dashboard with the best suggestion and the next hour', async () => {
    fakeService();
    openApp();
    const found = await expectCard(ko.later.assistant, 'ready');
    expect(found.textContent).toContain(koRules.rule.standby.title);
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
