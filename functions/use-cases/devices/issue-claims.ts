import { addDays, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DeviceKind } from '@hems/models/device/kinds';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { claimPut, codeEnd, codeWrite, readClaim, type Claim } from '../stores/claims.ts';
import { readGateway } from '../stores/gateways.ts';
import { untilWon } from '../until-won.ts';
import { claimCodeOf, codePurpose } from './claim-code.ts';

type Deps = {
  readonly table: Table;
  readonly keys: Keys;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly pause: Pause;
};
type Delivered = { readonly serial: string; readonly devices: readonly DeviceKind[] };
export type IssuedClaim = { readonly serial: string; readonly code: string };

/** A gateway that works in a home is not handed to another one; a revoked one may be. */
const mayBeIssued = async (table: Table, claim: Claim): Promise<boolean> =>
  claim.state !== 'claimed' || (await readGateway(table, claim))?.status !== 'active';

const issueOne = async (
  { table, keys, ids, clock, pause }: Deps,
  { serial, devices }: Delivered,
  expiresMs: number,
): Promise<IssuedClaim> => {
  const code = claimCodeOf(ids.next());
  const codeIndex = await keys.blindIndex(codePurpose(code));
  await untilWon(pause, async () => {
    const before = await readClaim(table, serial);
    if (before && !(await mayBeIssued(table, before)))
      throw new Refused('conflict', `gateway ${serial} is in use by a household; its people revoke it first`, 'in-use');
    await table.transact([
      {
        put: claimPut({
          state: 'issued',
          codeIndex,
          devices: [...devices],
          expiresMs,
          serial,
          version: before?.version ?? 0,
        }),
      },
      codeWrite(codeIndex, { serial, expiresMs }),
      ...(before ? [codeEnd(before.codeIndex, clock.now())] : []),
    ]);
  });
  return { serial, code };
};

/** Makes a claim code for each gateway, good until the date has passed; a code that it had before is good no more. */
export const issueClaims = async (
  deps: Deps,
  { gateways, expiresOn }: { readonly gateways: readonly Delivered[]; readonly expiresOn: LocalDate },
): Promise<{ claims: IssuedClaim[]; expiresMs: number }> => {
  if (expiresOn < localDate(deps.clock.now()))
    throw new Refused('invalid', `${expiresOn} is past; claims expire on a day to come`);
  const serials = new Set(gateways.map(({ serial }) => serial));
  if (serials.size < gateways.length) throw new Refused('invalid', 'a serial number is there twice');
  const expiresMs = dayStart(addDays(expiresOn, 1));
  const claims: IssuedClaim[] = [];
  for (const one of gateways) claims.push(await issueOne(deps, one, expiresMs));
  return { claims, expiresMs };
};
