import { createHash } from 'node:crypto';
import type { Keys } from '../../ports/keys.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { changeSettings } from '../stores/notices.ts';

/** The person and a MAC that only we can make: nothing is kept, and nobody can unsubscribe somebody else. */
const sealOf = (keys: Keys, sub: string): Promise<string> => keys.blindIndex(`unsubscribe:${sub}`);

export const unsubscribeToken = async (keys: Keys, sub: string): Promise<string> =>
  `${Buffer.from(sub).toString('base64url')}.${await sealOf(keys, sub)}`;

/** By their hashes: how long it takes says nothing of how much of the MAC was right. */
const isSame = (a: string, b: string): boolean => {
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  return hash(a) === hash(b);
};

/** Ends advertising to a person over every channel. What they said under consents stays as it is, and opens nothing any more. */
export const endAdvertising = async (
  { keys, ...deps }: { readonly table: Table; readonly keys: Keys; readonly pause: Pause },
  token: string,
): Promise<void> => {
  const [name = '', mac = ''] = token.split('.');
  const sub = Buffer.from(name, 'base64url').toString();
  if (!isSame(mac, await sealOf(keys, sub)))
    throw new Refused('not-found', 'this link is not whole; open it again from the mail');
  const off = { inbox: false, push: false, email: false };
  await changeSettings(deps, sub, (settings) => ({ ...settings, kinds: { ...settings.kinds, marketing: off } }));
};
