import { entryId } from '@hems/models/ledger/entry';
import { dispatchPayouts } from '../use-cases/dispatch-payouts.ts';
import { addressIndex, tokenIndex } from '../use-cases/members/invitation.ts';
import { invite } from '../use-cases/notices/invite.ts';
import { unsubscribeToken } from '../use-cases/notices/unsubscribe.ts';
import { foundPut } from '../use-cases/stores/advice.ts';
import { handPayments } from '../use-cases/stores/hand-payments.ts';
import { memberKey } from '../use-cases/stores/households.ts';
import { invitationPut } from '../use-cases/stores/invitations.ts';
import { settle, type Settling } from '../use-cases/stores/ledger.ts';
import { NO_PROOF, proofPut, readProof } from '../use-cases/stores/proofs.ts';
import type { Home, Person } from './access-rules.ts';
import { aFoundAdvice } from './advised-home.ts';
import { agree } from './agree.ts';
import { enrolled } from './called-home.ts';
import { aSettling, CHALLENGE } from './ledger.ts';
import { BODY } from './sample-requests.ts';
import { aReading, aRuleEvent, HOME, NOON, type World } from './world.ts';

/** In the place of samples: what has an id or a code only once it is there. */
export type Own = { readonly params?: Readonly<Record<string, string>>; readonly body?: object };
/** Asks a route by its name, with samples where nothing else is said; what it answers, if that is 2xx. */
export type AskFirst = (name: string, as: Person, own?: Own & { readonly home?: Home }) => Promise<unknown>;
type Before = { readonly world: World; readonly first: AskFirst };

/** The text that stands there in an answer. */
const textIn = (answer: unknown, ...path: readonly (string | number)[]): string => {
  const at = (value: unknown, step: string | number): unknown => Object(value)[step];
  const text = path.reduce(at, answer);
  if (typeof text !== 'string') throw new Error(`no ${path.join('.')} in ${JSON.stringify(answer)}`);
  return text;
};

const { householdId } = HOME;
const settled = async (world: World, over: Partial<Settling> = {}): Promise<Own> => {
  const { entry } = await settle(world, aSettling(over), CHALLENGE);
  return { params: { entryId: entry ? entryId(entry) : '' } };
};
const heard = async ({ world }: Before, deviceId: string): Promise<void> => {
  const point = { deviceId, kind: 'smart_meter', ts: NOON, boot: 1, seq: 1, q: 0 } as const;
  await world.take(aRuleEvent('reading', aReading({ ...point, quantities: { energy_import_wh: 1000 } })));
};
const analysed = async ({ first }: Before): Promise<void> => void (await first('setConsent', 'owner'));
const entered = async ({ first }: Before): Promise<void> => void (await first('addPartner', 'operator'));
const disputed = async ({ world, first }: Before): Promise<Own> => {
  const own = await settled(world);
  await first('openDispute', 'owner', own);
  return own;
};
const shown = ({ world: { table } }: Before): Promise<void> => agree(table, householdId, 'government');
const applied = async (before: Before): Promise<void> => {
  await shown(before);
  await before.first('enrol', 'owner');
};
const asked = async ({ world, first }: Before): Promise<void> => {
  await settled(world);
  await first('askPayout', 'owner');
};
const called = async ({ world, first }: Before): Promise<void> => {
  await enrolled(world, householdId, 'national-dr');
  await first('announceEvent', 'operator');
  const said = world.said.findLast(({ type }) => type === 'event.announced');
  if (said) await invite(world, said);
};
const challenged = async ({ first }: Before): Promise<void> => {
  await first('announceChallenge', 'operator');
  await first('joinCommunity', 'owner');
};

// nobody erases a home that another owner has too
const soleOwner = ({ world: { table } }: Before): Promise<void> => table.delete(memberKey(householdId, 'owner-2'));
const erasing = async (before: Before): Promise<void> => {
  await soleOwner(before);
  await before.first('eraseHousehold', 'owner');
};

