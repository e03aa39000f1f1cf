import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import type { Connector } from '@hems/models/connector/connector';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { REACH_DAYS } from '@hems/models/site/intervals';
import { CLOSED } from '@hems/models/connector/breaker';
import { Refused } from '../refusal.ts';
import { connectorStatePut, readConnectorState } from '../stores/connector-state.ts';
import { untilWon } from '../until-won.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

/**
 * Has a system asked again for all since `fromMs`, a window at each other turn, and at once even where it failed before; null ends that. What was had
 * changes nothing.
 */
export const replay = async (
  { table, clock, pause }: Deps,
  connector: Connector,
  fromMs: number | null,
): Promise<void> =>
  untilWon(pause, async () => {
    const state = await readConnectorState(table, connector);
    if (fromMs === null) return table.put(connectorStatePut(connector, { ...state, replay: null }));
    const nowMs = clock.now();
    const toMs = Math.min(state.watermarkMs ?? nowMs, nowMs);
    if (fromMs >= toMs)
      throw new Refused('invalid', 'fromMs: nothing was had after that time yet; the next turn asks for it anyway');
    if (fromMs < nowMs - REACH_DAYS * DAY_MS)
      throw new Refused('invalid', `fromMs: readings are taken ${REACH_DAYS} days back at most`);
    return table.put(connectorStatePut(connector, { ...state, breaker: CLOSED, replay: { nextMs: fromMs, toMs } }));
  });
