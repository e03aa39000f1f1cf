import { beforeEach, describe, expect, test } from 'vitest';
import { webhookData } from '@hems/shared/partner-api/webhook-data';
import * as z from 'zod';
import { enterPartner } from '../../testing/partner-call.ts';
import { aWebhookWorld, OFFICE, type WebhookWorld } from '../../testing/webhook-world.ts';
import { HOME, NOON } from '../../testing/world.ts';
import { participantOf } from '../partners/participants.ts';
import { putProfile } from '../stores/households.ts';
import { createEndpoint } from './endpoints.ts';
import { tellWithdrawal } from './tell-withdrawal.ts';

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
  const { householdId, telemetryId } = HOME;
  await putProfile(world.table, { householdId, telemetryId, buildingType: 'apartment' });
  await enterPartner(world.table, { partnerId: 'tower', kind: 'bems' });
  for (const partnerId of [OFFICE, 'tower'])
    await createEndpoint(world.deps, partnerId, { url: `https://${partnerId}.example/`, types: ['consent.withdrawn'] });
});
const changed = (purpose: string, said: string, key = 'k') =>
  tellWithdrawal(world.deps, {
    type: 'consent.changed',
    detail: { householdId: HOME.householdId, atMs: NOON, key, facts: { purpose, said } },
  });

describe('a household that withdraws a consent', () => {
  test('is named to the partner by its participant there, and to no other partner', async () => {
    const participant = await participantOf(world.deps, OFFICE, HOME.householdId);
    const elsewhere = await participantOf(world.deps, 'tower', HOME.householdId);
    expect(await changed('government', 'withdrawn')).toEqual({ told: 1 });
    expect(await changed('government', 'withdrawn')).toEqual({ told: 0 });
    await world.work();
    expect(world.received.map(({ url }) => url)).toEqual(['https://office.example/']);
    const body = world.received[0]?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({
      type: 'consent.withdrawn',
      orderedBy: participant,
      data: { participant, purpose: 'government', withdrawnAtMs: NOON },
    });
    expect(() => z.parse(webhookData['consent.withdrawn'], JSON.parse(body).data)).not.toThrow();
    for (const secret of [HOME.householdId, HOME.telemetryId, elsewhere]) expect(body).not.toContain(secret);
  });

  test('is told to a building of the agreement with buildings alone', async () => {
    await participantOf(world.deps, 'tower', HOME.householdId);
    expect(await changed('government', 'withdrawn')).toEqual({ told: 0 });
    expect(await changed('bems', 'withdrawn')).toEqual({ told: 1 });
  });

  test('is told to nobody who never knew it', async () => {
    expect(await changed('government', 'withdrawn')).toEqual({ told: 0 });
  });

  test.each([
    ['government', 'agreed'],
    ['marketing', 'withdrawn'],
    ['analysis', 'withdrawn'],
  ])('is not told where %s was %s', async (purpose, said) => {
    await participantOf(world.deps, OFFICE, HOME.householdId);
    expect(await changed(purpose, said)).toEqual({ told: 0 });
  });
});
