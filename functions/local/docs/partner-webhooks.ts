import { webhookData } from '@hems/shared/partner-api/webhook-data';
import {
  WEBHOOK_TYPES,
  webhookChallenge,
  webhookChallengeAnswer,
  webhookEnvelope,
  type WebhookType,
} from '@hems/shared/partner-api/webhooks';
import * as z from 'zod/mini';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

const header = (name: string, description: string): JsonSchema => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description,
});
const HEADERS = [
  header('webhook-id', 'The same at each attempt and each replay: what you have seen, pass over'),
  header('webhook-timestamp', 'Of this attempt, epoch seconds; refuse what is more than 300 s from your clock'),
  header(
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body` under your secret; two with a space between while a secret is being replaced',
  ),
];

const messageOf = (type: WebhookType): JsonSchema =>
  jsonSchemaOf(z.extend(webhookEnvelope, { type: z.literal(type), data: webhookData[type] }), 'output');

const json = (schema: JsonSchema): JsonSchema => ({ 'application/json': { schema } });

const CHALLENGE: JsonSchema = {
  operationId: 'webhook.challenge',
  tags: ['webhooks'],
  summary: 'Asks, before an address is taken, whether it wants to be posted to; not signed',
  security: [],
  requestBody: { required: true, content: json(jsonSchemaOf(webhookChallenge, 'output')) },
  responses: {
    '2XX': { description: 'Echoed within 10 seconds', content: json(jsonSchemaOf(webhookChallengeAnswer, 'input')) },
  },
};

const deliveryOf = (type: WebhookType): JsonSchema => ({
  operationId: type,
  tags: ['webhooks'],
  security: [],
  parameters: HEADERS,
  requestBody: { required: true, content: json(messageOf(type)) },
  responses: {
    '2XX': { description: 'Taken. The body of the answer is not read; answer within 10 seconds' },
    410: { description: 'Nobody is here any more: the endpoint is disabled' },
    default: { description: 'Tried again seven times within 28 to 33 hours, then kept for 30 days to be replayed' },
  },
});

/** What is posted to a partner's endpoints, as OpenAPI 3.1 says it: signed as https://www.standardwebhooks.com. */
export const partnerWebhooks = (): Record<string, JsonSchema> => ({
  'webhook.challenge': { post: CHALLENGE },
  ...Object.fromEntries(WEBHOOK_TYPES.map((type) => [type, { post: deliveryOf(type) }])),
});
