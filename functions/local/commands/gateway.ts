import { access, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { revokeGateway } from '@hems/shared/api/devices';
import { readSession } from '@hems/shared/api/session';
import type { ReadingMessage } from '@hems/shared/events/telemetry';
import { topicOf } from '@hems/shared/events/topics';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { Table } from '../../ports/table.ts';
import { ids } from '../../runtime/ports.ts';
import { newGateway } from '../../use-cases/stores/gateways.ts';
import { putDevice, readProfile } from '../../use-cases/stores/households.ts';
import { openAuthority } from '../ca/authority.ts';
import { deviceRegistry } from '../ca/device-registry.ts';
import { liveSessions } from '../ca/sessions.ts';
import { systemClock } from '../clock.ts';
import { register, type Credentials } from '../demo/credentials.ts';
import { callRoute, localOrigin } from './local-host.ts';
import { CommandRefused, signInAs } from './sign-in.ts';

const USAGE = `hems gateway add --household HOUSEHOLD_ID [--data DIR]   a gateway with a smart meter of your own, its key and certificate
hems gateway revoke GATEWAY_ID --household HOUSEHOLD_ID [--as EMAIL]
                                                         cuts it off: its connection, its certificates and what it still sends
\`add\` is for a local host, running or not, whose data is in DIR (default .data); a running one lets the new meter's readings in within
2 s. \`revoke\` asks the running host as a demo resident of the household (the first, or the one named).`;

type Place = {
  readonly folder: string;
  readonly table: Table;
  readonly registry: DeviceRegistry;
  readonly caPem: string;
};

const OPTIONS = {
  data: { type: 'string', default: '.data' },
  household: { type: 'string' },
  as: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The command `hems gateway`. */
export const runGateway = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [verb, gateway] = positionals;
  const { household } = values;
  if (!values.help && verb === 'add' && household !== undefined)
    return await at(values.data, async (place) => await add(place, household));
  if (!values.help && verb === 'revoke' && gateway !== undefined && household !== undefined)
    return await revoke({ gateway, householdId: household }, values.as);
  console.log(USAGE);
  return values.help ? 0 : 1;
};

/** The file of a host that may be running: SQLite lets both write, one after the other. */
const at = async (data: string, act: (place: Place) => Promise<void>): Promise<number> => {
  const folder = resolve(data);
  const file = join(folder, 'hems.sqlite');
  await access(file).catch(() => {
    throw new CommandRefused(
      `${folder} holds no data of a local host. Start one with npm start, or name its folder: --data DIR`,
    );
  });
  const authority = await openAuthority(join(folder, 'ca'), systemClock);
  const database = openDatabase(file);
  const table = sqliteTable({ database, clock: systemClock });
  try {
    const registry = deviceRegistry({ table, authority, sessions: liveSessions() });
    await act({ folder, table, registry, caPem: authority.caPem });
  } finally {
    await database.close();
  }
  return 0;
};

const add = async ({ folder, table, registry, caPem }: Place, householdId: string): Promise<void> => {
  const profile = await readProfile(table, householdId);
  if (!profile)
    throw new CommandRefused(`There is no household ${householdId}. ${readSession.path} lists those of a resident.`);
  const next = await ids();
  const [gateway, deviceId] = [next.next(), next.next()];
  const address = { household: profile.telemetryId, gateway };
  const credentials = await register(registry, address);
  const path = join(folder, 'gateways', gateway);
  await write(path, { credentials, caPem });
  const device = { deviceId, kind: 'smart_meter', name: 'own smart meter', gateway, status: 'active' } as const;
  await table.put(newGateway({ householdId, gateway }));
  await putDevice(table, householdId, device);
  const topic = topicOf(address, 'reading');
  console.log(`gateway      ${gateway}, which is its MQTT client id too
device       ${deviceId}, a smart_meter
certificate  ${credentials.certificateId}
files        ${path}: ca.pem, certificate.pem, key.pem
topic        ${topic}

${example({ path, gateway, topic, deviceId })}`);
};

const write = async (
  path: string,
  { credentials, caPem }: { credentials: Credentials; caPem: string },
): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await writeFile(join(path, 'ca.pem'), caPem);
  await writeFile(join(path, 'certificate.pem'), credentials.certificatePem);
  await writeFile(join(path, 'key.pem'), credentials.privateKeyPem, { mode: 0o600 });
};

type Example = { readonly path: string; readonly gateway: string; readonly topic: string; readonly deviceId: string };

/** A line for a shell; `ts`, a number, is put together by it. */
const example = ({ path, gateway, topic, deviceId }: Example): string => {
  const reading: ReadingMessage = {
    v: 1,
    boot: 1,
    seq: 1,
    device_id: deviceId,
    kind: 'smart_meter',
    ts: 0,
    q: 0,
    power_w: 420,
  };
  const message = JSON.stringify(reading).replace('"ts":0', `"ts":'$(date +%s)'000`);
  const port = process.env['MQTT_PORT'] ?? '8883';
  return `mosquitto_pub -h 127.0.0.1 -p ${port} --cafile '${path}/ca.pem' --cert '${path}/certificate.pem' --key '${path}/key.pem' \\
  -i '${gateway}' -q 1 -t '${topic}' -m '${message}'`;
};

const revoke = async (params: { gateway: string; householdId: string }, email: string | undefined): Promise<number> => {
  const origin = localOrigin();
  const { access_token: token } = await signInAs(origin, email);
  await callRoute({ origin, token, route: revokeGateway, params });
  console.log(`revoked gateway ${params.gateway}: its connection is closed and what it sends is dropped within 30 s`);
  return 0;
};
