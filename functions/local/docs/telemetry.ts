import { DEVICE_KINDS } from '@hems/models/device/kinds';
import { Q } from '@hems/models/reading/quality';
import { QUANTITIES, QUANTITY_NAMES } from '@hems/models/reading/quantities';
import { command, commandResult, commandState, type Command, type CommandResult } from '@hems/shared/events/commands';
import { healthMessage, type HealthMessage } from '@hems/shared/events/health';
import { PROVISIONING_STEPS, provisioningTopic } from '@hems/shared/events/provisioning';
import {
  batchRule,
  commandResultRule,
  healthRule,
  HISTORY_RULES,
  presenceRule,
  readingRule,
  RULE_SQL_VERSION,
} from '@hems/shared/events/rules';
import {
  batchMessage,
  batchPoint,
  MAX_MESSAGE_BYTES,
  readingMessage,
  type BatchMessage,
  type ReadingMessage,
} from '@hems/shared/events/telemetry';
import { COMMAND_CHANNEL, topicOf, type GatewayAddress } from '@hems/shared/events/topics';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

/** The messages by the name of their schema file. */
export const telemetrySchemas = (): Record<string, JsonSchema> => {
  const batch = jsonSchemaOf(batchMessage, 'input');
  return {
    reading: titled('Topic …/reading', jsonSchemaOf(readingMessage, 'input')),
    batch: titled('Topic …/batch', {
      ...batch,
      properties: {
        ...asObject(batch['properties']),
        points: { type: 'array', minItems: 1, maxItems: 1000, items: jsonSchemaOf(batchPoint, 'input') },
      },
    }),
    cmd: titled('Topic …/cmd', jsonSchemaOf(command, 'output')),
    'cmd-result': titled('Topic …/cmd/result', jsonSchemaOf(commandResult, 'input')),
    health: titled('Topic …/health', jsonSchemaOf(healthMessage, 'input')),
  };
};

const titled = (title: string, schema: JsonSchema): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...schema,
});

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const reading: ReadingMessage = {
  v: 1,
  boot: 3,
  device_id: 'meter-1',
  kind: 'smart_meter',
  ts: 1_795_316_400_000,
  seq: 812,
  q: Q.good,
  power_w: -420,
  energy_import_wh: 1_204_871,
  energy_export_wh: 88_102,
  voltage_mv: 221_400,
};
const plug = { device_id: 'plug-2', kind: 'smart_plug' } as const;
const batch: BatchMessage = {
  v: 1,
  boot: 3,
  seq: 815,
  sent: 1_795_316_520_000,
  points: [
    { ...plug, ts: 1_795_316_460_000, seq: 813, q: Q.sentLate, power_w: 61 },
    { ...plug, ts: 1_795_316_520_000, seq: 814, q: Q.good, power_w: 63 },
  ],
};
const order: Command = {
  v: 1,
  cmd_id: '5pZ1',
  issued_at: 1_795_316_400_000,
  expires_at: 1_795_320_000_000,
  device: 'battery-1',
  action: 'set-battery',
  params: { power_w: 1500 },
};
const result: CommandResult = { v: 1, cmd_id: '5pZ1', ts: 1_795_316_400_350, state: 'verified' };

const health: HealthMessage = {
  v: 1,
  ts: 1_795_316_400_000,
  hello: true,
  version: '2.1.0',
  queue_depth: 0,
  oldest_s: 0,
  clock_offset_ms: -3,
  devices: [{ device_id: 'meter-1', state: 'online', last_good_ts: 1_795_316_399_000, p95_ms: 40 }],
};

/** One valid message for each schema. */
export const telemetryExamples = { reading, batch, cmd: order, 'cmd-result': result, health };

const HOME: GatewayAddress = { household: '<household>', gateway: '<gateway>' };

const topics = [
  { topic: topicOf(HOME, 'reading'), by: 'gateway', what: 'one point of one device', schema: 'reading' },
  {
    topic: topicOf(HOME, 'batch'),
    by: 'gateway',
    what: 'up to 1,000 points: back-fill, cheap uplink',
    schema: 'batch',
  },
  {
    topic: topicOf(HOME, 'health'),
    by: 'gateway',
    what: 'state of gateway and devices, when it has connected (`hello`) and each minute',
    schema: 'health',
  },
  { topic: topicOf(HOME, COMMAND_CHANNEL), by: 'platform', what: 'an order with its end', schema: 'cmd' },
  { topic: topicOf(HOME, 'cmd/result'), by: 'gateway', what: 'how an order fared', schema: 'cmd-result' },
];

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const example = (title: string, value: unknown): string =>
  `### ${title}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

/** docs/api/telemetry.md */
export const telemetryPage = (): string => `# Telemetry and orders over MQTT