/** What has to be there so that a route has something to do, by its name; a route that is not here needs no more than a home with people and devices. */
export const GIVEN: Readonly<Record<string, (before: Before) => Promise<Own | void>>> = {
  claimGateway: async ({ first }) => {
    return { body: { code: textIn(await first('issueClaims', 'operator'), 'claims', 0, 'code') } };
  },
  replaceDevice: (before) => heard(before, 'meter-2'),
  placeOrder: async () => ({ params: { deviceId: 'battery-1' } }),
  readOrder: async ({ first }) => {
    const order = await first('placeOrder', 'owner', { params: { deviceId: 'battery-1' } });
    return { params: { orderId: textIn(order, 'orderId') } };
  },
  readForecast: analysed,
  readForecastAccuracy: analysed,
  answerAdvice: async (before) => {
    await analysed(before);
    await before.world.table.put(foundPut(householdId, aFoundAdvice('advice-1'), 0));
  },
  setAutomation: analysed,
  overridePlan: async (before) => {
    await analysed(before);
    await before.first('setAutomation', 'owner');
  },
  readPartner: entered,
  changePartner: entered,
  addPartnerKey: entered,
  revokePartnerKey: async (before) => {
    await entered(before);
    await before.first('addPartnerKey', 'operator');
  },
  addOpenadrClient: entered,
  removeOpenadrClient: async (before) => {
    await entered(before);
    return { params: { clientId: textIn(await before.first('addOpenadrClient', 'operator'), 'clientId') } };
  },
  registerSite: entered,
  replayQuarantine: async (before) => {
    await heard(before, 'meter-nobodys');
    return { params: { id: textIn(await before.first('listQuarantine', 'operator'), 'entries', 0, 'id') } };
  },
  openDispute: ({ world }) => settled(world),
  readDispute: disputed,
  closeDispute: disputed,
  answerDispute: disputed,
  enrol: shown,
  withdraw: applied,
  moveApplication: applied,
  readEvidence: ({ world }) => settled(world),
  askPayout: async ({ world }) => void (await settled(world)),
  decidePayout: asked,
  recordPayment: async (before) => {
    await asked(before);
    await before.first('decidePayout', 'operator');
    await dispatchPayouts({ ...before.world, payments: handPayments(before.world) });
  },
  confirmCredit: ({ world }) =>
    settled(world, { programme: 'energy-cashback', period: '2026-10', payer: 'utility', endsOn: '2026-10-31' }),
  approveFile: ({ world }) => settled(world, { settlementFile: 'partner-2026-10' }),
  readHouseholdEvent: called,
  joinEvent: called,
  declineEvent: called,
  joinChallenge: challenged,
  leaveChallenge: async (before) => {
    await challenged(before);
    await before.first('joinChallenge', 'owner');
  },
  readRun: async ({ first }) => void (await first('startRun', 'operator')),
  withdrawInvitation: async ({ first }) => {
    const invited = await first('inviteMember', 'owner');
    return { params: { invitationId: textIn(invited, 'invitation', 'invitationId') } };
  },
  acceptInvitation: async ({ world: { table, keys } }) => {
    const hidden = {
      token: await tokenIndex(keys, textIn(BODY['acceptInvitation'], 'token')),
      address: await addressIndex(keys, 'stranger@example.com'),
    };
    const open = { role: 'member', state: 'open', by: 'owner', expiresMs: NOON + 1_000_000 } as const;
    await table.put(invitationPut({ householdId, invitationId: 'invitation-1', ...open, ...hidden }));
  },
  proveResidence: async ({ first }) => {
    await first('setPlace', 'owner', { home: 'own, unproved' });
    const code = textIn(await first('issueCodes', 'operator'), 'codes', 0, 'code');
    return { body: { by: 'invitation', code } };
  },
  decideProof: async ({ world: { table }, first }) => {
    await first('setPlace', 'owner');
    const { version } = await readProof(table, householdId);
    await table.put(proofPut(householdId, { ...NO_PROOF, state: 'waiting', by: 'operator', atMs: NOON }, version));
  },
  readImport: async ({ first }) => {
    return { params: { importId: textIn(await first('startImport', 'owner'), 'report', 'importId') } };
  },
  readExport: async ({ first }) => {
    return { params: { exportId: textIn(await first('startExport', 'owner'), 'exportId') } };
  },
  readErasure: erasing,
  settleErasure: erasing,
  unsubscribe: async ({ world: { keys } }) => ({ params: { token: await unsubscribeToken(keys, 'owner') } }),
  eraseHousehold: soleOwner,
};
