import type { Entry } from '@hems/models/ledger/entry';
import { lineIdOf } from '@hems/models/partner/settlement-line';
import type { Dispute } from '@hems/shared/api/disputes';
import { readPartner } from '../stores/partners.ts';
import { partnersHolding } from '../stores/settlement-parts.ts';
import type { Tell } from '../webhooks/tell-partner.ts';
import { show, type OfficeDeps } from './office.ts';

export type AnswerDeps = OfficeDeps & { readonly tell: (tell: Tell) => Promise<unknown> };

/**
 * Once per partner that holds the line in a file and is an office of its programme still; the household is its participant there, and finds in
 * its access log that the partner was told. Who has withdrawn is told of to nobody.
 */
export const tellAnswered = async (deps: AnswerDeps, entry: Entry, { answer, ...now }: Dispute): Promise<void> => {
  const { programme, period, revision } = entry;
  for (const partnerId of await partnersHolding(deps.table, entry)) {
    const partner = await readPartner(deps.table, partnerId);
    if (partner?.status !== 'active' || partner.programmes?.includes(programme) !== true) continue;
    const why = `${programme} ${period}`;
    for (const { participant } of await show(deps, partner, { of: [entry], what: 'dispute-read', why })) {
      const line = lineIdOf({ participant, revision });
      await deps.tell({
        partnerId,
        type: 'dispute.answered',
        data: { line, programme, period, outcome: answer?.outcome, state: now.state },
        // a line may be disputed again, by somebody else
        key: `${line} ${programme} ${period} ${now.openedMs} ${answer?.outcome}`,
        orderedBy: participant,
      });
    }
  }
};
