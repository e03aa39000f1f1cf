import { setTimeout as sleep } from 'node:timers/promises';
import type * as mini from 'zod/mini';
import type { Random } from '@hems/models/testing/random';
import { renameDevice } from '@hems/shared/api/devices';
import { readNoticeSettings, setNoticeSettings, type NoticeSettings } from '@hems/shared/api/inbox';
import { inviteMember } from '@hems/shared/api/members';
import { enrol } from '@hems/shared/api/programmes';
import { askPayout, decidePayout, listPayouts } from '@hems/shared/api/rewards';
import type { Route } from '@hems/shared/api/route';
import { startRun } from '@hems/shared/api/runs';
import { pingWebhook } from '@hems/shared/partner-api/webhooks';
import { signatureClient } from '@hems/shared/partner-api/client/signature-client';
import { signIn } from '../commands/sign-in.ts';
import { DEMO_RESIDENTS } from '../demo/households.ts';
import { OPERATOR } from '../identity/users.ts';
import { RESIDENT_EMAIL, type FaultWorld } from './fault-homes.ts';
import type { InFlight } from './in-flight.ts';

/** A value that is written again and again: after a death it is the last one acknowledged, or one that was tried since. */
export type Register = { acknowledged: string | undefined; tried: string[] };
export type AskedPayout = {
  readonly householdId: string;
  readonly payoutId: string;
  readonly amount: number;
  acknowledged: boolean;
};
/** Answers to one Idempotency-Key. */
export type Ping = { readonly key: string; readonly answers: Set<string> };

/** Everything that was asked over HTTP, and what of it was answered. */
export type Asked = {
  readonly payouts: AskedPayout[];
  readonly settings: Register;
  readonly deviceName: Register;
  readonly invitations: { readonly email: string; invitationId: string | undefined }[];
  readonly enrolments: { readonly householdId: string; acknowledged: boolean }[];
  readonly pings: Ping[];
  /** answers that were neither done nor refused with a reason */
  readonly unsaid: string[];
};

export const nothingAsked = (): Asked => ({
  payouts: [],
  settings: { acknowledged: undefined, tried: [] },
  deviceName: { acknowledged: undefined, tried: [] },
  invitations: [],
  enrolments: [],
  pings: [],
  unsaid: [],
});

export type PeoplePlace = {
  readonly world: FaultWorld;
  readonly asked: Asked;
  readonly inFlight: InFlight;
  readonly random: Random;
  readonly origin: string;
  /** the host's clock before ours, ms: what is signed says the host's time */
  readonly aheadMs: () => number;
};

type Answered = mini.ZodMiniType;
type Call<A extends Answered> = {
  readonly token: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly route: Route<mini.ZodMiniType, mini.ZodMiniType, mini.ZodMiniType, A>;
};

/** Refused by the platform with a reason: that is an answer, and nothing was done. */
class Answer extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

