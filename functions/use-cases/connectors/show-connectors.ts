import type * as z from 'zod';
import type { Connector } from '@hems/models/connector/connector';
import type { readConnectors } from '@hems/shared/api/sites';
import type { Table } from '../../ports/table.ts';
import { readConnectorState } from '../stores/connector-state.ts';

type Shown = z.infer<typeof readConnectors.answer>['connectors'];

/** How far each system was had, and how it fares. */
export const showConnectors = async (table: Table, connectors: readonly Connector[]): Promise<Shown> =>
  Promise.all(
    connectors.map(async (one) => {
      const { watermarkMs, breaker, replay, runs } = await readConnectorState(table, one);
      const { id: connectorId, partnerId, system } = one;
      return {
        connectorId,
        partnerId,
        system,
        watermarkMs,
        failures: breaker.failures,
        retryAtMs: breaker.retryAtMs,
        replayFromMs: replay?.nextMs ?? null,
        runs: runs.map(({ pages: _pages, ...run }) => run),
      };
    }),
  );
