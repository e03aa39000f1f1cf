import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Push } from '../../ports/push.ts';
import type { Table } from '../../ports/table.ts';

/** Where links lead, and whom somebody may write to. */
export type Letterhead = { readonly webUrl: string; readonly apiUrl: string; readonly contact: string };

export type NoticeDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly pause: Pause;
  readonly keys: Keys;
  readonly mailer: Mailer;
  readonly push: Push;
  readonly letterhead: Letterhead;
};
