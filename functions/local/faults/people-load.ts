import { setTimeout as sleep } from 'node:timers/promises';
import type * as mini from 'zod/mini';
import { pingWebhook } from '@hems/shared/partner-api/webhooks';
import { signatureClient } from '@hems/shared/partner-api/client/signature-client';
import { DEMO_RESIDENTS } from '../demo/households.ts';
import { OPERATOR } from '../identity/users.ts';
import type { Asked } from './asked.ts';
import { RESIDENT_EMAIL } from './fault-homes.ts';
import { operatorActs, pick, residentActs } from './people-acts.ts';
import { Answer, call, tokens, type Answered, type Call, type PeoplePlace } from './people-call.ts';

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

/** What a partner does: writes under Idempotency-Keys, sent again until they are answered. */
const partnerActs = (place: PeoplePlace) => {
  const { asked, origin, world, inFlight, aheadMs, random } = place;
  const client = signatureClient({
    origin,
    key: world.partnerKey,
    nowS: () => Math.floor((Date.now() + aheadMs()) / 1000),
    pause: async () => await sleep(100),
  });
  return async (): Promise<void> => {
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
    await sleep(40);
  };
};

export const peopleLoad = (place: PeoplePlace) => {
  const { asked, origin } = place;
  const resident = DEMO_RESIDENTS.find(({ email }) => email === RESIDENT_EMAIL) ?? { email: '', password: '' };
  const [residentToken, operatorToken] = [tokens(origin, resident), tokens(origin, OPERATOR)];
  const { askAndChoose, payout } = residentActs(place, residentToken);
  const { operate, settle } = operatorActs(place, operatorToken);
  const partner = partnerActs(place);
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
    /** has the month settled once more; a run that is under way does it as well */
    settle: async (): Promise<void> =>
      await settle().catch((error: unknown) => {
        if (!(error instanceof Answer && error.status === 409)) throw error;
      }),
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
