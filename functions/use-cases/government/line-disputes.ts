import type * as z from 'zod';
import { lineIdOf } from '@hems/models/partner/settlement-line';
import type { DisputeReason } from '@hems/models/partner/dispute';
import type { lineDispute, listLineDisputes as listRoute } from '@hems/shared/partner-api/disputes';
import { disputesOf, type KeptDispute } from '../stores/disputes.ts';
import { keepPlace, placeOf } from '../stores/partner-cursors.ts';
import type { Partner } from '../stores/partners.ts';
import { filesOf } from '../stores/settlement-parts.ts';
import { PAGE } from './applications.ts';
import { closeDispute, openDispute, requireDispute, viewDispute } from './disputes.ts';
import { requireOffice, show, type OfficeDeps } from './office.ts';
import { requireLine, type LineRef } from './read-settlement.ts';
import { filingOf } from './settlement-lines.ts';

type LineDispute = z.infer<typeof lineDispute>;

export const openLineDispute = async (
  deps: OfficeDeps,
  partner: Partner,
  { reasonCode, text, ...ref }: LineRef & { readonly reasonCode: DisputeReason; readonly text: string },
): Promise<LineDispute> => {
  const { entry } = await requireLine(deps, partner, { ...ref, what: 'dispute-opened' });
  const by = { kind: 'partner', id: partner.partnerId } as const;
  return { line: ref.line, dispute: await viewDispute(deps, await openDispute(deps, { entry, reasonCode, text, by })) };
};

export const readLineDispute = async (deps: OfficeDeps, partner: Partner, ref: LineRef): Promise<LineDispute> => {
  const { entry } = await requireLine(deps, partner, { ...ref, what: 'dispute-read' });
  return { line: ref.line, dispute: await viewDispute(deps, await requireDispute(deps, entry)) };
};

export const closeLineDispute = async (deps: OfficeDeps, partner: Partner, ref: LineRef): Promise<LineDispute> => {
  const { entry } = await requireLine(deps, partner, { ...ref, what: 'dispute-closed' });
  const by = { kind: 'partner', id: partner.partnerId } as const;
  return { line: ref.line, dispute: await viewDispute(deps, await closeDispute(deps, { entry, by })) };
};

/** Those about lines that stand in a file of this partner: of the others it knows no line. */
const filedWith = async (deps: OfficeDeps, { partnerId }: Partner, kept: readonly KeptDispute[]) => {
  const filings = kept.map(({ dispute, householdId }) => filingOf(partnerId, { ...dispute, householdId }));
  const files = await filesOf(deps.table, filings);
  return kept.filter((_, i) => files[i] !== undefined);
};

type Asked = { readonly programme: string; readonly limit?: number | undefined; readonly cursor?: string | undefined };

export const listLineDisputes = async (
  deps: OfficeDeps,
  partner: Partner,
  { programme, limit = PAGE, cursor }: Asked,
): Promise<z.infer<typeof listRoute.answer>> => {
  requireOffice(partner, programme);
  const list = { partnerId: partner.partnerId, list: `disputes ${programme}` };
  const place = await placeOf(deps, list, cursor);
  const page = await disputesOf(deps.table, programme, { limit, ...(place !== undefined && { cursor: place }) });
  const shown = await show(deps, partner, {
    of: await filedWith(deps, partner, page.disputes),
    what: 'dispute-read',
    why: programme,
  });
  const disputes = shown.map(async ({ participant, ...kept }) => ({
    line: lineIdOf({ participant, revision: kept.dispute.revision }),
    dispute: await viewDispute(deps, kept),
  }));
  return { disputes: await Promise.all(disputes), cursor: await keepPlace(deps, list, page.cursor) };
};
