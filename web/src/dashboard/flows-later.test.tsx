import { ko } from '@hems/shared/i18n/ko';
import { aSolarLive } from '@hems/shared/testing/answers';
import { cleanup, fireEvent, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { expectCard } from '../testing/cards.ts';
import { fakeService } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

/** The file of the flows, as the network has it. */
const file = vi.hoisted(() => ({ isThere: false }));
vi.mock('./flows-part.tsx', async (original) => {
  if (!file.isThere) throw new TypeError('Failed to fetch dynamically imported module');
  return original();
});

afterEach(cleanup);

it('the flows whose file could not be fetched say so, and are told once it can be', async () => {
  fakeService({ live: aSolarLive() });
  openApp();
  const flows = await expectCard(ko.later.flows, 'offline');
  expect(flows.textContent).toContain(ko.failure.unreachable.title);
  file.isThere = true;
  fireEvent.click(within(flows).getByRole('button', { name: ko.retry }));
  const told = await expectCard(ko.later.flows, 'ready');
  expect(within(told).getByText('태양광 2.10 kW 발전 중')).toBeDefined();
});
