import { addDays, DAY_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import { CONSENTS } from '@hems/models/household/consents';
import { shardOf } from '@hems/models/household/shard';
import { NO_AUTO_JOIN } from '@hems/models/incentive/auto-join';
import { NOT_ASKED } from '@hems/models/incentive/participation';
import type { Table } from '../ports/table.ts';
import { answerAdvice } from '../use-cases/advice/answer-advice.ts';
import { setSafeguard } from '../use-cases/advice/set-safeguard.ts';
import { aggregateHousehold } from '../use-cases/aggregate-household.ts';
import { askPayout } from '../use-cases/ask-payout.ts';
import { announceChallenge } from '../use-cases/community/announce-challenge.ts';
import { joinCommunity } from '../use-cases/community/membership.ts';
import { joinChallenge } from '../use-cases/community/participate.ts';
import { rankSegment } from '../use-cases/community/rank-segment.ts';
import { confirmCredit } from '../use-cases/confirm-credit.ts';
import { decidePayout } from '../use-cases/decide-payout.ts';
import { claimGateway } from '../use-cases/devices/claim-gateway.ts';
import { issueClaims } from '../use-cases/devices/issue-claims.ts';
import { dispatchPayouts } from '../use-cases/dispatch-payouts.ts';
import { currentForecast } from '../use-cases/forecast/current-forecast.ts';
import { forecastHousehold } from '../use-cases/forecast/forecast-household.ts';
import { forecasting } from './forecasting.ts';
import { endMembership } from '../use-cases/members/change-members.ts';
import { openDispute } from '../use-cases/government/disputes.ts';
import { participantOf } from '../use-cases/partners/participants.ts';
import { orderDevice } from '../use-cases/order-device.ts';
import { recordAccess } from '../use-cases/privacy/record-access.ts';
import { setConsent } from '../use-cases/privacy/set-consent.ts';
import { recordPayment } from '../use-cases/record-payment.ts';
import { foundPut } from '../use-cases/stores/advice.ts';
import { putShardState } from '../use-cases/stores/runs.ts';
import { nothing } from '../use-cases/runs/tally.ts';
import { setSupply } from '../use-cases/set-supply.ts';
import { currentOf, putStanding, readMemberships, segmentOf } from '../use-cases/stores/community.ts';
import { householdSealer } from '../use-cases/stores/data-keys.ts';
import { enrolmentPut } from '../use-cases/stores/enrolments.ts';
import { listGateways } from '../use-cases/stores/gateways.ts';
import { handPayments } from '../use-cases/stores/hand-payments.ts';
import { memberKey, putMember, putProfile } from '../use-cases/stores/households.ts';
import { readEntries, settle } from '../use-cases/stores/ledger.ts';
import { noticePut, putSettings, readSettings, saidPut } from '../use-cases/stores/notices.ts';
import { autoJoinPut, participationPut } from '../use-cases/stores/participations.ts';
import { putFiled } from '../use-cases/stores/settlement-parts.ts';
import { putPerson } from '../use-cases/stores/people.ts';
import { placePut, readKeptPlace } from '../use-cases/stores/places.ts';
import { noteSeen } from '../use-cases/stores/seen.ts';
import { watchHousehold } from '../use-cases/watch-household.ts';
import { aFoundAdvice } from './advised-home.ts';
import { aSettling } from './ledger.ts';
import { aSigningRequest, localRegistry } from './local-registry.ts';
import { aBatch, aReading, aRuleEvent, HOME, NOON, type World } from './world.ts';

const { householdId } = HOME;
/** Not called like a role: an id that is looked for must be found where it stands for a person only. */
export const OWNER = { householdId, sub: 'resident-1', role: 'owner' } as const;
/** Was a member, said something for the household, and has left. */
export const LEAVER = 'left-1';
/** In the frozen inputs of a settlement: a use that was measured. */
export const PLANTED_WH = 987_654_321;
export const PLANTED = { name: '김심은이름', email: 'planted@example.com', address: '심은주소로 77' };

/** Other homes in the same comparison, so that there is a board to be on. */
const NEIGHBOURS = 24;

const readings = async ({ take }: World): Promise<void> => {
  const at = (ts: number, seq: number, deviceId = 'meter-1') => ({
    deviceId,
    kind: 'smart_meter' as const,
    ts,
    boot: 1,
    seq,
    q: 0,
    quantities: { energy_import_wh: 1000 + seq, power_w: 300 },
  });
  const yesterday = Array.from({ length: 96 }, (_, n) => at(NOON - DAY_MS + n * SLOT_MS, n + 1));
  for (let from = 0; from < yesterday.length; from += 24)
    await take(aRuleEvent('batch', aBatch(yesterday.slice(from, from + 24))));
  const air = {
    ...at(NOON, 1, 'air-1'),
    kind: 'environment_sensor' as const,
    quantities: { temperature_cdegc: 2150 },
  };
  await take(aRuleEvent('reading', aReading(air)));
  // of a device that is not registered: kept out, with the telemetry id on its envelope
  await take(aRuleEvent('reading', aReading(at(NOON, 1, 'unknown-1'))));
};

const money = async (world: World): Promise<void> => {
  const { table } = world;
  await settle(world, aSettling(), { usedWh: PLANTED_WH });
  const cashback = { programme: 'energy-cashback', period: '2026-10', endsOn: '2026-10-31' } as const;
  await settle(world, aSettling({ ...cashback, payer: 'utility', total: 2720 }), { usedWh: PLANTED_WH + 1 });
  await confirmCredit(world, { householdId, ...cashback, unit: 'won', amount: 2700, report: 'bill', by: 'operator' });
  const enrolment = { programme: 'energy-cashback', state: 'approved', from: '2026-01-01', withdrawnOn: null } as const;
  await table.put(enrolmentPut(householdId, { ...enrolment, answers: {}, history: [] }, 0));
  const event = { eventId: 'event-1', programme: 'per-home-dr-target', date: '2026-11-25', fromHour: 18, toHour: 19 };
  const own = { ...NOT_ASKED, invitedMs: NOON, joined: { atMs: NOON, by: 'member' as const } };
  await table.put(participationPut(householdId, event, { own, version: 0 }));
  await table.put(autoJoinPut(householdId, { rule: NO_AUTO_JOIN, version: 0 }));
  const ref = { householdId, payoutId: 'payout-paid' };
  await askPayout(world, OWNER, { payoutId: ref.payoutId, unit: 'won', amount: 1000 });
  await decidePayout(world, ref, { decision: 'approve', by: 'operator' });
  const payments = handPayments(world);
  await dispatchPayouts({ ...world, payments });
  await recordPayment(world, ref, { outcome: 'paid', reference: 'transfer 1', by: 'operator' });
  world.clock.set(world.clock.now() + 180_000);
  await dispatchPayouts({ ...world, payments });
  await askPayout(world, OWNER, { payoutId: 'payout-refused', unit: 'won', amount: 100 });
  await decidePayout(world, { householdId, payoutId: 'payout-refused' }, { decision: 'reject', by: 'operator' });
};

/** On the board of its segment, with other members around it. */
const community = async (world: World): Promise<string> => {
  const { table, clock } = world;
  const today = localDate(clock.now());
  await joinCommunity(world, OWNER, { textVersion: 1 });
  const own = currentOf(await readMemberships(table, householdId));
  if (!own) throw new Error('the household did not join');
  const challengeId = 'save-in-december';
  const from = addDays(today, 2);
  await announceChallenge(
    { table, clock },
    {
      challengeId,
      title: { ko: '챌린지', en: 'Challenge' },
      from,
      to: addDays(from, 9),
      goalBasisPoints: 500,
      reward: { unit: 'points', amount: 100 },
    },
  );
  await joinChallenge(world, OWNER, challengeId);
  const group = { segment: segmentOf({ buildingType: 'apartment' }), month: today.slice(0, 7) };
  const standing = {
    status: 'standing',
    expectedWh: 300_000,
    actualWh: 290_000,
    knownDays: 20,
    absentDays: 0,
  } as const;
  const date = addDays(today, -1);
  for (const [n, memberId] of [
    own.memberId,
    ...Array.from({ length: NEIGHBOURS }, (_, i) => `neighbour-${i}`),
  ].entries())
    await putStanding(table, group, {
      memberId,
      through: date,
      standing: { ...standing, savedBasisPoints: 100 + n },
      use30Wh: 300_000 + n,
      sized30Wh: null,
    });
  await rankSegment(world, { segment: group.segment, date });
  return own.memberId;
};

/** Claimed by its code and provisioned, in the registry with a certificate. */
const aClaimedGateway = async (world: World): Promise<string> => {
  const registry = localRegistry(world.table);
  const { claims } = await issueClaims(world, {
    gateways: [{ serial: 'SERIAL-1', devices: ['smart_plug'] }],
    expiresOn: '2026-12-31',
  });
  await claimGateway({ ...world, registry }, OWNER, claims[0]?.code ?? '');
  const gateways = await listGateways(world.table, householdId);
  const { gateway = '' } = gateways.find(({ serial }) => serial === 'SERIAL-1') ?? {};
  await registry.register({ household: HOME.telemetryId, gateway }, await aSigningRequest());
  return gateway;
};

const somebodyLeft = async (world: World): Promise<void> => {
  const leaver = { householdId, sub: LEAVER, role: 'member' } as const;
  await putMember(world.table, leaver);
  await setConsent(world, leaver, { purpose: 'marketing', granted: true, textVersion: CONSENTS.marketing.textVersion });
  await endMembership(world, OWNER, LEAVER);
};

const aboutPeople = async (world: World): Promise<void> => {
  const { table, keys } = world;
  for (const sub of [OWNER.sub, 'guest', LEAVER]) {
    await putPerson({ table, keys }, sub, {
      person: { name: PLANTED.name, email: PLANTED.email, language: 'ko' },
      version: 0,
    });
    const notice = { noticeId: `${NOON}-1`, kind: 'budget', householdId, atMs: NOON, readMs: null } as const;
    await table.put(noticePut(sub, { ...notice, facts: {}, path: `/homes/${householdId}` }));
    await table.put(saidPut(sub, { kind: 'budget', householdId, key: 'november' }, NOON));
    const settings = await readSettings(table, sub);
    await putSettings(table, sub, { ...settings, budgetWon: { [householdId]: 50_000, 'h-other': 60_000 } });
  }
};

const runThatFailed = async (world: World): Promise<void> => {
  const date = addDays(localDate(world.clock.now()), -1);
  const failed = { state: 'failed', reason: `1 failed: H#${householdId}`, households: 2, tally: nothing() } as const;
  const settled = { ...failed, failed: { 'it broke': [householdId, 'h-other'] } };
  const value = { attempt: 1, stages: { settle: settled }, before: nothing() };
  await putShardState(world, { date, shard: shardOf(householdId) }, { value, version: 0 });
};

/** An office holds a line of it, which the household disputes. */
const offices = async (world: World): Promise<void> => {
  const partnerId = 'office';
  await participantOf(world, partnerId, householdId);
  const [entry] = await readEntries(world.table, householdId);
  if (!entry) throw new Error('nothing was settled');
  await putFiled(world.table, 'office.file', [{ ...entry, partnerId }]);
  const said = { reasonCode: 'readings-wrong', text: PLANTED.address } as const;
  await openDispute(world, { entry, ...said, by: { kind: 'resident', id: 'household' } });
};

/** A household that has used everything there is: gateways, readings, days, money, community, notices, files. `guest` looks at it. */
export const fillHousehold = async (world: World, files: { put(key: string, body: Uint8Array): Promise<void> }) => {
  const { table, clock } = world;
  await putProfile(table, { householdId, telemetryId: HOME.telemetryId, buildingType: 'apartment', areaM2: 84 });
  await table.delete(memberKey(householdId, 'owner'));
  await putMember(table, OWNER);
  await putMember(table, { householdId, sub: 'guest', role: 'viewer' });
  const { version } = await readKeptPlace(world, householdId);
  const place = {
    name: PLANTED.name,
    address: PLANTED.address,
    customerNumber: '1234567890',
  };
  await table.put(placePut(householdId, await householdSealer(world, householdId), { place, version }));
  await readings(world);
  const supply = {
    voltage: 'low',
    plan: { plan: 'progressive' },
    readingDay: 1,
    discounts: [],
    netMetering: false,
  } as const;
  await setSupply({ table, clock }, OWNER, { ...supply, discounts: [] });
  const yesterday = addDays(localDate(clock.now()), -1);
  await aggregateHousehold({ table, clock }, { householdId, date: yesterday });
  await forecastHousehold(forecasting(world), { householdId, date: yesterday });
  await currentForecast(forecasting(world), householdId);
  await orderDevice(world, OWNER, {
    deviceId: 'battery-1',
    request: { action: 'set-battery', params: { power_w: 1 }, expiresInSeconds: 60 },
  });
  await setConsent(world, OWNER, { purpose: 'analysis', granted: true, textVersion: CONSENTS.analysis.textVersion });
  await table.put(foundPut(householdId, aFoundAdvice('standby_2026-11-20'), 0));
  await answerAdvice(world, OWNER, { adviceId: 'standby_2026-11-20', answer: 'accept' });
  await setSafeguard(world, OWNER, true);
  await watchHousehold(world, householdId);
  await setConsent(world, OWNER, { purpose: 'research', granted: true, textVersion: CONSENTS.research.textVersion });
  await recordAccess(world, {
    householdId,
    who: { kind: 'staff', id: 'operator' },
    what: 'look-up',
    why: 'asked for help',
  });
  await money(world);
  await offices(world);
  const memberId = await community(world);
  const claimed = await aClaimedGateway(world);
  await somebodyLeft(world);
  await aboutPeople(world);
  await noteSeen(table, OWNER.sub, clock.now());
  await runThatFailed(world);
  await files.put(`imports/${householdId}/import-1/file.xml`, new Uint8Array([1]));
  await files.put(`exports/${householdId}/export-1/archive.zip`, new Uint8Array([2, 3]));
  return { memberId, claimed };
};

/** Another household of the same world, which keeps everything. */
export const anotherHousehold = async (table: Table): Promise<void> => {
  const other = { householdId: 'h-10', telemetryId: 't-10' };
  await putProfile(table, { ...other, buildingType: 'apartment' });
  await putMember(table, { householdId: other.householdId, sub: 'neighbour', role: 'owner' });
  await table.put({ table: 'energy', pk: 'H#h-10', sk: 'DAY#2026-11-20', data: { kept: true } });
};
