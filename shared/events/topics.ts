/** MQTT topics as values: `hems/v1/<household telemetry id>/<gateway>/<channel>`. Edge, rules, broker and policy build on these. */

const TOPIC_ROOT = 'hems/v1';

/** Channels a gateway publishes to. */
export const UP_CHANNELS = ['reading', 'batch', 'health', 'cmd/result'] as const;
export type UpChannel = (typeof UP_CHANNELS)[number];
/** The channel a gateway listens to. */
export const COMMAND_CHANNEL = 'cmd';

export type GatewayAddress = { readonly household: string; readonly gateway: string };

export const topicOf = ({ household, gateway }: GatewayAddress, channel: UpChannel | typeof COMMAND_CHANNEL): string =>
  `${TOPIC_ROOT}/${household}/${gateway}/${channel}`;
/** The filter that matches every gateway's channel. */
export const everyGateway = (channel: UpChannel): string => topicOf({ household: '+', gateway: '+' }, channel);
