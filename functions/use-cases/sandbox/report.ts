import type * as z from 'zod';
import { listSubscriptions } from '@hems/shared/partner-api/greenbutton';
import { addHappening, resetSandbox, SANDBOX_CHECKS, type readReport as route } from '@hems/shared/partner-api/sandbox';
import { readSelf } from '@hems/shared/partner-api/self';
import { createWebhook } from '@hems/shared/partner-api/webhooks';
import type { Table } from '../../ports/table.ts';
import { readPartnerRefusals, type Partner } from '../stores/partners.ts';
import { readAnswered } from '../stores/sandboxes.ts';
import { listDeliveries } from '../stores/webhook-deliveries.ts';
import { endpointsOf } from '../stores/webhook-endpoints.ts';
import { REPLAYED, WRITE } from './note-answered.ts';
import { requireSandbox } from './run-sandbox.ts';

type Check = (typeof SANDBOX_CHECKS)[number];

const HOW: Readonly<Record<Check, string>> = {
  'signed-read': `GET ${readSelf.path}, signed`,
  'signed-write': `POST ${resetSandbox.path}, signed`,
  'green-button': `GET the \`batch\` of a subscription of ${listSubscriptions.path}`,
  'replay-refused':
    'send the very same signed request twice (HTTP Message Signatures; Signature Version 4 takes it, as AWS does)',
  'skew-refused':
    'sign with `created` ten minutes ago; with Signature Version 4, in the cloud AWS answers, and we do not hear of it',
  'altered-refused': 'change the body, or the address, after signing; with Signature Version 4 as above',
  'idempotency-replayed':
    'send a POST twice under one Idempotency-Key, signed anew: the answer says `idempotent-replayed: true`',
  'webhook-echoed': `POST ${createWebhook.path} with an https address that echoes the challenge`,
  'webhook-delivered': `POST ${addHappening.path} of kind \`ping\`, and answer 2xx once its signature holds`,
};

const refusedWith =
  (...codes: readonly string[]) =>
  (seen: ReadonlySet<string>): boolean =>
    codes.some((code) => seen.has(code));
const REFUSALS = {
  'replay-refused': refusedWith('replayed'),
  'skew-refused': refusedWith('clock-skew', 'expired-signature'),
  'altered-refused': refusedWith('wrong-body', 'wrong-signature'),
} as const;

const webhooksOf = async (table: Table, partnerId: string): Promise<{ echoed: boolean; delivered: boolean }> => {
  const endpoints = await endpointsOf(table, partnerId);
  const delivered = await Promise.all(
    endpoints.map(async ({ endpoint: { endpointId } }) => {
      const ref = { partnerId, endpointId };
      return (await listDeliveries(table, ref, { state: 'delivered', limit: 1 })).deliveries.length > 0;
    }),
  );
  return { echoed: endpoints.length > 0, delivered: delivered.some(Boolean) };
};

/** Of the refusals the latest 20 are looked at; of two within 2 s one is kept. */
export const readReport = async (table: Table, partner: Partner): Promise<z.infer<typeof route.answer>> => {
  requireSandbox(partner);
  const { partnerId } = partner;
  const [{ at }, refusals, webhooks] = await Promise.all([
    readAnswered(table, partnerId),
    readPartnerRefusals(table, partnerId),
    webhooksOf(table, partnerId),
  ]);
  const seen = new Set(refusals.entries.map(({ code }) => code));
  const { [REPLAYED]: replayed, [WRITE]: written, ...answered } = at;
  const done: Readonly<Record<Check, boolean>> = {
    // this very request
    'signed-read': true,
    'signed-write': written !== undefined,
    'green-button': at['readBatch'] !== undefined,
    'replay-refused': REFUSALS['replay-refused'](seen),
    'skew-refused': REFUSALS['skew-refused'](seen),
    'altered-refused': REFUSALS['altered-refused'](seen),
    'idempotency-replayed': replayed !== undefined,
    'webhook-echoed': webhooks.echoed,
    'webhook-delivered': webhooks.delivered,
  };
  return { checks: SANDBOX_CHECKS.map((check) => ({ check, done: done[check], how: HOW[check] })), answered };
};
