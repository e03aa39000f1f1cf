import type { OpenadrDeps } from '../use-cases/openadr/caller.ts';
import type { DispatchDeps } from '../use-cases/openadr/dispatch.ts';
import type { WebhookDeps } from '../use-cases/webhooks/deps.ts';
import { bus, clock, http, ids, keys, pause, table, webhooks } from './ports.ts';

/** What a write of OpenADR works with. */
export const openadrDeps = async (): Promise<OpenadrDeps> => ({
  table: await table(),
  clock: await clock(),
  ids: await ids(),
  pause,
  webhooks: await webhooks(),
});

/** What calling homes works with. */
export const dispatchDeps = async (): Promise<DispatchDeps> => ({ ...(await openadrDeps()), bus: await bus() });

/** What subscribing works with. */
export const subscribeDeps = async (): Promise<WebhookDeps> => ({
  ...(await openadrDeps()),
  keys: await keys(),
  http: await http(),
});
