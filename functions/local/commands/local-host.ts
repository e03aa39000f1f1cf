import * as z from 'zod';
import type * as mini from 'zod/mini';
import type { Route } from '@hems/shared/api/route';
import { problem } from '@hems/shared/api/problem';
import { OPERATOR } from '../identity/users.ts';
import { CommandRefused, signIn } from './sign-in.ts';

/** The local host that commands talk to: the one on PORT. */
export const localOrigin = (): string => {
  // PORT means the local host: runtime/env.ts, which goes into every Lambda, does not know it
  const port = z.coerce.number().int().min(1).max(65_535).default(8000).safeParse(process.env['PORT']);
  if (!port.success) throw new CommandRefused('PORT is a port from 1 to 65535.');
  return `http://127.0.0.1:${port.data}`;
};

type Call<Answer extends mini.ZodMiniType> = {
  readonly origin: string;
  readonly token: string;
  readonly route: Route<mini.ZodMiniType, mini.ZodMiniType, mini.ZodMiniType, Answer>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
};

/** Asks a route of the contract; a problem document becomes a `CommandRefused`. */
export const callRoute = async <Answer extends mini.ZodMiniType>(call: Call<Answer>): Promise<mini.infer<Answer>> => {
  const { origin, token, route, params = {}, query = {} } = call;
  const path = route.path.replaceAll(/{(\w+)}/g, (_placeholder, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const answer = await fetch(`${origin}${path}?${new URLSearchParams(query).toString()}`, {
    method: route.method,
    headers: { authorization: `Bearer ${token}` },
  });
  const body: unknown = await answer.json();
  if (answer.ok) return route.answer.parse(body);
  const said = problem.safeParse(body);
  throw new CommandRefused(said.success ? (said.data.detail ?? said.data.title) : `${path} answers ${answer.status}`);
};

/** An access token of the operator. */
export const operatorToken = async (origin: string): Promise<string> =>
  (await signIn({ origin, email: OPERATOR.email, password: OPERATOR.password })).access_token;
