import type { Clock } from '../../ports/clock.ts';
import type { HttpOut } from '../../ports/http-out.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Table } from '../../ports/table.ts';

/** To leave a message: it is posted by another. `webhooks`: port of the same name, calls of endpoints to be looked at. */
export type TellDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly webhooks: Pick<Queue, 'send'>;
};

export type WebhookDeps = TellDeps & { readonly ids: Ids; readonly keys: Keys; readonly http: HttpOut };