Written by \`npm run hems -- openapi\` from \`shared/events\`. Do not edit it by hand.

MQTT 3.1.1 over TLS with a client certificate. The client id is the gateway id. Household
(its telemetry id) and gateway are taken from the topic, never from the payload; both are opaque, \`[A-Za-z0-9_-]{1,64}\`. A gateway publishes to
and subscribes to its own topics only; anything else, QoS 2, or a payload over ${MAX_MESSAGE_BYTES.toLocaleString('en-US')} bytes ends the connection. A message
sent with QoS 1 is acknowledged once it is durable; without the acknowledgement, send it again: a repeat changes nothing.

## Topics

${table(
  ['Topic', 'Published by', 'Carries', 'JSON Schema'],
  topics.map(({ topic, by, what, schema }) => [`\`${topic}\``, by, what, `[${schema}](schemas/${schema}.json)`]),
)}

## A point

\`(device_id, kind, ts)\` names a point; \`ts\` is epoch ms, UTC. \`boot\` grows by one at each start of the gateway and \`seq\` at each point within a
boot: of two values for one point the one with the higher (boot, seq) counts. Kinds: ${DEVICE_KINDS.map((kind) => `\`${kind}\``).join(', ')}.

A quantity is a whole number whose unit is in its name. One that is not known is left out, never sent as 0. What flows into the house is
positive: \`power_w\` is + import on a smart_meter, + discharge on a battery, ≥ 0 generated on a solar_inverter, ≥ 0 used on an ev_charger or
smart_plug. \`energy_import_wh\` counts into the device's own terminals, \`energy_export_wh\` out of them.

${table(
  ['Quantity', 'Least', 'Greatest'],
  QUANTITY_NAMES.map((name) => [`\`${name}\``, QUANTITIES[name].min, QUANTITIES[name].max]),
)}

\`q\` is a sum of flags; 0 is a good value.

${table(
  ['Flag', 'Bit'],
  Object.entries(Q).flatMap(([name, bit]) => (bit === 0 ? [] : [[name, bit]])),
)}

## Orders

A gateway answers an order on \`cmd/result\` with one or more of ${commandState.options.map((state) => `\`${state}\``).join(', ')}. An order past
\`expires_at\` is answered \`expired\` and never executed; a repeated \`cmd_id\` is executed once.

An order holds until its \`expires_at\`, and the gateway ends it by its own clock, also when it hears nothing any more. Then the device is left to
itself: after \`set-battery\` a battery covers its home and stores what the roof leaves over, after \`switch\` a plug is on and a charger charges
whatever hangs on it. A later order for the same device replaces the one before. \`set-point\` is a lasting wish and stays.

## Provisioning

A gateway that has nothing but the claim certificate of its make connects under a client id that begins with \`claim-\` and uses two topics,
as AWS IoT fleet provisioning has them: ${PROVISIONING_STEPS.map((step) => `\`${provisioningTopic(step)}\``).join(', then ')}. The first takes a
signing request of the P-256 key that it made; the second the ownership token and \`{"SerialNumber": …}\`. The answers on \`…/accepted\` hold its
certificate, its gateway id (\`thingName\`), the household of its topics and the ids of its devices; \`…/rejected\` says why not. A household
has to have claimed the serial number before. With its own certificate a gateway asks in the same way for the next one.

## Examples

${Object.entries(telemetryExamples)
  .map(([name, value]) => example(`\`${name.replace('-', '/')}\``, value))
  .join('\n\n')}

## Rules

AWS IoT rules, SQL version ${RULE_SQL_VERSION}. The local broker makes the same events.

${[readingRule, batchRule, commandResultRule, healthRule, presenceRule, ...HISTORY_RULES.map(({ rule }) => rule)]
  .map(({ name, sql }) => `### ${name}\n\n\`\`\`sql\n${sql}\n\`\`\``)
  .join('\n\n')}
`;
