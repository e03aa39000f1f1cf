import { readConnectors, registerSite, replayConnector } from '@hems/shared/api/sites';
import { endpoint, http } from '../runtime/http.ts';
import { allConnectors, clock, ids, keys, pause, table } from '../runtime/ports.ts';
import { replay } from '../use-cases/connectors/replay.ts';
import { showConnectors } from '../use-cases/connectors/show-connectors.ts';
import { registerSite as register } from '../use-cases/sites/register-site.ts';
import { Refused } from '../use-cases/refusal.ts';

export const handler = http([
  endpoint(registerSite, async ({ params, body, caller }) =>
    register(
      { table: await table(), keys: await keys(), clock: await clock(), ids: await ids() },
      { ...params, ...body },
      { by: caller.sub, reason: body.reason },
    ),
  ),
  endpoint(readConnectors, async () => ({ connectors: await showConnectors(await table(), await allConnectors()) })),
  endpoint(replayConnector, async ({ params: { connectorId }, body: { fromMs } }) => {
    const found = (await allConnectors()).find(({ id }) => id === connectorId);
    if (!found)
      throw new Refused('not-found', `there is no connector ${connectorId}; GET ${readConnectors.path} lists them`);
    await replay({ table: await table(), clock: await clock(), pause }, found, fromMs);
    return { connectorId, fromMs };
  }),
]);
