import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, connectors, connectorSecret, http, mapper, pause, table, webhooks } from '../runtime/ports.ts';
import { step } from '../runtime/step.ts';
import { keepReward } from '../use-cases/connectors/keep-reward.ts';
import { pullDue } from '../use-cases/connectors/pull-due.ts';

/** Asks the systems of others that this stage is connected to, each at its turn. */
export const handler = step(z.unknown(), async () => {
  const secretOf = await connectorSecret();
  const deps = {
    table: await table(),
    clock: await clock(),
    pause,
    http: await http(),
    mapper: await mapper(),
    webhooks: await webhooks(),
  };
  const report = await pullDue({ ...deps, secretOf, keepReward: keepReward(deps.table) }, await connectors());
  measure('ConnectorsFailed', report.open);
  log.info('connectors asked', report);
});
