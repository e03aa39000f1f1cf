import { NOW_MS } from '@hems/shared/testing/now';

/** The gallery opens at the time of its answers, whatever the day is, and its time goes on from there. */
export const setClock = (): void => {
  const startMs = NOW_MS - performance.now();
  Date.now = () => Math.round(startMs + performance.now());
};
