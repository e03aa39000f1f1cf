import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { CONSENT_PURPOSES, CONSENTS } from '@hems/models/household/consents';
import { contract } from '@hems/shared/api/contract';
import type { Route } from '@hems/shared/api/route';
import { requestUrl } from '@hems/shared/client/request';
import { signIn } from '../commands/sign-in.ts';
import { AUDITOR, OPERATOR } from '../identity/users.ts';
import { PLANTED } from './planted.ts';
import { atSignIn } from './visitor.ts';

type Answer = { readonly status: number; readonly body: any };
type Asked = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
};

type Exchange = {
  readonly who: keyof Journey['tokens'];
  readonly status: number;
  /** address and body of the request */
  readonly asked: string;
  readonly answer: string;
};

/** Two residents, staff, and what they did so far. */
export type Journey = {
  readonly origin: string;
  readonly dataDirectory: string;
  readonly tokens: Record<'owner' | 'guest' | 'operator' | 'auditor', string>;
  householdId: string;
  /** what was said at the front door: to the residents their names, and they have to be */
  readonly exchanges: Exchange[];
  /** the routes that nobody answers yet */
  readonly missing: string[];
  /** the steps that went wrong, and how */
  readonly cutShort: string[];
  /** does something while no key can be made or opened */
  readonly withoutKeys: (work: () => Promise<unknown>) => Promise<void>;
};

const inAMonth = (): string => addDays(localDate(Date.now()), 30);
const PASSWORD = 'Planted-horse-1';
const ROUTES = new Map(
  Object.values(contract).flatMap((own) => own.map((route) => [route.name, route as unknown as Route] as const)),
);

