import { ingest, type IngestDeps, type IngestReport } from './ingest/ingest.ts';
import { Refused } from './refusal.ts';
import { markReplayed, readQuarantine } from './stores/quarantine.ts';

/** Lets a kept message through ingest again, as of the time it came. What is still refused stays, or comes back, under its reason. */
export const replayQuarantine = async (deps: IngestDeps, id: string): Promise<IngestReport> => {
  const entry = await readQuarantine(deps.table, id);
  if (!entry) throw new Refused('not-found', `there is no quarantine entry ${id}; entries are kept 30 days`);
  if (entry.event.channel === 'cmd/result' || entry.event.channel === 'health')
    throw new Refused(
      'conflict',
      'what a gateway says of an order or of itself is not a reading; it cannot be replayed',
    );
  const report = await ingest(deps, [entry.event]);
  if (report.quarantined === 0) await markReplayed(deps.table, entry);
  return report;
};
