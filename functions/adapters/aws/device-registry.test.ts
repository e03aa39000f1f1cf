import {
  DescribeCertificateCommand,
  IoTClient,
  ListPrincipalThingsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import {
  DeleteConnectionCommand,
  IoTDataPlaneClient,
  PublishCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot-data-plane';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Command } from '@hems/shared/events/commands';
import { iotDeviceChannel } from './device-channel.ts';
import { iotDeviceRegistry } from './device-registry.ts';

const config = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const certificateArn = 'arn:aws:iot:us-east-1:1:cert/c-1';
const registry = () => iotDeviceRegistry({ policyName: 'fleet', thingTypeName: 'gateway', config });
const iot = mockClient(IoTClient);
const broker = mockClient(IoTDataPlaneClient);

beforeEach(() => {
  iot
    .on(DescribeCertificateCommand)
    .resolves({ certificateDescription: { certificateId: 'c-1', certificateArn, status: 'ACTIVE' } });
  iot.on(ListPrincipalThingsCommand).resolves({ things: ['g-1'] });
  iot.on(UpdateCertificateCommand).resolves({});
});
afterEach(() => {
  iot.reset();
  broker.reset();
});

it('revoking a certificate first closes it and then ends the session of its gateway', async () => {
  const order: unknown[] = [];
  iot.on(UpdateCertificateCommand).callsFake(async (input) => void order.push(input));
  broker.on(DeleteConnectionCommand).callsFake(async (input) => void order.push(input));
  await registry().revoke('c-1');
  expect(order).toEqual([{ certificateId: 'c-1', newStatus: 'INACTIVE' }, { clientId: 'g-1' }]);
});

it('revoking is complete when the gateway is not connected, and not when the broker cannot say', async () => {
  broker
    .on(DeleteConnectionCommand)
    .rejectsOnce(new ResourceNotFoundException({ message: 'no connection', $metadata: {} }));
  await registry().revoke('c-1');
  broker.on(DeleteConnectionCommand).rejects(new Error('throttled'));
  await expect(registry().revoke('c-1')).rejects.toThrow('throttled');
});

it('an order goes to the command topic of its gateway with QoS 1', async () => {
  broker.on(PublishCommand).resolves({});
  const order: Command = {
    v: 1,
    cmd_id: 'o-1',
    issued_at: 1,
    expires_at: 2,
    action: 'report-every',
    params: { seconds: 5, until: 2 },
  };
  await iotDeviceChannel(config).send({ household: 't-1', gateway: 'g-1' }, order);
  const [published] = broker.commandCalls(PublishCommand);
  expect(published?.args[0].input).toMatchObject({ topic: 'hems/v1/t-1/g-1/cmd', qos: 1 });
  expect(JSON.parse(Buffer.from(published?.args[0].input.payload as Uint8Array).toString())).toEqual(order);
});
