import { IoTDataPlaneClient, PublishCommand, type IoTDataPlaneClientConfig } from '@aws-sdk/client-iot-data-plane';
import { COMMAND_CHANNEL, topicOf } from '@hems/shared/events/topics';
import type { DeviceChannel } from '../../ports/device-channel.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** Orders through the broker of AWS IoT Core, QoS 1. */
export const iotDeviceChannel = (config: IoTDataPlaneClientConfig = {}): DeviceChannel => {
  const broker = new IoTDataPlaneClient({ ...SHORT_TIMEOUTS, ...config });
  return {
    send: async (gateway, command) => {
      const payload = Buffer.from(JSON.stringify(command));
      await broker.send(new PublishCommand({ topic: topicOf(gateway, COMMAND_CHANNEL), qos: 1, payload }));
    },
  };
};
