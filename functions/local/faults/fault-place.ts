import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom, seedOf, type Random } from '@hems/models/testing/random';
import { gatewayLoad, type GatewayLoad } from './device-load.ts';
import { enterFaultHomes, FAULTS_BEGIN_MS, type FaultWorld } from './fault-homes.ts';
import type { Orders } from './host-under-faults.ts';
import { hosts, kill } from './hosts.ts';
import { inFlight, type InFlight } from './in-flight.ts';
import type { Promised } from './invariants.ts';
import { nothingAsked, type Asked } from './asked.ts';
import { peopleLoad, type PeopleLoad } from './people-load.ts';
import { readStored, type Stored } from './stored.ts';

export type Say = (line: string) => void;

/** Everything that outlives the hosts: their folder, who loads them, and what those were promised. */
export type Place = {
  readonly folder: string;
  readonly seed: number;
  readonly random: Random;
  readonly say: Say;
  readonly ports: { readonly port: number; readonly mqttPort: number };
  readonly world: FaultWorld;
  readonly gateways: readonly GatewayLoad[];
  readonly asked: Asked;
  readonly underWay: InFlight;
  readonly people: PeopleLoad;
  /** of the host's clock before ours; below 0, behind */
  readonly time: { aheadMs: number };
  /** how often the settled month was corrected */
  readonly corrected: { times: number };
  readonly hosts: ReturnType<typeof hosts>;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
};

export const ordersOf = (
  { folder, ports, time }: Pick<Place, 'folder' | 'ports' | 'time'>,
  seed: number,
  dies?: Orders['dies'],
): Orders => ({
  folder,
  ...ports,
  aheadMs: time.aheadMs,
  seed,
  ...(dies && { dies }),
});

export const promisedBy = ({ gateways, asked, world, corrected }: Place): Promised => ({
  acknowledged: gateways.flatMap(({ acknowledged }) => acknowledged),
  asked,
  owed: { homes: world.moneyHomes, month: world.settledOn.slice(0, 7), corrections: corrected.times },
});

/** What the folder holds now. */
export const lookInto = async ({ folder, world: { readingHomes } }: Place): Promise<Stored> =>
  await readStored(folder, {
    householdIds: readingHomes.map(({ householdId }) => householdId),
    telemetryIds: readingHomes.map(({ telemetryId }) => telemetryId),
  });

/** A folder in which a host has lived once, with the homes of the suite entered. */
export const placeOf = async (folder: string, seed: number, say: Say): Promise<Place> => {
  await mkdir(folder, { recursive: true });
  const ports = { port: await freePort(), mqttPort: await freePort() };
  const time = { aheadMs: FAULTS_BEGIN_MS - Date.now() };
  const all = hosts();
  const first = all.live(ordersOf({ folder, ports, time }, 0));
  if (!(await first.ready)) throw new Error(`the host did not come up:\n${first.out()}`);
  await sleep(3000);
  await kill(first);
  const world = await enterFaultHomes(folder);
  const random = randomFrom(seed);
  const [asked, underWay] = [nothingAsked(), inFlight()];
  const gateways = world.readingHomes.map((home) =>
    gatewayLoad({
      home,
      credentials: home.credentials,
      caPem: world.caPem,
      untilMs: FAULTS_BEGIN_MS,
      random: randomFrom(seedOf(seed, home.index)),
    }),
  );
  const origin = `http://127.0.0.1:${ports.port}`;
  const people = peopleLoad({ world, asked, inFlight: underWay, random, origin, aheadMs: () => time.aheadMs });
  const corrected = { times: 0 };
  return { folder, seed, random, say, ports, world, gateways, asked, underWay, people, time, corrected, hosts: all };
};
