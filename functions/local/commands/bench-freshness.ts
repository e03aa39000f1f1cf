import { setTimeout as sleep } from 'node:timers/promises';
import { readLive } from '@hems/shared/api/live';
import { readSession } from '@hems/shared/api/session';
import { startHost } from '../host.ts';
import { startOptions } from '../options.ts';
import { callRoute } from './local-host.ts';
import { signIn } from './sign-in.ts';

/** How often the API is asked; part of what is measured. */
const POLL_MS = 100;
/** An order to report every 5 s that came before its gateway listened is renewed after 30 s; until then nothing is counted. */
const WARM_UP_MS = 32_000;

export type Freshness = { readonly samples: number; readonly p50: number; readonly p95: number };

type Watch = { readonly origin: string; readonly token: string; readonly householdId: string };

/** Polls one household's live state and notes how old each new meter reading is when the API first tells it. */
const watch = async (
  { origin, token, householdId }: Watch,
  [fromMs, untilMs]: readonly [number, number],
): Promise<number[]> => {
  const ages: number[] = [];
  let last = 0;
  while (Date.now() < untilMs) {
    const { grid } = await callRoute({ origin, token, route: readLive, params: { householdId } });
    if (grid.ts !== null && grid.ts > last) {
      if (grid.ts > fromMs) ages.push(Date.now() - grid.ts);
      last = grid.ts;
    }
    await sleep(POLL_MS);
  }
  return ages;
};

/**
 * From the instant a demo device reads its meter to the answer of the API, in ms: MQTT over TLS, ingest, store, HTTP with
 * a token, watched homes that report every 5 s, the back-fill of their history going on behind.
 */
export const benchFreshness = async (folder: string, seconds: number): Promise<Freshness> => {
  const host = await startHost(startOptions(['--data', folder], { PORT: '0', MQTT_PORT: '0' }), () => undefined);
  try {
    const { origin } = host;
    const watches = await Promise.all(
      host.demo.residents.map(async ({ email, password }) => {
        const { access_token: token } = await signIn({ origin, email, password });
        const { households } = await callRoute({ origin, token, route: readSession });
        return households.map(({ householdId }) => ({ origin, token, householdId }));
      }),
    );
    const fromMs = Date.now() + WARM_UP_MS;
    const counted = [fromMs, fromMs + seconds * 1000] as const;
    const ages = (await Promise.all(watches.flat().map((one) => watch(one, counted)))).flat();
    ages.sort((a, b) => a - b);
    const at = (share: number): number => ages[Math.floor((ages.length - 1) * share)] ?? Number.NaN;
    return { samples: ages.length, p50: at(0.5), p95: at(0.95) };
  } finally {
    await host.stop();
  }
};
