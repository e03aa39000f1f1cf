import { ko } from '@hems/shared/i18n/ko';
import { en as enErrors } from '@hems/shared/i18n/en/errors';
import { en as enSettings } from '@hems/shared/i18n/en/settings';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koSettings } from '@hems/shared/i18n/ko/settings';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeAuth } from '../testing/fake-auth.ts';
import { atTheTimeOfTheAnswers } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const { invitation } = koSettings;
const TOKEN = 'T'.repeat(43);

const press = (name: string, within_: HTMLElement = document.body): void => {
  fireEvent.click(within(within_).getByRole('button', { name }));
};
/** Asked once more, and answered yes. */

describe('an invitation', () => {
  it('leaves the address at once, outlives the sign-in, and comes back to itself', async () => {
    fakeService();
    const { auth, router } = openApp(`/invitations#${TOKEN}`, fakeAuth(null));
    expect(await screen.findByText(invitation.signIn)).toBeDefined();
    await waitFor(() => expect(router.state.location.href).toBe('/invitations'));
    fireEvent.click(screen.getByRole('button', { name: '로그인' }));
    expect(auth.asked).toEqual(['signIn /invitations']);
    expect(sessionStorage.getItem('hems.invitation')).toBe(TOKEN);
  });

  it('kept while signing in is accepted, and leads to the home', async () => {
    sessionStorage.setItem('hems.invitation', TOKEN);
    const answers = fakeService({ acceptances: { householdId: 'home-1', role: 'member' } });
    const { router } = openApp('/invitations');
    fireEvent.click(await screen.findByRole('button', { name: invitation.join }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-1'));
    expect(answers.done).toEqual([`POST acceptances {"token":"${TOKEN}"}`]);
    expect(sessionStorage.getItem('hems.invitation')).toBeNull();
  });

  it.each(['invitation-expired', 'invitation-used', 'invitation-withdrawn', 'invitation-not-yours', 'no-invitation'])(
    'refused as %s says why, and offers another account',
    async (code) => {
      fakeService({ acceptances: refusal(409, code) });
      const { auth } = openApp(`/invitations#${TOKEN}`);
      fireEvent.click(await screen.findByRole('button', { name: invitation.join }));
      expect((await screen.findByRole('alert')).textContent).toBe(`${invitation.failed} ${koErrors[code]}`);
      expect(screen.queryByRole('button', { name: invitation.join })).toBeNull();
      press(invitation.signOut);
      expect(auth.asked).toEqual(['signIn /invitations anew']);
    },
  );

  it.each<[string, Response | 'down']>([
    ['for an address that can still be confirmed', refusal(403, 'email-unverified')],
    ['after too many attempts', refusal(429, 'invitations-today')],
    ['by the connection alone', 'down'],
  ])('refused %s can be tried again', async (_, answer) => {
    const answers = fakeService({ acceptances: answer });
    openApp(`/invitations#${TOKEN}`);
    fireEvent.click(await screen.findByRole('button', { name: invitation.join }));
    await screen.findByRole('alert');
    press(invitation.join);
    await waitFor(() => expect(answers.done).toHaveLength(2));
  });

  it('that is none says so', async () => {
    fakeService();
    openApp('/invitations#half-a-link');
    expect(await screen.findByRole('heading', { name: invitation.none.title })).toBeDefined();
    expect(sessionStorage.getItem('hems.invitation')).toBeNull();
  });

  it('is refused in English to whoever reads English', async () => {
    fakeService({ acceptances: refusal(409, 'invitation-expired') });
    openApp(`/invitations#${TOKEN}`);
    fireEvent.click(await screen.findByRole('button', { name: ko.language.switch }));
    fireEvent.click(await screen.findByRole('button', { name: enSettings.invitation.join }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      `${enSettings.invitation.failed} ${enErrors['invitation-expired']}`,
    );
  });
});
