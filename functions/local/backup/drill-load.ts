import mqtt, { type MqttClient } from 'mqtt';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { opaqueId } from '@hems/models/testing/random';
import type { ReadingMessage } from '@hems/shared/events/telemetry';
import { topicOf } from '@hems/shared/events/topics';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { newGateway } from '../../use-cases/stores/gateways.ts';
import { putDevice, readProfile } from '../../use-cases/stores/households.ts';
import { openAuthority } from '../ca/authority.ts';
import { deviceRegistry } from '../ca/device-registry.ts';
import { liveSessions } from '../ca/sessions.ts';
import { systemClock } from '../clock.ts';
import { register } from '../demo/credentials.ts';
import type { HostProcess } from './host-process.ts';

/** One reading a second of each. */
const DEVICES = 100;
const EVERY_MS = 1000;

export type DrillLoad = {
  /** the readings that the host has said it has, by device and time: when that was said */
  readonly acknowledged: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

const anyHousehold = (folder: string): string => {
  const database = new DatabaseSync(join(folder, 'hems.sqlite'), { readOnly: true, timeout: 5000 });
  try {
    const row = database.prepare(`SELECT pk FROM homes WHERE sk = 'PROFILE' ORDER BY pk LIMIT 1`).get();
    return String(row?.['pk']).slice('H#'.length);
  } finally {
    database.close();
  }
};

/** A gateway with many meters, put into a home of a host that runs. */
const addGateway = async (folder: string) => {
  const authority = await openAuthority(join(folder, 'ca'), systemClock);
  const database = openDatabase(join(folder, 'hems.sqlite'));
  try {
    const table = sqliteTable({ database, clock: systemClock });
    const householdId = anyHousehold(folder);
    const profile = await readProfile(table, householdId);
    if (!profile) throw new Error(`${folder} has no home`);
    const address = { household: profile.telemetryId, gateway: opaqueId('drill gateway', Date.now()) };
    const credentials = await register(deviceRegistry({ table, authority, sessions: liveSessions() }), address);
    await table.put(newGateway({ householdId, gateway: address.gateway }));
    const devices = Array.from({ length: DEVICES }, (_, index) => opaqueId('drill meter', index));
    for (const deviceId of devices)
      await putDevice(table, householdId, {
        deviceId,
        kind: 'smart_plug',
        name: 'drill',
        gateway: address.gateway,
        status: 'active',
      });
    return { address, credentials, caPem: authority.caPem, devices };
  } finally {
    await database.close();
  }
};

const POWER_W = 60;

/** Meters of the drill that send to a host until it goes away. */
export const startLoad = async (folder: string, { mqttPort }: Pick<HostProcess, 'mqttPort'>): Promise<DrillLoad> => {
  const { address, credentials, caPem, devices } = await addGateway(folder);
  const client: MqttClient = await mqtt.connectAsync(`mqtts://127.0.0.1:${mqttPort}`, {
    reconnectPeriod: 0,
    clientId: address.gateway,
    ca: caPem,
    key: credentials.privateKeyPem,
    cert: credentials.certificatePem,
  });
  // the host is killed under it
  client.on('error', () => undefined);
  const acknowledged = new Map<string, number>();
  let seq = 0;
  const send = (deviceId: string): void => {
    const ts = Date.now();
    seq += 1;
    const reading: ReadingMessage = {
      v: 1,
      boot: 1,
      seq,
      device_id: deviceId,
      kind: 'smart_plug',
      ts,
      q: 0,
      power_w: POWER_W,
    };
    client.publish(topicOf(address, 'reading'), JSON.stringify(reading), { qos: 1 }, (error) => {
      if (!error) acknowledged.set(`${deviceId}@${ts}`, Date.now());
    });
  };
  const timer = setInterval(() => devices.forEach(send), EVERY_MS);
  return {
    acknowledged,
    stop: async () => {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
};

const slot = z.object({ rows: z.array(z.tuple([z.int()], z.unknown())) });

/** The readings of the drill's meters that a folder holds, by device and time. */
export const keptReadings = (folder: string): Set<string> => {
  const database = new DatabaseSync(join(folder, 'hems.sqlite'), { readOnly: true, timeout: 5000 });
  try {
    const kept = new Set<string>();
    for (let index = 0; index < DEVICES; index += 1) {
      const prefix = `S#${opaqueId('drill meter', index)}#`;
      const rows = database.prepare('SELECT sk, data FROM energy WHERE sk >= ? AND sk < ?').all(prefix, `${prefix}~`);
      for (const { sk, data } of rows) {
        const [, deviceId = '', start = ''] = String(sk).split('#');
        for (const [offset] of slot.parse(JSON.parse(String(data))).rows)
          kept.add(`${deviceId}@${Number(start) * 1000 + offset}`);
      }
    }
    return kept;
  } finally {
    database.close();
  }
};
