import type * as mini from 'zod/mini';
import type { Random } from '@hems/models/testing/random';
import type { Route } from '@hems/shared/api/route';
import { signIn } from '../commands/sign-in.ts';
import type { Asked } from './asked.ts';
import type { FaultWorld } from './fault-homes.ts';
import type { InFlight } from './in-flight.ts';

export type PeoplePlace = {
  readonly world: FaultWorld;
  readonly asked: Asked;
  readonly inFlight: InFlight;
  readonly random: Random;
  readonly origin: string;
  /** the host's clock before ours, ms: what is signed says the host's time */
  readonly aheadMs: () => number;
};

export type Answered = mini.ZodMiniType;
export type Call<A extends Answered> = {
  readonly token: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly route: Route<mini.ZodMiniType, mini.ZodMiniType, mini.ZodMiniType, A>;
};

/** Refused by the platform with a reason: that is an answer, and nothing was done. */
export class Answer extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

export const call = async <A extends Answered>(
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
export const tokens = (origin: string, { email, password }: { readonly email: string; readonly password: string }) => {
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
