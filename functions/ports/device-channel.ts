import type { Command } from '@hems/shared/events/commands';
import type { GatewayAddress } from '@hems/shared/events/topics';

/** Orders to a gateway. Resolves when the broker has taken the order, not when the device has it: that is what `cmd/result` says. */
export type DeviceChannel = { send(gateway: GatewayAddress, command: Command): Promise<void> };
