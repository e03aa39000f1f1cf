import {
  addHappening,
  readReport,
  readSandbox,
  resetSandbox,
  SANDBOX_STARTS_MS,
  setSandboxClock,
} from '@hems/shared/partner-api/sandbox';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { ids, table } from '../runtime/ports.ts';
import { tellDeps } from '../runtime/webhook-deps.ts';
import { readReport as report } from '../use-cases/sandbox/report.ts';
import { addHappening as add, resetSandbox as reset, setClock, viewSandbox } from '../use-cases/sandbox/run-sandbox.ts';

const deps = async () => ({ ...(await tellDeps()), ids: await ids() });

export const handler = partnerHttp([
  partnerEndpoint(readSandbox, async ({ partner }) => viewSandbox(await deps(), partner)),
  partnerEndpoint(resetSandbox, async ({ partner, body }) =>
    reset(await deps(), partner, { ...body, nowMs: body.nowMs ?? SANDBOX_STARTS_MS }),
  ),
  partnerEndpoint(setSandboxClock, async ({ partner, body }) => setClock(await deps(), partner, body)),
  partnerEndpoint(addHappening, async ({ partner, body }) => add(await deps(), partner, body)),
  partnerEndpoint(readReport, async ({ partner }) => report(await table(), partner)),
]);
