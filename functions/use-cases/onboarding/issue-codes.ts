import type * as z from 'zod';
import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import { normalAddress } from '@hems/models/household/address';
import type { issueCodes as route } from '@hems/shared/api/proofs';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import { TRANSACT_MAX, type Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { codePut, type ResidenceCode } from '../stores/residence-codes.ts';
import { addressIndexOf } from './address-index.ts';
import { codeFrom, codeIndexOf } from './residence-code.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly ids: Ids; readonly keys: Keys };
type Asked = z.infer<typeof route.body>;
type Issued = z.infer<typeof route.answer>;

/** A letter that lies about longer is somebody else's letter. */
const LONGEST_DAYS = 180;

const endOf = (expiresOn: string, nowMs: number): number => {
  const today = localDate(nowMs);
  const last = addDays(today, LONGEST_DAYS);
  if (expiresOn < today || expiresOn > last)
    throw new Refused('invalid', `expiresOn: ${expiresOn} is not from today, ${today}, to ${last}`);
  return dayStart(addDays(expiresOn, 1));
};

const refuseDoubles = ({ address, postalCode, units }: Asked): void => {
  const flats = units.map((unit) => normalAddress({ address, postalCode, unit }));
  const double = units.find((_, i) => flats.indexOf(flats[i] ?? '') < i);
  if (double !== undefined) throw new Refused('invalid', `units: "${double}" is there twice; name each flat once`);
};

/** A code for each flat, for the building to hand out. Kept as blind index only, so nobody can be told it a second time. */
export const issueCodes = async (
  { table, clock, ids, keys }: Deps,
  { address, postalCode, units, expiresOn }: Asked,
  issuedBy: string,
): Promise<Issued> => {
  const expiresMs = endOf(expiresOn, clock.now());
  refuseDoubles({ address, postalCode, units, expiresOn });
  const codes = units.map((unit) => ({ unit, code: codeFrom(ids.next()) }));
  const kept = await Promise.all(
    codes.map(async ({ unit, code }): Promise<ResidenceCode> => {
      const [codeIndex, addressIndex] = await Promise.all([
        codeIndexOf(keys, code),
        addressIndexOf(keys, { address, postalCode, unit }),
      ]);
      return { codeIndex, addressIndex, expiresMs, issuedBy, usedBy: null };
    }),
  );
  for (let from = 0; from < kept.length; from += TRANSACT_MAX) {
    const batch = kept.slice(from, from + TRANSACT_MAX);
    await table.transact(batch.map((one) => ({ put: codePut({ ...one, version: 0 }) })));
  }
  return { codes, expiresMs };
};
