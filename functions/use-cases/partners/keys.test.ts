import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { listPartners } from '../stores/partners.ts';
import { addKey, addPartner, changePartner, revokeKey, type NewKey, type PartnerDeps } from './keys.ts';
import { showPartner } from './show-partner.ts';

/** RFC 9421, appendix B.1.4 */
const ED25519 = { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' };
const STAFF = { by: 'operator-1', reason: 'contract of November' };
const OFFICE = { partnerId: 'office', name: '시범 관청', kind: 'government', scopes: ['savings:read'] } as const;

let nowMs: number;
let table: Table;
let deps: PartnerDeps;
beforeEach(async () => {
  nowMs = 1_795_316_400_000;
  let id = 0;
  const clock = { now: () => nowMs };
  table = sqliteTable({ database: openDatabase(':memory:'), clock });
  deps = { table, clock, ids: { next: () => `id-${(id += 1)}` } };
  await addPartner(deps, { ...OFFICE, scopes: [...OFFICE.scopes] }, STAFF);
});

const newKey = (over: Partial<NewKey> = {}): NewKey => ({
  partnerId: 'office',
  keyName: 'first',
  algorithm: 'ed25519',
  jwk: ED25519,
  untilMs: null,
  ...over,
});
const refusalOf = async (answer: Promise<unknown>): Promise<string | undefined> =>
  answer.then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? (error.code ?? error.kind) : String(error)),
  );

describe('a partner', () => {
  test('is taken up once, active, and listed with the others', async () => {
    await addPartner(deps, { ...OFFICE, partnerId: 'building', kind: 'bems', scopes: [] }, STAFF);
    expect((await listPartners(table)).map(({ partnerId, status }) => [partnerId, status])).toEqual([
      ['building', 'active'],
      ['office', 'active'],
    ]);
    expect(await refusalOf(addPartner(deps, { ...OFFICE, scopes: [] }, STAFF))).toBe('conflict');
    expect((await showPartner(table, 'office')).partner.scopes).toEqual(['savings:read']);
  });

  test('is changed in what is said and nothing else; who, what and why stays', async () => {
    await changePartner(deps, { partnerId: 'office', regions: ['서울'] }, STAFF);
    nowMs += 1000;
    await changePartner(
      deps,
      { partnerId: 'office', status: 'suspended' },
      { by: 'operator-2', reason: 'key was published' },
    );
    const { partner, audit } = await showPartner(table, 'office');
    expect(partner).toMatchObject({ ...OFFICE, status: 'suspended', regions: ['서울'] });
    expect(audit[0]).toEqual({
      atMs: nowMs,
      by: 'operator-2',
      what: 'changed',
      about: 'suspended, savings:read, 서울, no programmes',
      why: 'key was published',
    });
    expect(audit.map(({ what }) => what)).toEqual(['changed', 'changed', 'added']);
    expect(await changePartner(deps, { partnerId: 'office', regions: null }, STAFF)).not.toHaveProperty('regions');
    expect(await refusalOf(changePartner(deps, { partnerId: 'nobody', scopes: [] }, STAFF))).toBe('not-found');
  });

  test('that two change at once is changed by one, and the other is told', async () => {
    const change = (scopes: ('savings:read' | 'usage:read')[]) =>
      refusalOf(changePartner(deps, { partnerId: 'office', scopes }, STAFF));
    expect((await Promise.all([change(['savings:read']), change(['usage:read'])])).toSorted()).toEqual([
      'conflict',
      'done',
    ]);
  });
});

describe('a key', () => {
  test('counts beside the one it replaces, which is revoked at once and for ever', async () => {
    await addKey(deps, newKey(), STAFF);
    await addKey(deps, newKey({ keyName: 'second', fromMs: nowMs + 60_000, untilMs: nowMs + 86_400_000 }), STAFF);
    const revoked = await revokeKey(deps, newKey(), STAFF);
    nowMs += 1000;
    expect(await revokeKey(deps, newKey(), STAFF)).toEqual(revoked);
    const { keys, audit } = await showPartner(table, 'office');
    expect(keys).toEqual([
      { keyId: 'office.first', algorithm: 'ed25519', fromMs: nowMs - 1000, untilMs: null, revokedAtMs: nowMs - 1000 },
      {
        keyId: 'office.second',
        algorithm: 'ed25519',
        fromMs: nowMs + 59_000,
        untilMs: nowMs + 86_399_000,
        revokedAtMs: null,
      },
    ]);
    expect(audit.map(({ what }) => what).toSorted()).toEqual(['added', 'key-added', 'key-added', 'key-revoked']);
    // its name is used up
    expect(await refusalOf(addKey(deps, newKey(), STAFF))).toBe('conflict');
  });

  test.each<[string, Partial<NewKey>, string]>([
    ['with its private part', { jwk: { ...ED25519, d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU' } }, 'private-key'],
    ['of another algorithm', { algorithm: 'ecdsa-p256-sha256' }, 'no-key'],
    ['cut short', { jwk: { ...ED25519, x: 'JrQL' } }, 'no-key'],
    ['that ended before it began', { fromMs: 1_795_316_500_000, untilMs: 1_795_316_450_000 }, 'no-time'],
    ['that has ended', { untilMs: 1_795_316_400_000 }, 'no-time'],
    ['of nobody', { partnerId: 'nobody' }, 'not-found'],
  ])('%s is refused', async (_, over, code) => {
    expect(await refusalOf(addKey(deps, newKey(over), STAFF))).toBe(code);
    expect((await showPartner(table, 'office')).keys).toEqual([]);
  });

  test('above three that count is refused; one that was revoked or has ended is not counted', async () => {
    for (const keyName of ['a', 'b']) await addKey(deps, newKey({ keyName }), STAFF);
    await addKey(deps, newKey({ keyName: 'c', untilMs: nowMs + 1000 }), STAFF);
    expect(await refusalOf(addKey(deps, newKey({ keyName: 'd' }), STAFF))).toBe('too-many-keys');
    await revokeKey(deps, newKey({ keyName: 'a' }), STAFF);
    await addKey(deps, newKey({ keyName: 'd' }), STAFF);
    nowMs += 2000;
    await addKey(deps, newKey({ keyName: 'e' }), STAFF);
  });

  test('that nobody has cannot be revoked', async () => {
    expect(await refusalOf(revokeKey(deps, newKey(), STAFF))).toBe('not-found');
  });
});
