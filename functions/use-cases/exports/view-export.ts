import { DAY_MS, localDate } from '@hems/models/calendar/seoul';
import type { ExportReport } from '@hems/shared/api/exports';
import { mayDo } from '@hems/models/household/permissions';
import type { ObjectStore } from '../../ports/object-store.ts';
import { archiveKey, type KeptExport } from '../stores/exports.ts';
import type { Member } from '../stores/households.ts';

const MINUTE_MS = 60_000;
/** An archive is ready within a quarter of an hour; whoever has said nothing for twice as long will not. */
const SILENT_MS = 30 * MINUTE_MS;
/** So long it is given out; the bucket's lifecycle takes it away one to two days after. */
const ARCHIVE_KEPT_DAYS = 7;
const LINK_SECONDS = 3600;

type State = ExportReport['state'];

const stateAt = ({ state, touchedMs }: KeptExport, nowMs: number): State => {
  if (state === 'ready') return nowMs < touchedMs + ARCHIVE_KEPT_DAYS * DAY_MS ? 'ready' : 'gone';
  if (state === 'failed') return 'failed';
  return nowMs > touchedMs + SILENT_MS ? 'failed' : state;
};

const BROKE_OFF = 'writing the archive broke off; begin again';

/** Who looks, and as what. */
export type Viewer = {
  readonly nowMs: number;
  readonly member: Pick<Member, 'sub' | 'role'>;
  readonly objects: ObjectStore;
};

/** The export as it stands now. Only who asked for it gets the way to the archive, as long as their role would let them ask. */
export const viewExport = async (kept: KeptExport, { nowMs, member, objects }: Viewer): Promise<ExportReport> => {
  const state = stateAt(kept, nowMs);
  const isTheirs = state === 'ready' && kept.personId === member.sub && mayDo(member.role, 'export-household');
  const as = { fileName: `hems-${localDate(kept.startedMs)}.zip`, seconds: LINK_SECONDS };
  return {
    exportId: kept.exportId,
    startedMs: kept.startedMs,
    state,
    writtenFiles: kept.writtenFiles,
    totalFiles: kept.totalFiles,
    bytes: kept.bytes,
    downloadUrl: isTheirs ? await objects.downloadUrl(archiveKey(kept), as) : null,
    expiresMs: kept.state === 'ready' ? kept.touchedMs + ARCHIVE_KEPT_DAYS * DAY_MS : null,
    problem: state === 'failed' ? (kept.problem ?? BROKE_OFF) : null,
  };
};
