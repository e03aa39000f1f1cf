import {
  AttachPolicyCommand,
  CreateCertificateFromCsrCommand,
  CreateThingCommand,
  DeleteCertificateCommand,
  DeleteConflictException,
  DeleteThingCommand,
  DescribeThingCommand,
  DetachThingPrincipalCommand,
  InvalidRequestException,
  IoTClient,
  ListThingPrincipalsCommand,
  ResourceNotFoundException as NoSuchThing,
  UpdateCertificateCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import {
  DeleteConnectionCommand,
  IoTDataPlaneClient,
  PublishCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot-data-plane';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '@hems/shared/events/commands';
import { iotDeviceChannel } from './device-channel.ts';
import { iotDeviceRegistry } from './device-registry.ts';

const config = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const certificateArn = 'arn:aws:iot:us-east-1:1:cert/c-1';
let pauses = 0;
const pause = async () => void (pauses += 1);
const registry = () => iotDeviceRegistry({ policyName: 'fleet', thingTypeName: 'gateway', pause, config });
const iot = mockClient(IoTClient);
const broker = mockClient(IoTDataPlaneClient);

beforeEach(() => {
  pauses = 0;
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
  await registry().revoke('g-1', 'c-1');
  expect(order).toEqual([{ certificateId: 'c-1', newStatus: 'INACTIVE' }, { clientId: 'g-1' }]);
});

it('cutting a gateway off closes each of its certificates before it ends the session', async () => {
  const order: unknown[] = [];
  iot.on(ListThingPrincipalsCommand).resolves({ principals: [certificateArn, 'arn:aws:iot:us-east-1:1:cert/c-2'] });
  iot.on(UpdateCertificateCommand).callsFake(async (input) => void order.push(input.certificateId));
  broker.on(DeleteConnectionCommand).callsFake(async (input) => void order.push(input));
  await registry().cutOff('g-1');
  expect(order).toEqual(['c-1', 'c-2', { clientId: 'g-1' }]);
});

it('a gateway is cut off when it is not connected or was never provisioned, and not when the broker cannot say', async () => {
  iot.on(ListThingPrincipalsCommand).rejects(new NoSuchThing({ message: 'no thing', $metadata: {} }));
  broker
    .on(DeleteConnectionCommand)
    .rejectsOnce(new ResourceNotFoundException({ message: 'no connection', $metadata: {} }));
  await registry().cutOff('g-1');
  broker.on(DeleteConnectionCommand).rejects(new Error('throttled'));
  await expect(registry().cutOff('g-1')).rejects.toThrow('throttled');
});

it('a gateway that comes with its one certificate keeps its session; one that changed over loses every other', async () => {
  const closed: unknown[] = [];
  iot.on(UpdateCertificateCommand).callsFake(async (input) => void closed.push(input.certificateId));
  broker.on(DeleteConnectionCommand).callsFake(async (input) => void closed.push(input));
  iot.on(ListThingPrincipalsCommand).resolves({ principals: [certificateArn] });
  await registry().cutOff('g-1', 'c-1');
  expect(closed).toEqual([]);
  iot
    .on(ListThingPrincipalsCommand)
    .callsFake(async ({ nextToken }) =>
      nextToken
        ? { principals: [certificateArn, 'arn:aws:iot:us-east-1:1:cert/c-3'] }
        : { principals: ['arn:aws:iot:us-east-1:1:cert/c-2'], nextToken: 'more' },
    );
  await registry().cutOff('g-1', 'c-1');
  expect(closed).toEqual(['c-2', 'c-3', { clientId: 'g-1' }]);
});

describe('a gateway that is removed', () => {
  const ARN = 'arn:aws:iot:us-east-1:1:cert/';
  const META = { message: '', $metadata: {} };
  /** As AWS keeps it: what is detached is gone from the list at once and cannot be deleted for some calls more. */
  const anAccount = (ids: readonly string[]) => {
    const account = {
      certificates: new Set(ids),
      attached: [...ids],
      thing: { household: 't-1' } as Record<string, string> | undefined,
      /** refusals that are still to come */
      slow: 3,
    };
    const settle = (error: Error): void => {
      if (account.slow <= 0) return;
      account.slow -= 1;
      throw error;
    };
    iot.on(DescribeThingCommand).callsFake(async () => {
      if (!account.thing) throw new NoSuchThing(META);
      return { attributes: account.thing };
    });
    iot.on(ListThingPrincipalsCommand).callsFake(async () => ({ principals: account.attached.map((id) => ARN + id) }));
    iot.on(UpdateThingCommand).callsFake(async ({ attributePayload }) => {
      expect(attributePayload.merge).toBe(true);
      expect(attributePayload.attributes.ending.length).toBeLessThanOrEqual(800);
      account.thing = { ...account.thing, ...attributePayload.attributes };
    });
    iot.on(DetachThingPrincipalCommand).callsFake(async ({ principal }) => {
      account.attached = account.attached.filter((id) => ARN + id !== principal);
    });
    iot.on(DeleteCertificateCommand).callsFake(async ({ certificateId, forceDelete }) => {
      if (!account.certificates.has(certificateId)) throw new NoSuchThing(META);
      if (account.attached.includes(certificateId) || forceDelete !== true) throw new DeleteConflictException(META);
      settle(new DeleteConflictException(META));
      account.certificates.delete(certificateId);
    });
    iot.on(DeleteThingCommand).callsFake(async () => {
      settle(new InvalidRequestException(META));
      account.thing = undefined;
    });
    broker.on(DeleteConnectionCommand).resolves({});
    return account;
  };

  it('leaves no certificate behind while AWS is still detaching it', async () => {
    const account = anAccount(['c-1', 'c-2']);
    expect(await registry().remove('g-1')).toEqual({ things: 1, certificates: 2 });
    expect([account.certificates.size, account.thing, pauses]).toEqual([0, undefined, 3]);
    expect(await registry().remove('g-1')).toEqual({ things: 0, certificates: 0 });
  });

  it('fails where detaching takes too long, and the next try finds what the thing does not lead to any more', async () => {
    const account = anAccount(['c-1', 'c-2']);
    account.slow = 30;
    await expect(registry().remove('g-1')).rejects.toBeInstanceOf(DeleteConflictException);
    expect([account.attached, account.certificates.size, account.thing?.['household']]).toEqual([[], 2, 't-1']);
    expect(await registry().remove('g-1')).toEqual({ things: 1, certificates: 2 });
    expect([account.certificates.size, account.thing]).toEqual([0, undefined]);
  });

  it('with certificates of many years is taken out too', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => String(n).padStart(64, 'a'));
    const account = anAccount(ids);
    account.slow = 0;
    expect(await registry().remove('g-1')).toEqual({ things: 1, certificates: 30 });
    expect(account.certificates.size).toBe(0);
  });
});

it('a key is never asked of AWS: a certificate is made of the gateway’s own signing request', async () => {
  iot.on(DescribeThingCommand).rejects(new NoSuchThing({ message: 'no thing', $metadata: {} }));
  iot.on(CreateThingCommand).resolves({});
  iot.on(CreateCertificateFromCsrCommand).resolves({ certificateArn, certificateId: 'c-1', certificatePem: 'pem' });
  const made = await registry().register({ household: 't-1', gateway: 'g-1' }, 'request');
  expect(made).toEqual({ certificateId: 'c-1', certificatePem: 'pem' });
  expect(iot.commandCalls(CreateCertificateFromCsrCommand)[0]?.args[0].input).toEqual({
    certificateSigningRequest: 'request',
    setAsActive: true,
  });
  expect(iot.commandCalls(AttachPolicyCommand)[0]?.args[0].input).toEqual({
    policyName: 'fleet',
    target: certificateArn,
  });
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