const call = async <A extends Answered>(
  { origin, inFlight }: PeoplePlace,
  { token, params = {}, query = {}, body, route }: Call<A>,
): Promise<mini.infer<A>> => {
  const path = route.path.replaceAll(/{(\w+)}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : '';
  return await inFlight.during(`HTTP ${route.name}`, async () => {
    const answer = await fetch(`${origin}${path}${search}`, {
      method: route.method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Answer(answer.status, `${route.name}: ${answer.status} ${text}`);
    return route.answer.parse(JSON.parse(text));
  });
};

const TOKEN_MS = 4 * 60_000;

/** Signs in, and again when the token is about to end; one sign-in for all who ask meanwhile. */
const tokens = (origin: string, { email, password }: { readonly email: string; readonly password: string }) => {
  let kept: { readonly token: Promise<string>; readonly untilMs: number } | undefined;
  return async (): Promise<string> => {
    if (!kept || kept.untilMs < Date.now()) {
      const token = signIn({ origin, email, password }).then((all) => all.access_token);
      kept = { token, untilMs: Date.now() + TOKEN_MS };
      token.catch(() => (kept = undefined));
    }
    return await kept.token;
  };
};

const tryRegister = async (register: Register, value: string, write: () => Promise<unknown>): Promise<void> => {
  register.tried.push(value);
  await write();
  Object.assign(register, { acknowledged: value, tried: [] });
};

const INVITATIONS_MOST = 18;
const ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};

const pick = <T>(all: readonly T[], random: Random): T | undefined => all[Math.floor(random() * all.length)];

/** What residents do, one thing after the other, until the host is gone. */
const residentActs = (place: PeoplePlace, token: () => Promise<string>) => {
  const { asked, world, random } = place;
  let settings: NoticeSettings | undefined;
  const payout = async (): Promise<void> => {
    const open = pick(
      asked.payouts.filter(({ acknowledged }) => !acknowledged),
      random,
    );
    const one = open ?? {
      householdId: pick(world.moneyHomes, random) ?? '',
      payoutId: `payout-${asked.payouts.length + 1}`.padEnd(8, '0'),
      amount: 1 + Math.floor(random() * 200),
      acknowledged: false,
    };
    if (!open) asked.payouts.push(one);
    const { householdId, payoutId, amount } = one;
    await call(place, {
      token: await token(),
      route: askPayout,
      params: { householdId },
      body: { payoutId, unit: 'won', amount },
    });
    one.acknowledged = true;
  };
  const notices = async (): Promise<void> => {
    settings ??= (await call(place, { token: await token(), route: readNoticeSettings })).settings;
    const weeklyCap = (Number(asked.settings.acknowledged ?? 0) + asked.settings.tried.length + 1) % 50;
    const body = { ...settings, weeklyCap };
    await tryRegister(
      asked.settings,
      String(weeklyCap),
      async () => await call(place, { token: await token(), route: setNoticeSettings, body }),
    );
  };
  const rename = async (): Promise<void> => {
    const [home] = world.readingHomes;
    const name = `meter ${Math.floor(random() * 1e9)}`;
    const params = { householdId: home?.householdId ?? '', deviceId: home?.meter ?? '' };
    await tryRegister(
      asked.deviceName,
      name,
      async () => await call(place, { token: await token(), route: renameDevice, params, body: { name } }),
    );
  };
  const invite = async (): Promise<void> => {
    if (asked.invitations.length >= INVITATIONS_MOST) return;
    const one: Asked['invitations'][number] = {
      email: `guest${asked.invitations.length}@example.com`,
      invitationId: undefined,
    };
    asked.invitations.push(one);
    const params = { householdId: world.moneyHomes[0] ?? '' };
    const { invitation } = await call(place, {
      token: await token(),
      route: inviteMember,
      params,
      body: { email: one.email, role: 'viewer' },
    });
    one.invitationId = invitation.invitationId;
  };
  const join = async (): Promise<void> => {
    const next = world.readingHomes.find(
      ({ householdId }) => !asked.enrolments.some((one) => one.householdId === householdId && one.acknowledged),
    );
    if (!next) return;
    const { householdId } = next;
    const one = asked.enrolments.find((known) => known.householdId === householdId) ?? {
      householdId,
      acknowledged: false,
    };
    if (!asked.enrolments.includes(one)) asked.enrolments.push(one);
    await call(place, {
      token: await token(),
      route: enrol,
      params: { householdId, programme: 'energy-cashback' },
      body: { answers: ANSWERS },
    });
    one.acknowledged = true;
  };
  const askAndChoose = async (): Promise<void> => {
    const dice = random();
    if (dice < 0.3) await payout();
    else if (dice < 0.75) await notices();
    else if (dice < 0.93) await rename();
    else if (dice < 0.97) await invite();
    else await join();
  };
  return { askAndChoose, payout };
};

const operatorActs = (place: PeoplePlace, token: () => Promise<string>) => {
  let ranAt = 0;
  return async (): Promise<void> => {
    if (Date.now() - ranAt > 1000) {
      ranAt = Date.now();
      await call(place, { token: await token(), route: startRun, params: { date: place.world.settledOn } });
    }
    const { payouts } = await call(place, { token: await token(), route: listPayouts, query: { state: 'pending' } });
    for (const { householdId, payoutId } of payouts.slice(0, 6)) {
      const decision = place.random() < 0.9 ? 'approve' : 'reject';
      await call(place, {
        token: await token(),
        route: decidePayout,
        params: { householdId, payoutId },
        body: { decision },
      });
    }
    await sleep(50);
  };
};

/** Does it again and again until the host is gone. A refusal with a reason is heard and passed over. */
const until = async (signal: AbortSignal, asked: Asked, act: () => Promise<void>): Promise<void> => {
  while (!signal.aborted) {
    try {
      await act();
    } catch (error) {
      if (error instanceof Answer && error.status >= 500 && !signal.aborted) asked.unsaid.push(error.message);
      if (!(error instanceof Answer)) await sleep(30);
    }
  }
};

export const peopleLoad = (place: PeoplePlace) => {
  const { asked, origin, world, inFlight, aheadMs, random } = place;
  const resident = DEMO_RESIDENTS.find(({ email }) => email === RESIDENT_EMAIL) ?? { email: '', password: '' };
  const [residentToken, operatorToken] = [tokens(origin, resident), tokens(origin, OPERATOR)];
  const { askAndChoose, payout } = residentActs(place, residentToken);
  const operate = operatorActs(place, operatorToken);
  const client = signatureClient({
    origin,
    key: world.partnerKey,
    nowS: () => Math.floor((Date.now() + aheadMs()) / 1000),
    pause: async () => await sleep(100),
  });
  const partner = async (): Promise<void> => {
    const open = pick(
      asked.pings.filter(({ answers }) => answers.size === 0),
      random,
    );
    // one that was answered is sent again now and then: its sender was restarted
    const old = random() < 0.1 ? pick(asked.pings, random) : undefined;
    const ping = open ??
      old ?? { key: `fault-ping-${String(asked.pings.length).padStart(8, '0')}`, answers: new Set<string>() };
    if (!asked.pings.includes(ping)) asked.pings.push(ping);
    const params = { endpointId: world.endpointId };
    const { deliveryId } = await inFlight.during(
      'partner write',
      async () => await client(pingWebhook, { params, body: {}, idempotencyKey: ping.key }),
    );
    ping.answers.add(deliveryId);
    await sleep(150);
  };
  return {
    /** signed in, and with a token that outlives the next seconds */
    ready: async (): Promise<void> => void (await Promise.all([residentToken(), operatorToken()])),
    call: async <A extends Answered>(one: Omit<Call<A>, 'token'>): Promise<mini.infer<A>> =>
      await call(place, { ...one, token: await residentToken() }),
    live: async (signal: AbortSignal): Promise<void> => {
      await Promise.all([
        until(signal, asked, askAndChoose),
        until(signal, asked, payout),
        until(signal, asked, operate),
        until(signal, asked, partner),
      ]);
    },
    /** what was asked and not answered is asked again, until all is */
    finish: async (signal: AbortSignal): Promise<void> => {
      const open = (): boolean =>
        asked.pings.some(({ answers }) => answers.size === 0) ||
        asked.payouts.some(({ acknowledged }) => !acknowledged);
      while (open() && !signal.aborted) {
        const acts = [
          ...(asked.pings.some(({ answers }) => answers.size === 0) ? [partner] : []),
          askAndChoose,
          payout,
          operate,
        ];
        for (const act of acts) await act().catch(() => undefined);
      }
    },
  };
};
export type PeopleLoad = ReturnType<typeof peopleLoad>;
