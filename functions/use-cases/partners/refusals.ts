import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { partnerRefusalsPut, readPartnerRefusals, type PartnerRefusal } from '../stores/partners.ts';

const KEPT = 20;
/** Whoever knows a key id can have requests refused as often as he likes: he makes us write no more often than this. */
const LEAST_MS = 2000;

/**
 * Keeps a refusal for the partner to see, among the latest few. One that comes too soon after another, or at the same time, is only in
 * the log.
 */
export const noteRefusal = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { partnerId, ...said }: Omit<PartnerRefusal, 'atMs'> & { readonly partnerId: string },
): Promise<void> => {
  const { entries, version } = await readPartnerRefusals(table, partnerId);
  const atMs = clock.now();
  const newestMs = entries[0]?.atMs ?? -Infinity;
  if (atMs - newestMs < LEAST_MS) return;
  const next = [{ atMs, ...said }, ...entries].slice(0, KEPT);
  await table.put(partnerRefusalsPut(partnerId, { entries: next, version })).catch((error: unknown) => {
    if (!(error instanceof ConditionFailed)) throw error;
  });
};
