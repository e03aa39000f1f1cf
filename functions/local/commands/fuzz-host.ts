import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addPartner, addPartnerKey } from '@hems/shared/api/partners';
import { readSession } from '@hems/shared/api/session';
import { SCOPES } from '@hems/shared/partner-api/scopes';
import { privateKey, type SigningKey } from '@hems/shared/signing/keys';
import { AUDITOR, OPERATOR } from '../identity/users.ts';
import type { ProxyParts } from './fuzz-proxy.ts';
import { callRoute } from './local-host.ts';
import { signIn, signInAs } from './sign-in.ts';

const READY = /^ready (\S+)\n/m;
/** The homes have their past: what is asked of them has an answer. */
const LIVED_IN = /^history: 100 %/m;
const START_S = 120;

export type FuzzHost = {
  readonly origin: string;
  readonly out: () => string;
  /** how it came to its end by itself; undefined while it runs */
  readonly ended: () => string | undefined;
  stop(): Promise<void>;
};

const endOf = ({ exitCode, signalCode }: ChildProcess): string | undefined =>
  exitCode === null && signalCode === null ? undefined : `exit code ${exitCode}, signal ${signalCode}`;

/** A local host of its own, on free ports, in a process of its own. */
export const fuzzHost = (folder: string): Promise<FuzzHost> =>
  hostRunning([join(import.meta.dirname, '..', 'main.ts'), '--data', folder, '--days', '1']);

/** What Node runs with these arguments, once it says that it is ready. */
export const hostRunning = async (args: readonly string[]): Promise<FuzzHost> => {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, PORT: '0', MQTT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  for (const until = Date.now() + START_S * 1000; !LIVED_IN.test(out) || !READY.test(out);) {
    if (endOf(child) !== undefined || Date.now() > until) throw new Error(`the local host did not start:\n${out}`);
    await sleep(100);
  }
  return {
    origin: READY.exec(out)?.[1] ?? '',
    out: () => out,
    ended: () => endOf(child),
    stop: async () => {
      // of a process that has ended no other end can be waited for
      if (endOf(child) !== undefined) return;
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
};

const newKey = async (keyId: string) => {
  const { d = '', x = '', kty = '', crv = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const jwk = { kty, crv, x };
  return { jwk, key: await privateKey(keyId, 'ed25519', { ...jwk, d }) };
};

/** A partner with every scope, entered by the operator as any other. */
const enterPartner = async (origin: string, token: string): Promise<SigningKey> => {
  const partnerId = 'fuzzing';
  const reason = 'its requests are made up';
  const asked = { origin, token };
  const body = { partnerId, name: partnerId, kind: 'government', scopes: [...SCOPES], reason };
  await callRoute({ ...asked, route: addPartner, body });
  const { jwk, key } = await newKey(`${partnerId}.first`);
  const keyBody = { keyName: 'first', algorithm: 'ed25519', jwk, untilMs: null, reason };
  await callRoute({ ...asked, route: addPartnerKey, params: { partnerId }, body: keyBody });
  return key;
};

/** Everybody whom a route may be for. */
export const everybody = async (origin: string): Promise<ProxyParts> => {
  const resident = (await signInAs(origin, undefined)).access_token;
  const tokenOf = async ({ email, password }: typeof OPERATOR): Promise<string> =>
    (await signIn({ origin, email, password })).access_token;
  const operator = await tokenOf(OPERATOR);
  const auditor = await tokenOf(AUDITOR);
  const key = await enterPartner(origin, operator);
  const { households } = await callRoute({ origin, token: resident, route: readSession });
  return { origin, tokens: { resident, operator, auditor }, key, householdId: households[0]?.householdId ?? '' };
};
