import type { OpenadrDeps } from '../use-cases/openadr/caller.ts';
import type { DispatchDeps } from '../use-cases/openadr/dispatch.ts';
import type { SubscribeDeps } from '../use-cases/openadr/subscriptions.ts';
import { bus, clock, http, ids, keys, pause, table, webhooks } from './ports.ts';

/** What a write of OpenADR works with. */
export const openadrDeps = async (effect?: string): Promise<OpenadrDeps> => ({
  effect,
  table: await table(),
  clock: await clock(),
  ids: await ids(),
  pause,
  webhooks: await webhooks(),
});

/** What calling homes works with. */
export const dispatchDeps = async (effect?: string): Promise<DispatchDeps> => ({
  ...(await openadrDeps(effect)),
  bus: await bus(),
});

/** What subscribing works with. */
export const subscribeDeps = async (effect?: string): Promise<SubscribeDeps> => ({
  ...(await openadrDeps(effect)),
  keys: await keys(),
  http: await http(),
});
