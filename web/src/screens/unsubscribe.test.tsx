import { ko as s } from '@hems/shared/i18n/ko/inbox';
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { atTheTimeOfTheAnswers } from '../testing/cards.ts';
import { fakeAuth } from '../testing/fake-auth.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const { unsubscribe: leave } = s;

describe('leaving advertising by the link of a mail', () => {
  it('takes one press and no sign-in', async () => {
    const answers = fakeService();
    openApp('/unsubscribe#token.mac', fakeAuth(null));
    fireEvent.click(await screen.findByRole('button', { name: leave.button }));
    expect(await screen.findByRole('heading', { name: leave.done.title })).toBeDefined();
    expect(answers.done).toEqual(['POST unsubscribes {}']);
  });

  it('says that a link is not whole', async () => {
    fakeService({ unsubscribes: 404 });
    openApp('/unsubscribe#token', fakeAuth(null));
    fireEvent.click(await screen.findByRole('button', { name: leave.button }));
    expect(await screen.findByRole('heading', { name: leave.none.title })).toBeDefined();
  });

  it('without a token has nothing to press', async () => {
    fakeService();
    openApp('/unsubscribe', fakeAuth(null));
    expect(await screen.findByRole('heading', { name: leave.none.title })).toBeDefined();
    expect(screen.queryByRole('button', { name: leave.button })).toBeNull();
  });
});
