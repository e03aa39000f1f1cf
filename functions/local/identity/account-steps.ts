import { displayName } from '@hems/shared/api/account';
import { emailAddress } from '@hems/shared/api/members';
import {
  BAD_ADDRESS,
  BAD_NAME,
  CODE,
  codePage,
  LOST,
  PASSWORD_RULE,
  RESET,
  resetPage,
  SIGN_UP,
  signUpPage,
  SPENT_CODE,
  TAKEN,
  tooManyMails,
  WRONG_CODE,
} from './account-pages.ts';
import type { Accounts } from './accounts.ts';
import type { Told } from './pages.ts';
import { isAllowedPassword, secretOf } from './password.ts';
import type { Claim, Sent, Verifications } from './verifications.ts';

/** What a step of the pages around an account ends with. */
export type Step =
  | { readonly show: string; readonly status?: 400 | 429 }
  | { readonly next: typeof CODE }
  | { readonly signedIn: string }
  | { readonly lost: Told };

export type StepParts = {
  readonly accounts: Accounts;
  readonly verifications: Verifications;
  /** ends every session of a person */
  readonly endSessions: (sub: string) => Promise<void>;
};

/** Whose step it is: the browser's sign-in, where its pages stand, where the request came from. */
export type Asker = { readonly uid: string; readonly base: string; readonly client: string };
export type Fields = Readonly<Record<string, string>>;

const afterSending = (sent: Sent, form: (refusal: Told) => string): Step => {
  if (sent === 'sent') return { next: CODE };
  return sent === 'gone' ? { lost: LOST } : { show: form(tooManyMails(sent.waitSeconds)), status: 429 };
};

const firstProblem = (fields: Fields): Told | undefined => {
  if (!emailAddress.safeParse(fields['email']).success) return BAD_ADDRESS;
  if (!displayName.safeParse(fields['name']).success) return BAD_NAME;
  return isAllowedPassword(fields['password'] ?? '') ? undefined : PASSWORD_RULE;
};

const signUp = async ({ verifications }: StepParts, asker: Asker, fields: Fields): Promise<Step> => {
  const { base, uid, client } = asker;
  const { email = '', name = '' } = fields;
  const form = (refusal: Told) => signUpPage({ base, email, name, refusal });
  const problem = firstProblem(fields);
  if (problem) return { show: form(problem), status: 400 };
  const claim: Claim = {
    purpose: 'sign-up',
    email: emailAddress.parse(email),
    name: displayName.parse(name),
    secret: await secretOf(fields['password'] ?? ''),
  };
  return afterSending(await verifications.begin(uid, claim, client), form);
};

const reset = async ({ verifications }: StepParts, { base, uid, client }: Asker, fields: Fields): Promise<Step> => {
  const email = emailAddress.safeParse(fields['email']);
  const form = (refusal: Told) => resetPage({ base, refusal, email: fields['email'] ?? '' });
  if (!email.success) return { show: form(BAD_ADDRESS), status: 400 };
  return afterSending(await verifications.begin(uid, { purpose: 'reset', email: email.data }, client), form);
};

/** The code was right: the address is theirs. */
const finish = async ({ accounts, endSessions }: StepParts, claim: Claim, password: string): Promise<Step> => {
  if (claim.purpose === 'sign-up') {
    const opened = await accounts.open({ email: claim.email, name: claim.name }, claim.secret);
    return opened ? { signedIn: opened.sub } : { lost: TAKEN };
  }
  const account = await accounts.byEmail(claim.email);
  if (!account) return { lost: LOST };
  await accounts.setPassword(account.sub, await secretOf(password));
  await endSessions(account.sub);
  return { signedIn: account.sub };
};

const REFUSED = { wrong: WRONG_CODE, spent: SPENT_CODE };

const code = async (parts: StepParts, { base, uid, client }: Asker, fields: Fields): Promise<Step> => {
  const { verifications } = parts;
  const waiting = await verifications.waiting(uid);
  if (!waiting) return { lost: LOST };
  const form = (refusal: Told) => codePage({ base, ...waiting, refusal });
  if (fields['resend'] !== undefined) return afterSending(await verifications.resend(uid, client), form);
  const password = fields['password'] ?? '';
  if (waiting.purpose === 'reset' && !isAllowedPassword(password)) return { show: form(PASSWORD_RULE), status: 400 };
  const checked = await verifications.check(uid, (fields['code'] ?? '').replaceAll(/\D/g, ''));
  if (typeof checked !== 'string') return finish(parts, checked.claim, password);
  return checked === 'gone' ? { lost: LOST } : { show: form(REFUSED[checked]), status: 400 };
};

type Page = {
  readonly open: (parts: StepParts, asker: Asker) => Promise<Step>;
  readonly take: (parts: StepParts, asker: Asker, fields: Fields) => Promise<Step>;
};

/** The pages around an account, by the end of their path. */
const PAGES: Readonly<Record<string, Page>> = {
  [SIGN_UP]: { open: async (_, { base }) => ({ show: signUpPage({ base }) }), take: signUp },
  [RESET]: { open: async (_, { base }) => ({ show: resetPage({ base }) }), take: reset },
  [CODE]: {
    open: async ({ verifications }, { uid, base }) => {
      const waiting = await verifications.waiting(uid);
      return waiting ? { show: codePage({ base, ...waiting }) } : { lost: LOST };
    },
    take: code,
  },
};

/** Undefined: there is no such page. `sent` is the form, absent when the page is opened. */
export const accountStep = async (
  parts: StepParts,
  asker: Asker & { readonly page: string },
  sent: Fields | undefined,
): Promise<Step | undefined> => {
  const page = Object.hasOwn(PAGES, asker.page) ? PAGES[asker.page] : undefined;
  return sent ? page?.take(parts, asker, sent) : page?.open(parts, asker);
};
