import type { Connector, PulledReward } from '@hems/models/connector/connector';
import type { Table } from '../../ports/table.ts';
import { householdOf } from '../partners/participants.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { readKeptProfile } from '../stores/households.ts';
import { outsideRewardPut } from '../stores/outside-rewards.ts';

/**
 * Keeps a reward that another platform gave to one of our households, once under its reference; the reason where it does not. The household
 * has agreed that its building's system and we tell each other of it.
 */
export const keepReward =
  (table: Table) =>
  async ({ partnerId, system }: Connector, reward: PulledReward): Promise<string | undefined> => {
    const householdId = await householdOf({ table }, partnerId, reward.participant);
    if (householdId === undefined) return 'unknown-participant';
    if (!(await hasConsent(table, householdId, 'bems'))) return 'no-consent';
    const kept = await readKeptProfile(table, householdId);
    if (!kept) return 'unknown-participant';
    const put = outsideRewardPut({ householdId, partnerId, ref: reward.ref }, system, reward);
    await table.transact([{ check: kept.check }, { put }]);
    return undefined;
  };
