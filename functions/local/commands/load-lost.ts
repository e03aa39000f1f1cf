import * as z from 'zod';
import { ruleEvent, type RuleEvent } from '@hems/shared/events/rules';
import { blockOf, pointsOf } from '../../adapters/blocks/block.ts';
import { blockStart } from '../../adapters/blocks/keys.ts';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';

/** The instants of each device. */
export type Instants = ReadonlyMap<string, ReadonlySet<number>>;
export type Kept = { readonly store: Instants; readonly quarantine: Instants; readonly deadLetters: Instants };
export type Account = {
  readonly acknowledged: number;
  readonly inStore: number;
  readonly inQuarantine: number;
  readonly inDeadLetters: number;
  /** acknowledged and nowhere: device and instant */
  readonly lost: readonly (readonly [deviceId: string, ts: number])[];
};

const row = z.object({ pk: z.string(), sk: z.string(), data: z.string() });
const body = z.object({ body: z.string() });
const quarantined = z.object({ event: ruleEvent });
const point = z.object({ device_id: z.string(), ts: z.int() });
const message = z.union([z.object({ points: z.array(z.unknown()) }), point]);

const adder = (into: Map<string, Set<number>>) => (deviceId: string, ts: number) => {
  const own = into.get(deviceId) ?? new Set();
  into.set(deviceId, own.add(ts));
};

/** `T#<telemetry id>#D#<device>#<kind>#<date>` */
const deviceOf = (pk: string): string => pk.split('#')[3] ?? '';

const inStore = (database: Database): Instants => {
  const found = new Map<string, Set<number>>();
  const add = adder(found);
  const blocks = database.prepare(`SELECT pk, sk, data FROM history WHERE sk LIKE 'B#%' OR sk LIKE 'E#%'`);
  for (const raw of blocks.iterate()) {
    const { pk, sk, data } = row.parse(raw);
    for (const { ts } of pointsOf(blockOf(JSON.parse(data)), blockStart({ pk, sk }))) add(deviceOf(pk), ts);
  }
  return found;
};

/** The points of messages that were kept as they came. What is no message at all was never a reading of this fleet. */
const inMessages = (events: readonly RuleEvent[]): Instants => {
  const found = new Map<string, Set<number>>();
  const add = adder(found);
  for (const { payload } of events) {
    const said = message.safeParse(JSON.parse(Buffer.from(payload, 'base64').toString()));
    const points = !said.data ? [] : 'points' in said.data ? said.data.points : [said.data];
    for (const one of points) {
      const parsed = point.safeParse(one);
      if (parsed.data) add(parsed.data.device_id, parsed.data.ts);
    }
  }
  return found;
};

/** Everything that a host which has stopped holds of readings. */
export const readKept = async (databaseFile: string): Promise<Kept> => {
  const database = openDatabase(databaseFile);
  try {
    const entries = database.prepare(`SELECT pk, sk, data FROM operations WHERE pk LIKE 'QUARANTINE#%'`).all();
    const letters = database.prepare(`SELECT body FROM queue WHERE name = 'ingest-dead-letters'`).all();
    return {
      store: inStore(database),
      quarantine: inMessages(entries.map((raw) => quarantined.parse(JSON.parse(row.parse(raw).data)).event)),
      deadLetters: inMessages(letters.map((raw) => ruleEvent.parse(JSON.parse(body.parse(raw).body)))),
    };
  } finally {
    await database.close();
  }
};

/** Where each acknowledged reading is. */
export const account = (
  acknowledged: Iterable<readonly [deviceId: string, instants: readonly number[]]>,
  { store, quarantine, deadLetters }: Kept,
): Account => {
  const counts = { acknowledged: 0, inStore: 0, inQuarantine: 0, inDeadLetters: 0 };
  const lost: (readonly [string, number])[] = [];
  for (const [deviceId, instants] of acknowledged)
    for (const ts of instants) {
      counts.acknowledged += 1;
      if (store.get(deviceId)?.has(ts)) counts.inStore += 1;
      else if (quarantine.get(deviceId)?.has(ts)) counts.inQuarantine += 1;
      else if (deadLetters.get(deviceId)?.has(ts)) counts.inDeadLetters += 1;
      else lost.push([deviceId, ts]);
    }
  return { ...counts, lost };
};
