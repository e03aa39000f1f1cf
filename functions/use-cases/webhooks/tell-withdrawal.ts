import * as z from 'zod';
import type { PartnerKind } from '@hems/shared/partner-api/scopes';
import { happening } from '@hems/shared/events/bus';
import type { BusEvent } from '../../ports/event-bus.ts';
import { knownTo } from '../partners/participants.ts';
import { readPartner } from '../stores/partners.ts';
import type { TellDeps } from './deps.ts';
import { tellPartner } from './tell-partner.ts';

/** Whom an agreement lets see anything of a household: who else knows it is not told that it ended. */
const SEES: Readonly<Record<'government' | 'bems', readonly PartnerKind[]>> = {
  government: ['government', 'utility', 'aggregator'],
  bems: ['bems'],
};
const withdrawn = z.object({ purpose: z.enum(['government', 'bems']), said: z.literal('withdrawn') });

/** Tells the partners that know a household that its consent ended. What they may read ends by itself: every feed asks for the consent. */
export const tellWithdrawal = async (deps: TellDeps, { detail }: BusEvent): Promise<{ told: number }> => {
  const { householdId, atMs, facts } = happening.parse(detail);
  const said = withdrawn.safeParse(facts).data;
  if (!said || householdId === undefined) return { told: 0 };
  const { purpose } = said;
  const known = await knownTo(deps, householdId);
  const counts = await Promise.all(
    known.map(async ({ partnerId, participant }) => {
      const partner = await readPartner(deps.table, partnerId);
      if (!partner || !SEES[purpose].includes(partner.kind)) return 0;
      const data = { participant, purpose, withdrawnAtMs: atMs };
      const key = `${participant}:${purpose}:${atMs}`;
      const tell = { partnerId, type: 'consent.withdrawn', data, key, orderedBy: participant } as const;
      return (await tellPartner(deps, tell)).told;
    }),
  );
  return { told: counts.reduce((sum, one) => sum + one, 0) };
};
