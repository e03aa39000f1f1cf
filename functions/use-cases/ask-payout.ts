import type { Payout } from '@hems/models/ledger/payout';
import { newPayout } from '@hems/models/ledger/balance';
import { afterPayout } from '@hems/models/ledger/tally';
import { requireMay } from './members/require-may.ts';
import { requireOwnHome } from './own-home.ts';
import { Refused } from './refusal.ts';
import { balancesOf, readTallies, tallyPut } from './stores/balances.ts';
import type { Member } from './stores/households.ts';
import type { LedgerDeps } from './stores/ledger.ts';
import { payoutPut, readPayout, type KeptPayout } from './stores/payouts.ts';
import { untilWon } from './until-won.ts';

type Asked = Pick<Payout, 'payoutId' | 'unit' | 'amount'>;

/** Asks for a part of what the household may withdraw. The same payoutId is the same payout, however often it is asked for. */
export const askPayout = async (deps: LedgerDeps, member: Member, asked: Asked): Promise<KeptPayout> => {
  requireMay(member, 'ask-payout');
  const { table, clock, pause } = deps;
  const { householdId } = member;
  await requireOwnHome(table, householdId);
  const { payoutId, unit, amount } = asked;
  return untilWon(pause, async () => {
    const kept = await readTallies(table, householdId);
    const known = (await readPayout(table, { householdId, payoutId }))?.payout;
    if (known) return sameAs(known, asked);
    const balance = (await balancesOf(table, kept.tallies))[unit];
    const opened = newPayout(balance, { payoutId, householdId, unit, amount });
    if (!opened)
      throw new Refused('conflict', `${amount} ${unit} were asked for; ${balance.withdrawable} can be withdrawn now`);
    const now = clock.now();
    const payout: KeptPayout = { ...opened, askedMs: now, changedMs: now };
    const tally = afterPayout(kept.tallies[unit], undefined, payout);
    await table.transact([{ put: payoutPut(payout, 0) }, { put: tallyPut(householdId, kept, { [unit]: tally }) }]);
    return payout;
  });
};

const sameAs = (known: KeptPayout, { unit, amount }: Asked): KeptPayout => {
  if (known.unit === unit && known.amount === amount) return known;
  throw new Refused(
    'conflict',
    `payout ${known.payoutId} was asked for already, over ${known.amount} ${known.unit}; choose another payoutId`,
  );
};
