import { CreatePolicyCommand, CreateThingTypeCommand, IoTClient } from '@aws-sdk/client-iot';
import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { mockClient } from 'aws-sdk-client-mock';
import { deviceRegistryContract } from '../contract/device-registry.contract.ts';
import { iotDeviceRegistry } from './device-registry.ts';
import { motoClient } from './moto-client.ts';

const config = motoClient(process.env['MOTO_URL']);

deviceRegistryContract('AWS IoT', async () => {
  const iot = new IoTClient(config);
  await iot.send(
    new CreatePolicyCommand({ policyName: 'fleet', policyDocument: '{"Version":"2012-10-17","Statement":[]}' }),
  );
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'gateway' }));
  // moto has no broker, so it has no connections to close.
  const broker = mockClient(IoTDataPlaneClient);
  broker.on(DeleteConnectionCommand).resolves({});
  const pause = async () => undefined;
  const registry = iotDeviceRegistry({ policyName: 'fleet', thingTypeName: 'gateway', pause, config });
  return { registry, close: async () => broker.restore() };
});
