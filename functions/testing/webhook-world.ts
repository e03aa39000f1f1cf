import type { WebhookType } from '@hems/shared/partner-api/webhooks';
import { openDatabase } from '../adapters/embedded/database.ts';
import { embeddedKeys } from '../adapters/embedded/keys.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import type { Answer, Call, HttpOut } from '../ports/http-out.ts';
import type { WebhookDeps } from '../use-cases/webhooks/deps.ts';
import { deliver, type DeliverReport } from '../use-cases/webhooks/deliver.ts';
import { createEndpoint } from '../use-cases/webhooks/endpoints.ts';
import { readDeliveries } from '../use-cases/webhooks/log.ts';
import { sweepWebhooks } from '../use-cases/webhooks/sweep.ts';
import { everyEndpoint } from '../use-cases/stores/webhook-endpoints.ts';
import { nextDueMs } from '../use-cases/stores/webhook-deliveries.ts';
import { wakeCall } from '../use-cases/webhooks/wake.ts';
import { enterPartner } from './partner-call.ts';
import { NOON } from './world.ts';

const MINUTE_MS = 60_000;
export const OFFICE = 'office';
/** What a partner is told of an event. */
export const aDispatch = (eventId: string) => ({
  eventId,
  programme: 'saving-event',
  date: '2026-11-22',
  fromHour: 17,
  toHour: 19,
});

export type Received = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly atMs: number;
};
/** What a receiver answers to a delivery: a status, more of an answer, or an error where nobody answers. */
export type Says = (received: Received) => number | Partial<Answer> | Error | Promise<number | Partial<Answer> | Error>;

const echo = (body: string): Partial<Answer> => {
  const { challenge } = JSON.parse(body) as { challenge: string };
  return { status: 200, body: Buffer.from(JSON.stringify({ challenge })) };
};

/** A platform with a partner and its receivers: what they were sent is seen, what they answer is said by the test, and time is the test's. */
export const aWebhookWorld = async () => {
  let nowMs = NOON;
  const clock = { now: () => nowMs };
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock });
  const queue = sqliteQueue({ database, clock }, { name: 'webhooks', visibilitySeconds: 360, attempts: 5 });
  const received: Received[] = [];
  const challenged: string[] = [];
  const receivers = new Map<string, Says>();
  /** the other side echoes challenges unless the test says otherwise */
  const challenge: { says: Says } = { says: ({ body }) => echo(body) };
  const answerOf = async ({ url, headers, body }: Call): Promise<Answer> => {
    const text = Buffer.from(body ?? []).toString();
    const words = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const one = { url, headers: words, body: text, atMs: nowMs };
    const isChallenge = !('webhook-id' in words);
    if (isChallenge) challenged.push(url);
    else received.push(one);
    const said = await (isChallenge ? challenge.says(one) : (receivers.get(url)?.(one) ?? 200));
    if (said instanceof Error) throw said;
    const answer = typeof said === 'number' ? { status: said } : said;
    return { status: 200, headers: {}, body: new Uint8Array(), ...answer };
  };
  const http: HttpOut = { call: answerOf };
  let last = 0;
  const deps: WebhookDeps = {
    table,
    clock,
    pause: async () => undefined,
    keys: embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)),
    ids: { next: () => `id-${(last += 1)}` },
    http,
    webhooks: queue,
  };
  await enterPartner(table, { partnerId: OFFICE, scopes: ['webhooks:write'] });

  /** Everything that the queue has for now. */
  const work = async (with_: WebhookDeps = deps): Promise<DeliverReport[]> => {
    const reports: DeliverReport[] = [];
    for (let calls = await queue.receive(10); calls.length > 0; calls = await queue.receive(10))
      for (const { body, receipt } of calls) {
        reports.push(await deliver(with_, wakeCall.parse(JSON.parse(body))));
        await queue.acknowledge(receipt);
      }
    return reports;
  };
  const nextMs = async (): Promise<number> => {
    const due = await Promise.all((await everyEndpoint(table)).map((ref) => nextDueMs(table, ref)));
    return Math.min(...due.map((one) => one ?? Number.POSITIVE_INFINITY));
  };
  const minuteAfter = (ms: number): number => (Math.floor(ms / MINUTE_MS) + 1) * MINUTE_MS;
  /** Time passes as for the deployed platform, with the queue and the sweep of each minute in which something may be due. */
  const pass = async (ms: number): Promise<void> => {
    for (const endMs = nowMs + ms; nowMs < endMs;) {
      nowMs = Math.min(endMs, minuteAfter(Math.max(nowMs, (await nextMs()) - 1)));
      await sweepWebhooks(deps);
      await work();
    }
  };
  const addEndpoint = async (
    url = 'https://office.example/hook',
    types: readonly WebhookType[] = ['event.dispatched'],
  ) => {
    const { endpoint, secret } = await createEndpoint(deps, OFFICE, { url, types });
    return { ref: { partnerId: OFFICE, endpointId: endpoint.endpointId }, endpoint, secret };
  };
  return {
    deps,
    clock,
    table,
    queue,
    receivers,
    received,
    challenged,
    challenge,
    set: (ms: number) => void (nowMs = ms),
    work,
    pass,
    addEndpoint,
    log: async (endpointId: string) => (await readDeliveries(deps, { partnerId: OFFICE, endpointId }, {})).deliveries,
  };
};
export type WebhookWorld = Awaited<ReturnType<typeof aWebhookWorld>>;
