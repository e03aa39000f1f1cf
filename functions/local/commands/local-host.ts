import * as z from 'zod';
import type * as mini from 'zod/mini';
import type { Route } from '@hems/shared/api/route';
import { problem, type Problem } from '@hems/shared/api/problem';
import { OPERATOR } from '../identity/users.ts';
import { CommandRefused, shownSignIns, signIn } from './sign-in.ts';
import { staffAt, type Staff } from './staff-sign-in.ts';

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
  readonly body?: unknown;
};

/** Asks a route of the contract; a problem document becomes a `CommandRefused`. */
export const callRoute = async <Answer extends mini.ZodMiniType>(call: Call<Answer>): Promise<mini.infer<Answer>> => {
  const { origin, token, route, params = {}, query = {}, body: sent } = call;
  const path = route.path.replaceAll(/{(\w+)}/g, (_placeholder, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const answer = await fetch(`${origin}${path}?${new URLSearchParams(query).toString()}`, {
    method: route.method,
    headers: { authorization: `Bearer ${token}`, ...(sent !== undefined && { 'content-type': 'application/json' }) },
    ...(sent !== undefined && { body: JSON.stringify(sent) }),
  });
  const body: unknown = await answer.json();
  if (answer.ok) return route.answer.parse(body);
  const said = problem.safeParse(body);
  throw new CommandRefused(said.success ? told(said.data) : `${path} answers ${answer.status}`);
};

/** What is wrong, and in which places of what was sent. */
const told = ({ title, detail = title, errors = [] }: Problem): string =>
  [detail, ...errors.map(({ at, message }) => `  ${at}: ${message}`)].join('\n');

export type Operator = { readonly origin: string; readonly token: string };

let staff: Promise<Staff> | undefined;

/** Staff of the stage whose app is at `HEMS_URL`, by their own browser; without it the operator of the running local host. Asked again, the token is fresh. */
export const asOperator = async (): Promise<Operator> => {
  // who works at this terminal, like PORT; no Lambda knows it
  const appUrl = process.env['HEMS_URL'];
  if (appUrl !== undefined) {
    const { origin, token } = await (staff ??= staffAt(appUrl, (url) => console.error(`Sign in as staff:\n  ${url}`)));
    return { origin, token: await token() };
  }
  const origin = localOrigin();
  // says what is in the way when no host is there
  await shownSignIns(origin);
  const { access_token: token } = await signIn({ origin, email: OPERATOR.email, password: OPERATOR.password });
  return { origin, token };
};
