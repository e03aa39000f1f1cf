import { ko } from '@hems/shared/i18n/ko';
import { ko as koConsents } from '@hems/shared/i18n/ko/consents';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koPrivacy } from '@hems/shared/i18n/ko/privacy';
import { ko as koSettings } from '@hems/shared/i18n/ko/settings';
import { aSession, NOW_MS } from '@hems/shared/testing/answers';
import { anExport, someAccesses, someConsents } from '@hems/shared/testing/privacy-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { atTheTimeOfTheAnswers, card, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/settings';
const { purposes, access } = koConsents;
const { exports: files } = koPrivacy;
const [HOME] = aSession().households;
const as = (role: 'owner' | 'member' | 'viewer') => aSession({ households: [{ ...HOME!, role }] });

const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }));

describe('the settings of a home', () => {
  it('lead to consents, access log, export and erasing', async () => {
    fakeService();
    openApp(PATH);
    for (const page of ['consents', 'access', 'exports', 'erase'] as const) {
      const link = await screen.findByRole('link', { name: new RegExp(koSettings.pages[page].title) });
      expect(link.getAttribute('href')).toBe(`${PATH}/${page}`);
    }
    expect(screen.getByRole('link', { name: /알림함받은/ }).getAttribute('href')).toBe('/inbox');
  });
});

it('a page of the settings leads back to their list, by its link and by the head', async () => {
  fakeService();
  openApp(`${PATH}/access`);
  await expectCard(access.title, 'ready');
  for (const name of [koSettings.back, ko.nav.settings])
    // the tools of the head come a moment after the page
    expect((await screen.findByRole('link', { name })).getAttribute('href')).toBe(PATH);
});

it('a page of the settings on a desktop stands beside the names of all of them', async () => {
  const phone = window.matchMedia;
  vi.spyOn(window, 'matchMedia').mockImplementation((media) => Object.assign(phone(media), { matches: true }));
  fakeService();
  openApp(`${PATH}/access`);
  const side = within(await screen.findByRole('navigation', { name: koSettings.title }));
  expect(side.getAllByRole('link').map((link) => link.textContent)).toEqual(
    Object.values(koSettings.pages).map(({ title }) => title),
  );
  expect(side.getByRole('link', { current: 'page' }).textContent).toBe(koSettings.pages.access.title);
  expect(screen.queryByRole('link', { name: koSettings.back })).toBeNull();
  vi.restoreAllMocks();
});

describe('the consents of a home', () => {
  const button = (name: string): HTMLElement => screen.getByRole('button', { name });
  const agree = (purpose: keyof typeof purposes): string => `${purposes[purpose].name}: ${koConsents.agree}`;
  const withdraw = (purpose: keyof typeof purposes): string => `${purposes[purpose].name}: ${koConsents.withdraw}`;

  it('stand one by one, each with its text, its state and the right to refuse', async () => {
    fakeService();
    openApp(`${PATH}/consents`);
    for (const { name, refuse } of Object.values(purposes)) {
      const found = await expectCard(name, 'ready');
      expect(found.textContent).toContain(refuse);
    }
    expect(card(purposes.analysis.name).textContent).toContain(koConsents.on);
    expect(card(purposes.research.name).textContent).toContain('2026년 11월 21일에 동의를 철회했어요');
    expect(card(purposes.marketing.name).textContent).toContain(koConsents.never);
    const personal = Object.values(purposes).filter(({ name }) =>
      card(name).textContent?.includes(koConsents.personal),
    );
    expect(personal).toEqual([purposes.marketing]);
  });

  it('are withdrawn after it was said what stops', async () => {
    const answers = fakeService();
    openApp(`${PATH}/consents`);
    await expectCard(purposes.analysis.name, 'ready');
    press(withdraw('analysis'));
    const question = screen.getByRole('region', { name: withdraw('analysis') });
    expect(question.textContent).toContain(purposes.analysis.refuse);
    answers.consentList = someConsents({ analysis: { granted: false, saidMs: NOW_MS } });
    press(koConsents.confirm);
    await waitFor(() => expect(button(agree('analysis'))).toBeDefined());
    expect(answers.done).toEqual(['PUT consents {"granted":false,"textVersion":2}']);
  });

  it('are given with the text in sight and its box ticked, and not before', async () => {
    const answers = fakeService();
    openApp(`${PATH}/consents`);
    await expectCard(purposes.marketing.name, 'ready');
    press(agree('marketing'));
    press(koConsents.confirm);
    expect(screen.getByRole('alert').textContent).toBe(koConsents.agreeFirst);
    expect(answers.done).toEqual([]);
    fireEvent.click(screen.getByLabelText(koConsents.agreeTo(purposes.marketing.name)));
    press(koConsents.confirm);
    await waitFor(() => expect(answers.done).toEqual(['PUT consents {"granted":true,"textVersion":1}']));
  });

  it('to a text that has changed meanwhile are refused in words', async () => {
    fakeService({ consents: refusal(409, 'text-changed') });
    openApp(`${PATH}/consents`);
    await expectCard(purposes.analysis.name, 'ready');
    press(withdraw('analysis'));
    press(koConsents.confirm);
    expect((await screen.findByRole('alert')).textContent).toBe(`${koConsents.failed} ${koErrors['text-changed']}`);
  });

  it('are only looked at by a viewer', async () => {
    fakeService({ session: as('viewer') });
    openApp(`${PATH}/consents`);
    await expectCard(purposes.analysis.name, 'ready');
    expect(screen.getByText(koConsents.viewer)).toBeDefined();
    expect(screen.queryByRole('button', { name: new RegExp(koConsents.withdraw) })).toBeNull();
  });

  it.each([
    ['loading', 'silent'],
    ['error', 500],
    ['offline', 'down'],
    ['no-permission', 403],
  ] as const)('are %s where the service is', async (state, answer) => {
    fakeService({ consentList: answer });
    openApp(`${PATH}/consents`);
    await expectCard(koConsents.title, state);
  });
});

