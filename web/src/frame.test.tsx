import { ko } from '@hems/shared/i18n/ko';
import { ko as koCommunity } from '@hems/shared/i18n/ko/community';
import { ko as koDisplay } from '@hems/shared/i18n/ko/display';
import { ko as koEnergy } from '@hems/shared/i18n/ko/energy';
import { ko as koOrigin } from '@hems/shared/i18n/ko/origin';
import { ko as koPages } from '@hems/shared/i18n/ko/pages';
import { ko as koSettings } from '@hems/shared/i18n/ko/settings';
import { aSession } from '@hems/shared/testing/answers';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers } from './testing/cards.ts';
import { fakeService } from './testing/fake-service.ts';
import { openApp } from './testing/open-app.tsx';

atTheTimeOfTheAnswers();

const [HOME] = aSession().households;
const heading = async (name: string): Promise<HTMLElement> => screen.findByRole('heading', { level: 1, name });
const tabs = async () => within(await screen.findByRole('navigation', { name: ko.nav.label }));
/** The tools have come, and with them what follows the headings. */
const complete = async (): Promise<unknown> => screen.findByRole('dialog', { name: koDisplay.title });

describe('the tabs of a home', () => {
  it('are five, from the home to its rewards', async () => {
    fakeService();
    openApp();
    const links = (await tabs()).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(['홈', '에너지', 'AI', '커뮤니티', '리워드']);
  });

  it.each([
    ['', '홈'],
    ['/energy', '에너지'],
    ['/bill', '에너지'],
    ['/assistant/plan', 'AI'],
    ['/community', '커뮤니티'],
    ['/rewards/programmes', '리워드'],
    ['/settings/devices', undefined],
  ])('tell at %s that one is at %s', async (path, name) => {
    fakeService();
    openApp(`/households/home-1${path}`);
    const present = (await tabs()).queryAllByRole('link', { current: 'page' });
    expect(present.map(({ textContent }) => textContent)).toEqual(name === undefined ? [] : [name]);
  });

  it('stay while one looks after the own account', async () => {
    fakeService();
    openApp('/households/home-1/settings');
    fireEvent.click(await screen.findByRole('link', { name: new RegExp(koSettings.account.title) }));
    await heading(koSettings.accountPage.title);
    const links = (await tabs()).getAllByRole('link');
    expect(links.filter((link) => link.hasAttribute('aria-current'))).toEqual([]);
    expect(links[1]?.getAttribute('href')).toBe('/households/home-1/energy');
    const gear = await screen.findByRole('link', { name: ko.nav.settings });
    expect(gear.getAttribute('href')).toBe('/households/home-1/settings');
  });

  it('do not lead to a home that is none of the resident’s', async () => {
    fakeService({ session: aSession({ households: [] }) });
    openApp('/households/home-1/settings/members');
    await heading(koPages.denied.title);
    expect(screen.queryByRole('navigation', { name: ko.nav.label })).toBeNull();
    const gear = await screen.findByRole('link', { name: ko.nav.settings });
    expect(gear.getAttribute('href')).toBe('/account');
  });

  it('wait for the end of joining', async () => {
    fakeService();
    openApp('/households/home-1/onboarding');
    await screen.findAllByRole('heading');
    expect(screen.queryByRole('navigation', { name: ko.nav.label })).toBeNull();
  });
});

describe('going from one screen to another', () => {
  it('names the document after the screen and brings the focus to its heading', async () => {
    fakeService();
    openApp();
    await complete();
    await waitFor(() => expect(document.title).toBe(`${HOME!.name} · ${ko.brand}`));
    // Nobody has gone anywhere yet.
    expect(document.activeElement).toBe(document.body);
    const link = (await tabs()).getByRole('link', { name: ko.nav.energy });
    link.focus();
    fireEvent.click(link);
    const arrived = await heading(koEnergy.title);
    await waitFor(() => expect(document.activeElement).toBe(arrived));
    expect(document.title).toBe(`${koEnergy.title} · ${ko.brand}`);
  });

  it('leaves the focus of somebody who has gone on meanwhile', async () => {
    const answers = fakeService();
    const { router } = openApp();
    await complete();
    await heading(HOME!.name);
    const skip = screen.getByRole('link', { name: ko.skipToContent });
    await act(async () =>
      router.navigate({ to: '/households/$householdId/community', params: { householdId: 'home-1' } }),
    );
    await waitFor(async () => expect(document.activeElement).toBe(await heading(koCommunity.title)));
    skip.focus();
    answers.session = aSession({ households: [{ ...HOME!, name: '새 이름' }] });
    fireEvent.click(skip);
    expect(document.activeElement).toBe(screen.getByRole('main'));
    expect(router.state.location.hash).toBe('');
  });

  it('within a screen moves nothing', async () => {
    fakeService();
    const { router } = openApp('/households/home-1/energy');
    await complete();
    await heading(koEnergy.title);
    await act(async () =>
      router.navigate({
        to: '/households/$householdId/energy',
        params: { householdId: 'home-1' },
        search: { scope: 'day' },
      }),
    );
    expect(document.activeElement).toBe(document.body);
  });
});

describe('the head of a screen', () => {
  it('has the title, the choice of home and the label of a demo home in one row', async () => {
    const demo = {
      ...HOME!,
      householdId: 'home-2',
      name: '데모 원룸',
      origin: { type: 'simulated' as const, seed: 1 },
    };
    fakeService({ session: aSession({ households: [HOME!, demo] }) });
    const { router } = openApp('/households/home-2/community');
    const row = (await heading(koCommunity.title)).parentElement!;
    const choice = await within(row).findByRole('combobox', { name: ko.household.switch });
    expect(within(row).getAllByText(ko.origin.demo)).toHaveLength(1);
    // The label stands beside the name, which need not repeat it.
    expect(within(row).getByText('원룸', { selector: 'span' })).toBeDefined();
    const story = await within(row).findByRole('dialog', { name: ko.origin.simulated });
    expect(story.textContent).toContain(koOrigin.simulated);
    fireEvent.change(choice, { target: { value: 'home-1' } });
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1/community'));
    await waitFor(() => expect(screen.queryByText(ko.origin.demo)).toBeNull());
  });
});
