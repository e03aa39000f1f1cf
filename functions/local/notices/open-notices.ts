import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import webpush from 'web-push';
import type { Context } from 'aws-lambda';
import { NOTICE_OF } from '@hems/shared/events/bus';
import type { Database } from '../../adapters/embedded/database.ts';
import { queuedBus, type QueuedBus } from '../../adapters/embedded/event-bus.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { httpOut } from '../../adapters/providers/http-out.ts';
import { webPush } from '../../adapters/providers/web-push.ts';
import { handler as invite } from '../../events/invite.ts';
import { handler as notify } from '../../events/notify.ts';
import { handler as tellPartners } from '../../events/tell-partners.ts';
import type { BusEvent } from '../../ports/event-bus.ts';
import type { Push } from '../../ports/push.ts';
import { systemClock } from '../clock.ts';
import { lambdaContext } from '../lambda-context.ts';
import { writeWhole } from '../whole-file.ts';

/** As a Lambda that is invoked and not waited for: two more tries, then the dead letters. */
const BUS = { name: 'bus', visibilitySeconds: 60, attempts: 3 };
/** As the functions are deployed. */
const NOTIFY_TIMEOUT_MS = 60_000;
const INVITE_TIMEOUT_MS = 300_000;

type Lambda = (event: unknown, context: Context) => Promise<unknown>;
const calling =
  (name: string, handler: Lambda, timeoutMs: number) =>
  ({ type, detail }: BusEvent): Promise<unknown> =>
    handler({ 'detail-type': type, detail }, lambdaContext(name, timeoutMs));

/** The bus of this process, with the functions that its rules call in the cloud. What they could not take stays in the file and is told. */
export const openBus = (database: Database, say: (line: string) => void): QueuedBus => {
  const queue = sqliteQueue({ database, clock: systemClock }, BUS);
  const bus = queuedBus(queue, ({ type }, error) =>
    say(`${type} was not taken: ${error instanceof Error ? error.message : String(error)}`),
  );
  for (const type of Object.keys(NOTICE_OF)) bus.subscribe(type, calling('notify', notify, NOTIFY_TIMEOUT_MS));
  bus.subscribe('event.announced', calling('invite', invite, INVITE_TIMEOUT_MS));
  bus.subscribe('consent.changed', calling('tell-partners', tellPartners, NOTIFY_TIMEOUT_MS));
  return bus;
};

/** Made at the first start: browsers that subscribed know us by it. */
const keyFile = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch {
    const made = JSON.stringify(webpush.generateVAPIDKeys());
    await writeWhole(file, made);
    return made;
  }
};

/** Push as in the cloud: a browser on this machine can be woken where its push service can be reached. */
export const openPush = ({ folder, origin }: { readonly folder: string; readonly origin: string }): Push =>
  webPush({
    keys: () => keyFile(join(folder, 'push-keys.json')),
    // a push service wants a way to reach us, and 127.0.0.1 is none
    subject: origin.startsWith('https:') ? origin : 'mailto:no-reply@hems.local',
    http: httpOut(),
  });
