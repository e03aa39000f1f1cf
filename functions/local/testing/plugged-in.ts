import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import * as z from 'zod';
import {
  configuredDevices,
  createAnswer,
  provisionAnswer,
  provisioningTopic,
  type ProvisioningStep,
} from '@hems/shared/events/provisioning';
import { topicOf } from '@hems/shared/events/topics';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import { certificateAuthorityPem } from './demo-gateway.ts';

type Place = { readonly dataDirectory: string; readonly mqttPort: number };
type Key = { readonly key: string; readonly cert: string };

const connect = async ({ dataDirectory, mqttPort }: Place, { clientId, ...key }: Key & { clientId: string }) =>
  await mqtt.connectAsync(`mqtts://127.0.0.1:${mqttPort}`, {
    clientId,
    ...key,
    ca: await readFile(certificateAuthorityPem(dataDirectory)),
    reconnectPeriod: 0,
  });

const ask = async (client: MqttClient, step: ProvisioningStep, request: unknown): Promise<unknown> => {
  const accepted = provisioningTopic(step, 'accepted');
  await client.subscribeAsync([accepted, provisioningTopic(step, 'rejected')]);
  const answered = new Promise<[string, Buffer]>((resolve) =>
    client.once('message', (topic, payload) => resolve([topic, payload])),
  );
  await client.publishAsync(provisioningTopic(step), JSON.stringify(request), { qos: 1 });
  const [topic, payload] = await answered;
  if (topic !== accepted) throw new Error(`provisioning was refused: ${payload.toString()}`);
  return JSON.parse(payload.toString());
};

/**
 * A gateway fresh from the factory whose label was claimed: plugged in, it gets its own certificate, connects with it and tells what the
 * home draws. `tell` sends one reading of its meter.
 */
export const plugIn = async (place: Place, SerialNumber: string) => {
  const claim = async (end: string): Promise<string> => await readFile(join(place.dataDirectory, 'ca', end), 'utf8');
  const factory = await connect(place, {
    clientId: 'claim-1',
    key: await claim('claim.key'),
    cert: await claim('claim.pem'),
  });
  const { privateKeyPem, signingRequestPem } = await makeKey();
  const made = z.parse(createAnswer, await ask(factory, 'create', { certificateSigningRequest: signingRequestPem }));
  const { certificateOwnershipToken, certificatePem } = made;
  const request = { certificateOwnershipToken, parameters: { SerialNumber } };
  const { thingName, deviceConfiguration } = z.parse(provisionAnswer, await ask(factory, 'provision', request));
  await factory.endAsync();

  const own = await connect(place, { clientId: thingName, key: privateKeyPem, cert: certificatePem });
  const devices = z.parse(configuredDevices, JSON.parse(deviceConfiguration.devices));
  const meter = devices.find(({ kind }) => kind === 'smart_meter');
  let seq = 0;
  return {
    tell: async ({ ts, powerW }: { readonly ts: number; readonly powerW: number }): Promise<void> => {
      const address = { household: deviceConfiguration.household, gateway: thingName };
      const reading = { v: 1, boot: 1, seq: (seq += 1), q: 0, ts, power_w: powerW, ...meter };
      await own.publishAsync(topicOf(address, 'reading'), JSON.stringify(reading), { qos: 1 });
    },
    unplug: async (): Promise<void> => await own.endAsync(),
  };
};