describe('the access log', () => {
  it('says who looked at what, when and why', async () => {
    fakeService();
    openApp(`${PATH}/access`);
    const log = await expectCard(access.title, 'ready');
    const [entry] = within(log).getAllByRole('listitem');
    for (const part of ['운영 담당자 staff-7', access.what['look-up']!, '고장 문의 123', '2026년 11월 22일'])
      expect(entry?.textContent).toContain(part);
    expect(screen.queryByRole('button', { name: access.more })).toBeNull();
  });

  it('goes on to older pages', async () => {
    const [entry] = someAccesses().entries;
    fakeService({
      access: ({ searchParams }) =>
        searchParams.get('cursor') === 'older'
          ? someAccesses({ entries: [{ ...entry!, seq: 0, why: '그전' }] })
          : someAccesses({ cursor: 'older' }),
    });
    openApp(`${PATH}/access`);
    await expectCard(access.title, 'ready');
    press(access.more);
    expect(await screen.findByText(access.why('그전'))).toBeDefined();
    expect(within(card(access.title)).getAllByRole('listitem')).toHaveLength(2);
  });

  it('says that nobody has looked', async () => {
    fakeService({ access: someAccesses({ entries: [] }) });
    openApp(`${PATH}/access`);
    expect((await expectCard(access.title, 'empty')).textContent).toContain(access.none);
  });

  it.each([
    ['loading', 'silent'],
    ['error', 500],
    ['offline', 'down'],
    ['no-permission', 403],
  ] as const)('is %s where the service is', async (state, answer) => {
    fakeService({ access: answer });
    openApp(`${PATH}/access`);
    await expectCard(access.title, state);
  });
});

describe('an export', () => {
  const writing = anExport({ state: 'writing', writtenFiles: 6, downloadUrl: null, expiresMs: null });

  it('is begun, followed, and downloaded', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, now: NOW_MS });
    const answers = fakeService({ exports: { exports: [] } });
    openApp(`${PATH}/exports`);
    await expectCard(files.past, 'empty');
    // what is started, and what the list then holds
    answers.exports = { ...writing, exports: [writing] };
    press(files.start);
    expect(await screen.findByText(files.writing(6, 24))).toBeDefined();
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('25');
    expect(screen.queryByRole('alert')).toBeNull();
    answers.exports = { exports: [anExport()] };
    await vi.advanceTimersByTimeAsync(2000);
    const link = await screen.findByRole('link', { name: files.download });
    expect(link.getAttribute('href')).toBe('https://files.test/hems.zip');
    expect(answers.done).toEqual(['POST exports']);
  });

  it('is not begun a second time while one is written', async () => {
    const answers = fakeService({ exports: { exports: [writing] } });
    openApp(`${PATH}/exports`);
    await expectCard(files.past, 'ready');
    expect(screen.getByRole('button', { name: files.start }).getAttribute('aria-disabled')).toBe('true');
    press(files.start);
    expect(answers.done).toEqual([]);
  });

  it('refused for today says so', async () => {
    const answers = fakeService();
    openApp(`${PATH}/exports`);
    await expectCard(files.past, 'ready');
    answers.exports = refusal(429, 'too-many-files');
    press(files.start);
    expect((await screen.findByRole('alert')).textContent).toBe(`${files.notStarted} ${koErrors['too-many-files']}`);
  });

  it('is not for a viewer', async () => {
    fakeService({ session: as('viewer') });
    openApp(`${PATH}/exports`);
    await expectCard(files.past, 'ready');
    expect(screen.getByText(files.viewer)).toBeDefined();
    expect(screen.queryByRole('button', { name: files.start })).toBeNull();
  });

  it.each([
    ['loading', 'silent'],
    ['error', 500],
    ['offline', 'down'],
    ['no-permission', 403],
  ] as const)('is %s where the service is', async (state, answer) => {
    fakeService({ exports: answer });
    openApp(`${PATH}/exports`);
    await expectCard(files.past, state);
  });
});
