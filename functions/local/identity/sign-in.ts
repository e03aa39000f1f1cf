import type { ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import * as z from 'zod';
import { readBody } from '../http/body.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Accounts } from './accounts.ts';
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

export type SignInParts = {
  readonly provider: Provider;
  readonly accounts: Accounts;
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
    if (path.startsWith(`${SIGN_IN_PATH}/`)) return await signIn(parts, { request, response }, path);
    return await toProvider(request, response);
  };
};

const signIn = async (parts: SignInParts, exchange: Exchange, path: string): Promise<void> => {
  const { request, response } = exchange;
  try {
    const { params } = await parts.provider.interactionDetails(request, response);
    if (request.method === 'POST') return await finish(parts, exchange, path);
    const hint = z.string().max(254).safeParse(params['login_hint']);
    return showForm(parts, response, { action: path, ...(hint.success ? { email: hint.data } : {}) });
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    response.statusCode = 400;
    return sendHtml(
      response,
      failurePage(
        '이 로그인 화면은 만료되었거나 이미 사용되었습니다. This sign-in page has expired or was used already.',
      ),
    );
  }
};

const finish = async (parts: SignInParts, { request, response }: Exchange, path: string): Promise<void> => {
  const fields = new URLSearchParams((await readBody(request, FORM_MAX_BYTES)).toString());
  const parsed = form.safeParse(Object.fromEntries(fields));
  const outcome = parsed.success
    ? await parts.accounts.signIn(parsed.data.email, parsed.data.password)
    : { wrong: true as const };
  if ('account' in outcome) {
    await parts.provider.interactionFinished(request, response, { login: { accountId: outcome.account.sub } });
    return;
  }
  const refusal = 'waitSeconds' in outcome ? waitFor(outcome.waitSeconds) : WRONG_PASSWORD;
  response.statusCode = 'waitSeconds' in outcome ? 429 : 401;
  showForm(parts, response, { action: path, email: fields.get('email') ?? '', refusal });
};

const showForm = (parts: SignInParts, response: ServerResponse, shape: Omit<SignInForm, 'shown'>): void => {
  sendHtml(response, signInPage({ ...shape, shown: parts.shown() }));
};

const sendHtml = (response: ServerResponse, html: string): void => {
  response.setHeader('cache-control', 'no-store');
  sendText(response, 'text/html; charset=utf-8', html);
};

const sendText = (response: ServerResponse, type: string, text: string): void => {
  response.setHeader('content-type', type);
  response.end(text);
};
