import { en } from '@hems/shared/i18n/en';
import { ko } from '@hems/shared/i18n/ko';
import { en as enLanding } from '@hems/shared/i18n/en/landing';
import { ko as koDisplay } from '@hems/shared/i18n/ko/display';
import { ko as koLanding } from '@hems/shared/i18n/ko/landing';
import { ko as koOnboarding } from '@hems/shared/i18n/ko/onboarding';
import { ko as koPages } from '@hems/shared/i18n/ko/pages';
import { ko as koSettings } from '@hems/shared/i18n/ko/settings';
import { aSession } from '@hems/shared/testing/answers';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeAuth } from '../testing/fake-auth.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe('somebody who is not signed in', () => {
  it.each(['/', '/households/home-1'])('sees the landing page at %s and comes back there', async (path) => {
    fakeService();
    const { auth } = openApp(path, fakeAuth(null));
    fireEvent.click(await screen.findByRole('button', { name: koLanding.button }));
    expect(auth.asked).toEqual([`signIn ${path}`]);
    expect(screen.getByRole('button', { name: koLanding.going })).toBeDefined();
    expect(screen.queryByRole('link', { name: ko.nav.settings })).toBeNull();
  });

  it('is told when the sign-in page cannot be reached', async () => {
    const auth = { ...fakeAuth(null), signIn: async () => Promise.reject(new TypeError('Failed to fetch')) };
    openApp('/', auth);
    fireEvent.click(await screen.findByRole('button', { name: koLanding.button }));
    expect((await screen.findByRole('alert')).textContent).toBe(koLanding.failedText);
    expect(screen.getByRole('button', { name: koLanding.button })).toBeDefined();
  });

  it('is offered another attempt when the way back did not end in a sign-in', async () => {
    const { auth } = openApp('/signed-in?error=access_denied&state=x', fakeAuth(null));
    expect(await screen.findByRole('heading', { name: koLanding.failed })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: koLanding.button }));
    expect(auth.asked).toEqual(['signIn /']);
  });
});

describe('somebody who is signed in', () => {
  it('is led to their first home', async () => {
    fakeService();
    const { router } = openApp('/');
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1'));
  });

  it('is led past a home whose people have not proved that they live there to one that is open', async () => {
    const [own] = aSession().households;
    fakeService({
      session: aSession({ households: [{ ...own!, householdId: 'home-0', isProven: false }, own!] }),
    });
    const { router } = openApp('/');
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1'));
  });

  it('without a home begins one', async () => {
    fakeService({ session: aSession({ households: [] }) });
    const { router } = openApp('/');
    expect(await screen.findByRole('heading', { name: koOnboarding.join.title })).toBeDefined();
    expect(router.state.location.pathname).toBe('/join');
  });

  it('can try again when the session cannot be read', async () => {
    const answers = fakeService({ session: 500 });
    const { router } = openApp('/');
    expect(await screen.findByRole('heading', { name: ko.failure.unavailable.title })).toBeDefined();
    answers.session = aSession();
    fireEvent.click(screen.getByRole('button', { name: ko.retry }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1'));
  });

  it('can sign out, two steps from any screen', async () => {
    fakeService();
    const { auth } = openApp();
    fireEvent.click(await screen.findByRole('link', { name: ko.nav.settings }));
    fireEvent.click(await screen.findByRole('link', { name: new RegExp(koSettings.account.title) }));
    fireEvent.click(await screen.findByRole('button', { name: koSettings.accountPage.signOut }));
    expect(auth.asked).toEqual(['signOut']);
  });

  it('finds the way home from an address that does not exist', async () => {
    openApp('/nowhere');
    expect((await screen.findByRole('link', { name: koPages.notFound.home })).getAttribute('href')).toBe('/');
  });
});

describe('the choices of a resident', () => {
  it('change the language of every text, of the document and of the next visit', async () => {
    openApp('/', fakeAuth(null));
    fireEvent.click(await screen.findByRole('button', { name: ko.language.switch }));
    expect(await screen.findByRole('heading', { level: 1, name: enLanding.title })).toBeDefined();
    await waitFor(() => expect(document.documentElement.lang).toBe('en'));
    await waitFor(() => expect(document.title).toBe(`${enLanding.title} · ${en.brand}`));
    await waitFor(() => expect(localStorage.getItem('hems.locale')).toBe('en'));
    fireEvent.click(await screen.findByRole('button', { name: en.language.switch }));
    expect(await screen.findByRole('heading', { level: 1, name: koLanding.title })).toBeDefined();
    await waitFor(() => expect(document.documentElement.lang).toBe('ko'));
  });

  it('set appearance and size of text, and this browser keeps them', async () => {
    openApp('/', fakeAuth(null));
    const dialog = within(await screen.findByRole('dialog', { name: koDisplay.title }));
    const choose = (name: string): HTMLElement => {
      const button = dialog.getByRole('button', { name });
      fireEvent.click(button);
      return button;
    };
    expect(document.documentElement.dataset).toMatchObject({ theme: 'system', type: 'normal' });
    expect(choose(koDisplay.themes.dark).getAttribute('aria-pressed')).toBe('true');
    expect(choose(koDisplay.types.largest).getAttribute('aria-pressed')).toBe('true');
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', type: 'largest' });
    cleanup();
    openApp('/', fakeAuth(null));
    await screen.findByRole('dialog', { name: koDisplay.title });
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', type: 'largest' });
  });

  it('stand in the bar and in the account', async () => {
    fakeService();
    openApp('/account');
    const section = await screen.findByRole('region', { name: koDisplay.title });
    fireEvent.click(within(section).getByRole('button', { name: koDisplay.types.large }));
    expect(document.documentElement.dataset['type']).toBe('large');
    const bar = within(await screen.findByRole('dialog', { name: koDisplay.title }));
    expect(bar.getByRole('button', { name: koDisplay.types.large }).getAttribute('aria-pressed')).toBe('true');
  });
});
