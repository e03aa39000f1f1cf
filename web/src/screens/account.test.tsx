import { ko as koSettings } from '@hems/shared/i18n/ko/settings';
import { anAccount } from '@hems/shared/testing/joining-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers, expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const { accountPage } = koSettings;
const write = (label: string, value: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const press = (name: string, within_: HTMLElement = document.body): void => {
  fireEvent.click(within(within_).getByRole('button', { name }));
};
/** Asked once more, and answered yes. */
const pressTwice = (name: string): void => {
  press(name);
  press(koSettings.confirm, screen.getByRole('region', { name }));
};

describe('the account', () => {
  it('keeps name and language, and the page speaks it at once', async () => {
    const answers = fakeService({ account: anAccount({ name: '' }) });
    openApp('/account');
    await expectCard(accountPage.who, 'ready');
    press(koSettings.save);
    expect(screen.getByRole('alert').textContent).toBe(accountPage.nameWrong);
    write(accountPage.name, '이바다');
    write(accountPage.language, 'en');
    answers.account = anAccount({ language: 'en' });
    press(koSettings.save);
    expect(await screen.findByRole('heading', { name: 'Account' })).toBeDefined();
    expect(answers.done).toEqual(['PUT account {"name":"이바다","language":"en"}']);
  });

  it('signs out everywhere after a second word, here as well', async () => {
    const answers = fakeService();
    const { auth } = openApp('/account');
    await expectCard(accountPage.sessions, 'ready');
    pressTwice(accountPage.everywhere);
    await waitFor(() => expect(auth.asked).toEqual(['signOut']));
    expect(answers.done).toEqual(['POST signOuts']);
  });

  it('with an e-mail address that was not confirmed says what to do', async () => {
    fakeService({ account: anAccount({ emailVerified: false }) });
    openApp('/account');
    expect(await screen.findByText(accountPage.unverified)).toBeDefined();
  });
});
