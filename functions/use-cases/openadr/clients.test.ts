import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { enterPartner } from '../../testing/partner-call.ts';
import type { Table } from '../../ports/table.ts';
import { readOpenadrClient } from '../stores/openadr-clients.ts';
import { readPartnerAudit } from '../stores/partners.ts';
import { addClient, hashOfSecret, removeClient } from './clients.ts';

const clock = { now: () => 1_795_316_400_000 };
const STAFF = { by: 'operator-1', reason: 'a contract was signed' };
const ASKED = { partnerId: 'aggregator', name: 'dispatch', role: 'bl' } as const;

let table: Table;
let count = 0;
const deps = () => ({ table, clock, ids: { next: () => `id-${(count += 1)}` }, newToken: () => 'a new secret' });

beforeEach(async () => {
  table = sqliteTable({ database: openDatabase(':memory:'), clock });
  await enterPartner(table, { partnerId: 'aggregator' });
  await enterPartner(table, { partnerId: 'other' });
});

test('a client gets a secret that is told once and kept as a hash, with who added it and why', async () => {
  const { clientId, clientSecret } = await addClient(deps(), ASKED, STAFF);
  expect(clientSecret).toBe('a new secret');
  const kept = await readOpenadrClient(table, clientId);
  expect(kept).toMatchObject({ ...ASKED, secretHash: hashOfSecret('a new secret') });
  expect(JSON.stringify(kept)).not.toContain('a new secret');
  const about = `bl ${clientId}`;
  expect(await readPartnerAudit(table, 'aggregator', 10)).toMatchObject([
    { what: 'client-added', about, by: 'operator-1' },
  ]);
});

test('a client of the user pool brings its own id, and we keep no secret of it', async () => {
  const made = await addClient(deps(), { ...ASKED, clientId: '4k2cgnl8example' }, STAFF);
  expect(made).toEqual({ ...ASKED, clientId: '4k2cgnl8example' });
  expect(await readOpenadrClient(table, '4k2cgnl8example')).not.toHaveProperty('secretHash');
});

test('a client id leads to one partner: it is not entered for another', async () => {
  await addClient(deps(), { ...ASKED, clientId: 'taken' }, STAFF);
  const again = addClient(deps(), { ...ASKED, partnerId: 'other', clientId: 'taken' }, STAFF);
  await expect(again).rejects.toThrow('there is a client taken already');
  expect(await readOpenadrClient(table, 'taken')).toMatchObject({ partnerId: 'aggregator' });
});

test('there is no client of a partner that is not there', async () => {
  await expect(addClient(deps(), { ...ASKED, partnerId: 'nobody' }, STAFF)).rejects.toThrow(
    'there is no partner nobody',
  );
});

test('a client is ended by its own partner’s name alone', async () => {
  const { clientId } = await addClient(deps(), ASKED, STAFF);
  await expect(removeClient(deps(), { partnerId: 'other', clientId }, STAFF)).rejects.toThrow('other has no client');
  expect(await removeClient(deps(), { partnerId: 'aggregator', clientId }, STAFF)).not.toHaveProperty('secretHash');
  expect(await readOpenadrClient(table, clientId)).toBeUndefined();
});
