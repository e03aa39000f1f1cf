import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import * as z from 'zod';
import { readBody } from '../http/body.ts';
import type { Exchange } from '../http/exchange.ts';
import { Refusal } from '../http/problem.ts';
import { accountStep, type Step, type StepParts } from './account-steps.ts';
import {
  failurePage,
  SHOWN_PATH,
  SIGN_OUT_SCRIPT,
  SIGN_OUT_SCRIPT_PATH,
  signInPage,
  STYLE,
  STYLE_PATH,
  waitFor,
  WRONG_PASSWORD,
  type SignInForm,
} from './pages.ts';
import { SIGN_IN_PATH } from './provider.ts';
import type { User } from './users.ts';

export type SignInParts = StepParts & {
  readonly provider: Provider;
  /** the sign-ins that the page lists */
  readonly shown: () => readonly User[];
};

const FORM_MAX_BYTES = 10_000;
const form = z.object({ email: z.string().max(254), password: z.string().max(1000) });

/** Everything under `/oidc` and `/.well-known`: our own pages, and the provider behind them. */
export const identityRoutes = (parts: SignInParts): ((exchange: Exchange, path: string) => Promise<void>) => {
  const toProvider = parts.provider.callback();
  return async ({ request, response }, path) => {
    if (path === STYLE_PATH) return sendText(response, 'text/css; charset=utf-8', STYLE);
    if (path === SHOWN_PATH) {
      const shown = parts.shown().map(({ email, name, password }) => ({ email, name, password }));
      return sendText(response, 'application/json', JSON.stringify(shown));
    }
    if (path === SIGN_OUT_SCRIPT_PATH) return sendText(response, 'text/javascript; charset=utf-8', SIGN_OUT_SCRIPT);
    if (path.startsWith(`${SIGN_IN_PATH}/`)) return await interact(parts, { request, response }, path);
    refuseForeign(request, { path, issuer: parts.provider.issuer });
    return await toProvider(request, response);
  };
};

/** What scripts and programs ask, and no browser opens as a page. */
const ASKED_BY_SCRIPTS = ['/oidc/token', '/oidc/revoke', '/oidc/userinfo'];

/** The provider would let the scripts of any origin ask; those that may are of its own. */
const refuseForeign = ({ headers }: IncomingMessage, { path, issuer }: Record<'path' | 'issuer', string>): void => {
  const { origin = issuer } = headers;
  if (origin !== issuer && ASKED_BY_SCRIPTS.includes(path))
    throw new Refusal(403, `${path} answers no page of another origin.`);
};

const EXPIRED = '이 로그인 화면은 만료되었거나 이미 사용되었어요. This sign-in page has expired or was used already.';

/** The pages of one browser's sign-in; its cookie says which. */
const interact = async (parts: SignInParts, exchange: Exchange, path: string): Promise<void> => {
  const { request, response } = exchange;
  try {
    const { uid } = await parts.provider.interactionDetails(request, response);
    const base = `${SIGN_IN_PATH}/${uid}`;
    const sent = request.method === 'POST' ? await fieldsOf(exchange) : undefined;
    if (path === base) return await signIn(parts, exchange, { action: base, sent });
    const asker = { uid, base, client: request.socket.remoteAddress ?? '', page: path.slice(base.length) };
    const step = path.startsWith(base) ? await accountStep(parts, asker, sent) : undefined;
    return await answer(parts, exchange, step && { ...step, base });
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    sendHtml(response, failurePage(EXPIRED), 400);
  }
};

const fieldsOf = async ({ request }: Exchange): Promise<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams((await readBody(request, FORM_MAX_BYTES)).toString()));

type SignInStep = { readonly action: string; readonly sent: Record<string, string> | undefined };

const signIn = async (parts: SignInParts, exchange: Exchange, { action, sent }: SignInStep): Promise<void> => {
  const show = (shape: Omit<SignInForm, 'shown' | 'action'>, status = 200): void =>
    sendHtml(exchange.response, signInPage({ action, shown: parts.shown(), ...shape }), status);
  if (!sent) return show({});
  const parsed = form.safeParse(sent);
  const outcome = parsed.success
    ? await parts.accounts.signIn(parsed.data.email, parsed.data.password)
    : { wrong: true as const };
  if ('account' in outcome) return await letIn(parts, exchange, outcome.account.sub);
  const email = sent['email'] ?? '';
  if ('waitSeconds' in outcome) return show({ email, refusal: waitFor(outcome.waitSeconds) }, 429);
  return show({ email, refusal: WRONG_PASSWORD }, 401);
};

const letIn = async ({ provider }: SignInParts, { request, response }: Exchange, sub: string): Promise<void> =>
  await provider.interactionFinished(request, response, { login: { accountId: sub } });

const answer = async (
  parts: SignInParts,
  exchange: Exchange,
  step: (Step & { readonly base: string }) | undefined,
): Promise<void> => {
  const { response } = exchange;
  if (!step) return sendHtml(response, failurePage(EXPIRED), 404);
  if ('show' in step) return sendHtml(response, step.show, step.status ?? 200);
  if ('signedIn' in step) return await letIn(parts, exchange, step.signedIn);
  if ('lost' in step) return sendHtml(response, failurePage(`${step.lost.korean} ${step.lost.english}`), 400);
  response.writeHead(303, { location: step.base + step.next, 'cache-control': 'no-store' });
  response.end();
};

const sendHtml = (response: ServerResponse, html: string, status = 200): void => {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  sendText(response, 'text/html; charset=utf-8', html);
};

const sendText = (response: ServerResponse, type: string, text: string): void => {
  response.setHeader('content-type', type);
  response.end(text);
};
