import { waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { atTheTimeOfTheAnswers } from '../testing/cards.ts';
import { fakeAuth } from '../testing/fake-auth.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';
import { KEPT } from './kept.ts';

atTheTimeOfTheAnswers();

const DAY_MS = 24 * 60 * 60_000;
const keptDaysAgo = (days: number): string =>
  JSON.stringify({
    sub: 'resident-1',
    app: '',
    path: '/households/home-1',
    atMs: Date.now() - days * DAY_MS,
    answers: [],
  });

it('a dashboard of a week ago is erased from a device on which nobody signs in again', async () => {
  fakeService();
  localStorage.setItem(KEPT, keptDaysAgo(7));
  openApp('/', fakeAuth(null));
  await waitFor(() => expect(localStorage.getItem(KEPT)).toBeNull());
});
