import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { randomFrom } from '@hems/models/testing/random';
import * as ports from '../../runtime/ports.ts';
import type { Provider } from '../../runtime/provider.ts';
import { startHost } from '../host.ts';
import { receiverFile } from './receiver-file.ts';
import { withFaults, type FaultPlan } from './with-faults.ts';

/**
 * The local host as a process that is to be killed: the whole of it, as `npm start`, but that it looks at what is due several times a second,
 * that webhooks go into a file, and that it may be told at which call of which port it dies. It begins when its orders come, one line of JSON on
 * its standard input: what it is made of has been loaded by then.
 */
export const orders = z.object({
  folder: z.string(),
  port: z.int(),
  mqttPort: z.int(),
  aheadMs: z.int(),
  seed: z.int(),
  /**
   * where it dies by itself: at the so many-th call of the port, before the call or after it has done its work; where that does not come in
   * time, at the next call of the table
   */
  dies: z.optional(z.object({ port: z.string(), nth: z.int(), when: z.enum(['before', 'after']), withinMs: z.int() })),
});
export type Orders = z.infer<typeof orders>;

const LOOK_MS = 250;

const say = (line: string): void => void writeSync(1, `${line}\n`);

const replaced = async <T extends object>(provider: Provider<T>, plan: FaultPlan): Promise<void> =>
  provider.use(withFaults(await provider(), plan));

/** Ports that work is divided by: between any two of their calls a process may end. */
const mortalPorts: Record<string, (plan: FaultPlan) => Promise<void>> = {
  table: async (plan) => replaced(ports.table, plan),
  telemetry: async (plan) => replaced(ports.telemetry, plan),
  payments: async (plan) => replaced(ports.payments, plan),
  bus: async (plan) => replaced(ports.bus, plan),
  webhooks: async (plan) => replaced(ports.webhooks, plan),
  http: async (plan) => replaced(ports.http, plan),
};

const dieAt = async ({ port, nth, when, withinMs }: NonNullable<Orders['dies']>): Promise<void> => {
  const latest = performance.now() + withinMs;
  const plan =
    (of: string): FaultPlan =>
    (call) => {
      const isNow = (of === port && call.nth === nth) || (of === 'table' && performance.now() > latest);
      const last = (): void => say(`dies ${when} ${of}.${call.method}, call ${call.nth}`);
      return isNow ? { kind: 'kills', when, last } : undefined;
    };
  for (const of of new Set([port, 'table'])) await mortalPorts[of]?.(plan(of));
};

const main = async (line: string): Promise<void> => {
  const { folder, port, mqttPort, aheadMs, seed, dies } = orders.parse(JSON.parse(line));
  // the same seed gives the receiver's temper, too
  ports.http.use(receiverFile(join(folder, 'received.jsonl'), Math.floor(randomFrom(seed)() * 2 ** 31)));
  const demo = { days: 1 };
  const host = await startHost(
    { dataDirectory: folder, fresh: false, port, mqttPort, aheadMs, lookEveryMs: LOOK_MS, demo },
    say,
  );
  if (dies) await dieAt(dies);
  say(`ready ${host.origin} ${host.mqttPort}`);
};

const heard: readonly unknown[] = await Promise.race([once(process.stdin, 'data'), once(process.stdin, 'end')]);
const [line] = heard;
if (line instanceof Buffer) await main(line.toString());
process.stdin.unref();