/** Asks as the app does. Anything but the statuses that are expected is a failure of the journey, not of privacy. */
const ask = async (
  journey: Journey,
  who: keyof Journey['tokens'],
  name: string,
  { params, query = {}, body }: Asked = {},
  expected: readonly number[] = [200],
): Promise<Answer> => {
  const route = ROUTES.get(name);
  if (!route) throw new Error(`the contract has no route ${name}`);
  const own = { householdId: journey.householdId, ...params };
  const url = requestUrl(journey.origin, route, { params: own, query });
  const answer = await fetch(url, {
    method: route.method,
    headers: { authorization: `Bearer ${journey.tokens[who]}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const asked = `${decodeURIComponent(url)} ${JSON.stringify(body)}`;
  journey.exchanges.push({ who, status: answer.status, asked, answer: text });
  if (answer.status === 404 && text.includes('there is no ' + route.method)) {
    journey.missing.push(name);
    return { status: 404, body: {} };
  }
  if (!expected.includes(answer.status)) throw new Error(`${name} answered ${answer.status}: ${text.slice(0, 500)}`);
  return { status: answer.status, body: JSON.parse(text) };
};

const mailsOf = async ({ dataDirectory }: Journey): Promise<string[]> => {
  const folder = join(dataDirectory, 'outbox', 'mail');
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
};

const token = async ({ origin }: Journey, email: string, password = PASSWORD): Promise<string> =>
  (await signIn({ origin, email, password, clientId: 'hems-web', redirectUri: `${origin}/signed-in` })).access_token;

const signUp = async (journey: Journey, who: 'owner' | 'guest'): Promise<void> => {
  const [email, name] = [PLANTED[`${who}Email`], PLANTED[`${who}Name`]];
  const browser = await atSignIn(journey.origin);
  await browser.post('/sign-up', { email, name, password: PASSWORD });
  const letter = (await mailsOf(journey)).find((mail) => mail.includes(`To: ${email}\r\n`) && /\b\d{6}\b/.test(mail));
  await browser.letIn('/code', { code: /\b\d{6}\b/.exec(letter ?? '')?.[0] ?? '' });
  journey.tokens[who] = await token(journey, email);
};

/** Waits for one of the states, for ten seconds at most. */
const until = async (ends: readonly string[], stateNow: () => Promise<string>): Promise<void> => {
  let state = await stateNow();
  for (let i = 0; i < 100 && !ends.includes(state); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    state = await stateNow();
  }
  if (!ends.includes(state)) throw new Error(`it is ${state} after ten seconds, not ${ends.join(' or ')}`);
};

type Step = { readonly name: string; readonly take: (journey: Journey) => Promise<unknown> };

/** What two residents and the staff do, in order. A new route that takes personal data gets its step here. */
export const STEPS: readonly Step[] = [
  { name: 'both sign up', take: async (j) => [await signUp(j, 'owner'), await signUp(j, 'guest')] },
  {
    name: 'staff sign in',
    take: async (j) => {
      j.tokens.operator = await token(j, OPERATOR.email, OPERATOR.password);
      j.tokens.auditor = await token(j, AUDITOR.email, AUDITOR.password);
    },
  },
  { name: 'a wrong password is tried', take: (j) => token(j, PLANTED.ownerEmail, 'wrong').catch(() => undefined) },
  {
    name: 'the owner is called otherwise',
    take: async (j) => {
      await ask(j, 'owner', 'readAccount');
      await ask(j, 'owner', 'changeAccount', { body: { name: PLANTED.renamedTo, language: 'ko' } });
    },
  },
  {
    name: 'a household begins',
    take: async (j) => {
      const body = { requestId: 'planted-request', kind: 'own', name: PLANTED.household, buildingType: 'apartment' };
      j.householdId = String((await ask(j, 'owner', 'openHousehold', { body })).body.householdId);
    },
  },
  {
    name: 'its place is said, once wrongly',
    take: async (j) => {
      const { household: name, address, unit, customerNumber } = PLANTED;
      const said = { name, buildingType: 'apartment', address, unit, postalCode: '04123', region: '서울 마포구' };
      await ask(j, 'owner', 'setPlace', { body: { ...said, postalCode: PLANTED.address } }, [400]);
      await ask(j, 'owner', 'setPlace', { body: { ...said, areaM2: 84, people: 2, customerNumber } });
      await ask(j, 'owner', 'readOnboarding');
    },
  },
  {
    name: 'names are given while everything fails',
    take: (j) =>
      j.withoutKeys(async () => {
        const { household: name, address, unit } = PLANTED;
        const place = { name, buildingType: 'apartment', address, unit, postalCode: '04123', region: '서울 마포구' };
        await ask(j, 'owner', 'setPlace', { body: place }, [500]);
        await ask(j, 'owner', 'changeAccount', { body: { name: PLANTED.renamedTo, language: 'ko' } }, [500]);
        const second = { requestId: 'planted-request-2', kind: 'own', name, buildingType: 'apartment' };
        await ask(j, 'owner', 'openHousehold', { body: second }, [500]);
      }),
  },
  {
    name: 'the residence is approved by an operator who looks',
    take: async (j) => {
      const reason = 'the contract of the flat was shown';
      await ask(j, 'owner', 'proveResidence', { body: { by: 'operator' } });
      await ask(j, 'operator', 'listProofs');
      const residence = { address: PLANTED.address, unit: PLANTED.unit, postalCode: '04123' };
      await ask(j, 'operator', 'decideProof', { body: { decision: 'approve', reason, residence } });
      await ask(j, 'operator', 'lookUp', { body: { by: 'household', id: j.householdId, reason } });
    },
  },
  {
    name: 'a building’s codes are made',
    take: async (j) => {
      const { address, unit } = PLANTED;
      const body = { address, postalCode: '04123', units: [unit], expiresOn: inAMonth() };
      await ask(j, 'operator', 'issueCodes', { body });
    },
  },
  {
    name: 'everything is agreed to, and one thing withdrawn',
    take: async (j) => {
      for (const purpose of CONSENT_PURPOSES)
        await ask(j, 'owner', 'setConsent', {
          params: { purpose },
          body: { granted: true, textVersion: CONSENTS[purpose].textVersion },
        });
      await ask(j, 'owner', 'setConsent', { params: { purpose: 'bems' }, body: { granted: false, textVersion: 1 } });
    },
  },
  {
    name: 'a guest is invited and joins',
    take: async (j) => {
      const body = { email: PLANTED.guestEmail, role: 'member' };
      await ask(j, 'owner', 'inviteMember', { body: { ...body, email: `${PLANTED.guestEmail} twice` } }, [400]);
      const invited = await ask(j, 'owner', 'inviteMember', { body });
      await ask(j, 'owner', 'listMembers');
      await ask(j, 'guest', 'acceptInvitation', { body: { token: invited.body.token } });
      await ask(j, 'guest', 'listMembers');
      // stays open, so that the archive is made beside it
      await ask(j, 'owner', 'inviteMember', { body: { ...body, email: PLANTED.invitedEmail } });
    },
  },
  {
    name: 'notices are set up and read',
    take: async (j) => {
      const { body } = await ask(j, 'owner', 'readNoticeSettings');
      if (body.settings) await ask(j, 'owner', 'setNoticeSettings', { body: body.settings });
      const target = { endpoint: PLANTED.pushEndpoint, p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
      await ask(j, 'owner', 'addPushTarget', { body: target }, [200, 409]);
      await ask(j, 'owner', 'readInbox');
    },
  },
  {
    name: 'a gateway is claimed and its meter is given a name',
    take: async (j) => {
      const gateways = [{ serial: 'SERIAL-4711', devices: ['smart_meter'] }];
      const issued = await ask(j, 'operator', 'issueClaims', { body: { gateways, expiresOn: inAMonth() } });
      const code: unknown = issued.body.claims?.[0]?.code;
      if (code === undefined) return;
      await ask(j, 'owner', 'claimGateway', { body: { code } });
      const { body } = await ask(j, 'owner', 'listDevices');
      const deviceId: unknown = body.devices?.[0]?.deviceId;
      if (typeof deviceId === 'string')
        await ask(j, 'owner', 'renameDevice', { params: { deviceId }, body: { name: PLANTED.device } });
      await ask(j, 'owner', 'listDevices');
    },
  },
  {
    name: 'a history is brought, in a file with the name on it',
    take: async (j) => {
      const { body } = await ask(j, 'owner', 'startImport');
      if (!body.upload) return;
      const form = new FormData();
      for (const [field, value] of Object.entries<string>(body.upload.fields)) form.set(field, value);
      const csv = `고객명,${PLANTED.ownerName}\n고객번호,${PLANTED.customerNumber}\n일자,사용량(kWh)\n2026-10-01,9.5\n${PLANTED.address},x\n`;
      form.set('file', new Blob([csv]), `${PLANTED.ownerName}.csv`);
      await fetch(new URL(body.upload.url, j.origin), { method: 'POST', body: form });
      const params = { importId: String(body.report.importId) };
      await until(['done'], async () => (await ask(j, 'owner', 'readImport', { params })).body.state);
    },
  },
  {
    name: 'an archive of everything is made',
    take: async (j) => {
      const { body } = await ask(j, 'owner', 'startExport');
      const params = { exportId: String(body.exportId) };
      await until(['ready'], async () => (await ask(j, 'owner', 'readExport', { params })).body.state);
    },
  },
  {
    name: 'a stranger and the owner ask for what is not, by name',
    take: async (j) => {
      for (const named of [PLANTED.household, PLANTED.ownerEmail, PLANTED.customerNumber]) {
        await ask(j, 'guest', 'readConsents', { params: { householdId: named } }, [400, 403, 404]);
        const lookUp = { by: 'household', id: named, reason: 'the resident asked for help' };
        await ask(j, 'operator', 'lookUp', { body: lookUp }, [400, 404]);
      }
    },
  },
  {
    name: 'the log is read and audited',
    take: async (j) => {
      await ask(j, 'auditor', 'readAudit', { query: { reason: 'the yearly audit of accesses' } });
      await ask(j, 'owner', 'readAccessLog');
      await ask(j, 'owner', 'readConsents');
      await ask(j, 'guest', 'signOutEverywhere');
    },
  },
];
