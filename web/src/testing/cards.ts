import { NOW_MS } from '@hems/shared/testing/answers';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** The clock of the screen stands at the time of the answers; nothing of one test is left for the next. */
export const atTheTimeOfTheAnswers = (): void => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(NOW_MS);
  });
  afterEach(() => {
    cleanup();
    localStorage.clear();
    sessionStorage.clear();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
};

export const card = (title: string): HTMLElement => screen.getByRole('region', { name: title });

/** The card with the title, once it is in the state. */
export const expectCard = async (title: string, state: string): Promise<HTMLElement> =>
  waitFor(() => {
    const found = card(title);
    expect(found.dataset['state']).toBe(state);
    return found;
  });
