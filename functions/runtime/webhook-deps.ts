import type { TellDeps, WebhookDeps } from '../use-cases/webhooks/deps.ts';
import { clock, http, ids, keys, pause, table, webhooks } from './ports.ts';

/** What telling partners works with: the message is left, and posted by another. */
export const tellDeps = async (): Promise<TellDeps> => ({
  table: await table(),
  clock: await clock(),
  pause,
  webhooks: await webhooks(),
});

/** What posting to partners, and managing where, works with. */
export const webhookDeps = async (): Promise<WebhookDeps> => ({
  ...(await tellDeps()),
  ids: await ids(),
  keys: await keys(),
  http: await http(),
});
