import type { QueryClient } from '@tanstack/react-query';
import { readSeed } from '../auth/session-seed.ts';
import { KEPT } from './kept.ts';
import { forgetLost, readDashboard, restoreCutOff, writeDashboard } from './last-dashboard.ts';

/** Live values arrive every 5 s; what is kept need not. */
const EVERY_MS = 15_000;

/**
 * Keeps the dashboard of whoever is signed in, and gives it back where the service does not answer. What the same person kept is
 * gone after a week, what somebody else kept at once. Answers how to stop.
 */
export const keepDashboard = (client: QueryClient, sub: string): (() => void) => {
  const cache = client.getQueryCache();
  for (const query of cache.getAll()) forgetLost(query);
  const last = readDashboard(Date.now(), sub);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const restore = (): void => {
    if (last && localStorage.getItem(KEPT) !== null) restoreCutOff(client, last);
  };
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // A sign-out, here or from another device, has erased what was kept: nothing may come back after it.
    if (!isOver && readSeed()?.sub === sub) writeDashboard(client, sub);
  };
  const onHidden = (): void => {
    if (document.visibilityState === 'hidden') write();
  };
  /** Another tab has signed out, or somebody else has signed in there. */
  const onStorage = ({ key, newValue }: StorageEvent): void => {
    if (key === KEPT && !newValue?.includes(JSON.stringify(sub))) isOver = true;
  };
  const unsubscribe = cache.subscribe((event) => {
    if (event.type !== 'updated') return;
    if (event.action.type === 'success' || event.action.type === 'error') forgetLost(event.query);
    if (event.action.type === 'success') timer ??= setTimeout(write, EVERY_MS);
    else if (event.action.type === 'error' || event.action.type === 'pause') restore();
  });
  document.addEventListener('visibilitychange', onHidden);
  addEventListener('storage', onStorage);
  restore();
  return () => {
    unsubscribe();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onHidden);
    removeEventListener('storage', onStorage);
  };
};
