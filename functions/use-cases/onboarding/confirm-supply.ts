import type * as z from 'zod';
import type { Supply } from '@hems/models/household/supply';
import { guessContract, type ContractGuesses, type LastBill } from '@hems/models/tariff/contract-guess';
import type { Refusal } from '@hems/models/tariff/refusal';
import { supplyBill } from '@hems/models/tariff/supply-bill';
import type { confirmSupply as route } from '@hems/shared/api/onboarding';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { setSupply } from '../set-supply.ts';
import { readProfile, type Member } from '../stores/households.ts';
import { putSupplyCheck } from '../stores/supply-checks.ts';
import { tariffRegionOf } from '../tariff-region.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

const refusalOf = ({ at, detail }: Refusal): Refused => new Refused('invalid', `${at}: ${detail}`);

const checkBands = ({ importWh, bandWh }: LastBill): void => {
  if (bandWh && bandWh.off + bandWh.mid + bandWh.peak !== importWh)
    throw new Refused(
      'invalid',
      `bandWh: the bands add up to ${bandWh.off + bandWh.mid + bandWh.peak} Wh, not to ${importWh}`,
    );
};

/** Which contracts give the won of the last bill. Anybody may have found a bill: it proves nothing of who lives there. */
export const guessSupply = async (
  { table }: Deps,
  householdId: string,
  lastBill: LastBill,
): Promise<ContractGuesses> => {
  checkBands(lastBill);
  const profile = await readProfile(table, householdId);
  const answer = guessContract(lastBill, tariffRegionOf(profile?.region));
  if ('status' in answer) throw refusalOf(answer);
  return answer;
};

/** What the supply costs by the bill's use less what was billed; null where the tariff does not say. */
const differenceOf = (supply: Supply, lastBill: LastBill): number | null => {
  const { importWh, bandWh, billWon } = lastBill;
  const use = { importWh, exportWh: 0, carriedKwh: 0, ...(bandWh && { bandWh }) };
  const answer = supplyBill({ ...supply, region: 'mainland' }, lastBill, use);
  if (answer.status === 'refused') throw refusalOf(answer);
  return answer.status === 'priced' ? answer.won.bill - billWon : null;
};

/** Takes a contract as the one of the last bill; also one that the bill does not give, which the resident knows better. */
export const confirmSupply = async (
  deps: Deps,
  member: Member,
  { supply, lastBill }: z.infer<typeof route.body>,
): Promise<void> => {
  checkBands(lastBill);
  const differenceWon = differenceOf(supply, lastBill);
  await setSupply(deps, member, supply);
  const { householdId, sub } = member;
  await putSupplyCheck(deps.table, householdId, { atMs: deps.clock.now(), by: sub, differenceWon });
};
