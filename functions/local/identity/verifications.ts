import { randomBytes, randomInt } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Mail, Mailer } from '../../ports/mailer.ts';
import type { Key, Put, Table } from '../../ports/table.ts';
import { pause } from '../../runtime/ports.ts';
import { openField, sealed, sealField } from '../../use-cases/seal.ts';
import { untilWon } from '../../use-cases/until-won.ts';
import type { Accounts } from './accounts.ts';
import { accountExists, noAccount, resetCode, signUpCode } from './letters.ts';
import type { KeptUntil, Limit, Limiter } from './limiter.ts';
import { secret } from './password.ts';

/** Somebody says an address is theirs: to open an account, with what it will be, or to choose another password. */
const claim = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('sign-up'), email: z.string(), name: z.string(), secret }),
  z.object({ purpose: z.literal('reset'), email: z.string() }),
]);
export type Claim = z.infer<typeof claim>;

/**
 * A claim that waits for its code, under the uid of the browser's sign-in: a code opens where it was asked for and nowhere else, so that
 * nobody finishes what somebody else began with their address. There is no account before the code was right.
 */
const stored = z.object({
  /** blind index; null when the mail held none, because the address has an account already, or none */
  code: z.nullable(z.string()),
  sentMs: z.int(),
  sends: z.int(),
  /** wrong codes since the last mail */
  wrong: z.int(),
  wrapped: z.string(),
  claim: sealed,
});
type Stored = z.infer<typeof stored>;

/** `wait`: mails were asked for too often. */
export type Sent = 'sent' | 'gone' | { readonly waitSeconds: number };
/** `spent`: too many wrong ones, or too late; a new code is needed. */
export type Checked = { readonly claim: Claim } | 'wrong' | 'spent' | 'gone';

export type Verifications = {
  begin(uid: string, claim: Claim, client: string): Promise<Sent>;
  resend(uid: string, client: string): Promise<Sent>;
  check(uid: string, code: string): Promise<Checked>;
  /** what the page that asks for the code has to know */
  waiting(uid: string): Promise<Pick<Claim, 'purpose' | 'email'> | undefined>;
};

const CODE_MINUTES = 15;
const WRONG_MAX = 5;
const SENDS_MAX = 4;
const KEPT_SECONDS = 3600;
/** Five mails of five guesses each are 25 of a million an hour. */
const BY_ADDRESS: Limit = { what: 'mail-to', max: 5, perSeconds: 3600 };
const BY_CLIENT: Limit = { what: 'mail-from', max: 30, perSeconds: 3600 };

type Parts = {
  readonly table: Table;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly keptUntil: KeptUntil;
  readonly limiter: Limiter;
  readonly mailer: Mailer;
  readonly accounts: Accounts;
};
type Read = { readonly kept: Stored; readonly version: number };

const keyOf = (uid: string): Key => ({ table: 'operations', pk: `VERIFY#${uid}`, sk: 'VERIFY' });
const fieldOf = (uid: string) => ({ owner: `verification:${uid}`, field: 'claim' });
const codeIndex = ({ keys }: Parts, uid: string, code: string): Promise<string> =>
  keys.blindIndex(`code:${uid}:${code}`);

const read = async ({ table }: Parts, uid: string): Promise<Read | undefined> => {
  const item = await table.get(keyOf(uid));
  return item && { kept: stored.parse(item.data), version: item.version };
};

const claimOf = async ({ keys }: Parts, uid: string, kept: Stored): Promise<Claim> => {
  const key = await keys.unwrap(fieldOf(uid).owner, kept.wrapped);
  return claim.parse(JSON.parse(openField(key, fieldOf(uid), kept.claim)));
};

const putOf = ({ keptUntil }: Parts, uid: string, data: Stored): Put => ({
  ...keyOf(uid),
  data,
  expiresAt: keptUntil(KEPT_SECONDS),
});

/** Seconds to wait, because of the address or of the client. */
const waitSeconds = async ({ limiter }: Parts, email: string, client: string): Promise<number> =>
  (await limiter(BY_CLIENT, client)) || (await limiter(BY_ADDRESS, email));

/** The letter that the situation calls for, and its code. To whoever asks, all of them look the same. */
const letterFor = async ({ accounts }: Parts, { purpose, email }: Claim): Promise<[Omit<Mail, 'to'>, string?]> => {
  const exists = (await accounts.byEmail(email)) !== undefined;
  if (purpose === 'sign-up' && exists) return [accountExists()];
  if (purpose === 'reset' && !exists) return [noAccount()];
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  return [(purpose === 'sign-up' ? signUpCode : resetCode)(code, CODE_MINUTES), code];
};

const send = async (parts: Parts, uid: string, asked: Claim): Promise<Pick<Stored, 'code' | 'sentMs' | 'wrong'>> => {
  const [letter, code] = await letterFor(parts, asked);
  await parts.mailer.send(`${parts.clock.now()}-${randomBytes(6).toString('hex')}`, { to: asked.email, ...letter });
  return { code: code === undefined ? null : await codeIndex(parts, uid, code), sentMs: parts.clock.now(), wrong: 0 };
};

const begin = async (parts: Parts, { uid, client }: { uid: string; client: string }, asked: Claim): Promise<Sent> => {
  const wait = await waitSeconds(parts, asked.email, client);
  if (wait > 0) return { waitSeconds: wait };
  const { plain, wrapped } = await parts.keys.newDataKey(fieldOf(uid).owner);
  const text = sealField(plain, fieldOf(uid), JSON.stringify(asked));
  await parts.table.put(putOf(parts, uid, { ...(await send(parts, uid, asked)), sends: 1, wrapped, claim: text }));
  return 'sent';
};

const resend = async (parts: Parts, { uid, client }: { uid: string; client: string }): Promise<Sent> => {
  const found = await read(parts, uid);
  if (!found || found.kept.sends >= SENDS_MAX) return 'gone';
  const asked = await claimOf(parts, uid, found.kept);
  const wait = await waitSeconds(parts, asked.email, client);
  if (wait > 0) return { waitSeconds: wait };
  const data = { ...found.kept, ...(await send(parts, uid, asked)), sends: found.kept.sends + 1 };
  await parts.table.put({ ...putOf(parts, uid, data), if: { version: found.version } });
  return 'sent';
};

/** A wrong code is counted before the next one is looked at, and a right one opens once. */
const check = async (parts: Parts, uid: string, code: string): Promise<Checked> =>
  untilWon(pause, async () => {
    const found = await read(parts, uid);
    if (!found) return 'gone';
    const { kept, version } = found;
    if (kept.wrong >= WRONG_MAX || parts.clock.now() >= kept.sentMs + CODE_MINUTES * 60_000) return 'spent';
    if ((await codeIndex(parts, uid, code)) === kept.code) {
      const right = await claimOf(parts, uid, kept);
      await parts.table.delete({ ...keyOf(uid), if: { version } });
      return { claim: right };
    }
    await parts.table.put({ ...putOf(parts, uid, { ...kept, wrong: kept.wrong + 1 }), if: { version } });
    return kept.wrong + 1 >= WRONG_MAX ? 'spent' : 'wrong';
  });

/** Codes of six digits by mail, in `operations`. */
export const verifications = (parts: Parts): Verifications => ({
  begin: async (uid, asked, client) => begin(parts, { uid, client }, asked),
  resend: async (uid, client) => resend(parts, { uid, client }),
  check: async (uid, code) => check(parts, uid, code),
  waiting: async (uid) => {
    const found = await read(parts, uid);
    return found && claimOf(parts, uid, found.kept);
  },
});
