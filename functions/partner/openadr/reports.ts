import { reportRoutes } from '@hems/shared/openadr/contract';
import { openadrDeps } from '../../runtime/openadr-deps.ts';
import { openadrEndpoint, openadrHttp } from '../../runtime/openadr.ts';
import { createReport, deleteReport, listReports, readReport, updateReport } from '../../use-cases/openadr/reports.ts';

export const handler = openadrHttp([
  openadrEndpoint(reportRoutes.list, async ({ caller, query }) => listReports(await openadrDeps(), caller, query)),
  openadrEndpoint(reportRoutes.create, async ({ caller, body, effect }) =>
    createReport(await openadrDeps(effect), caller, body),
  ),
  openadrEndpoint(reportRoutes.read, async ({ caller, id }) => readReport(await openadrDeps(), caller, id)),
  openadrEndpoint(reportRoutes.update, async ({ caller, id, body }) =>
    updateReport(await openadrDeps(), caller, { id, body }),
  ),
  openadrEndpoint(reportRoutes.remove, async ({ caller, id }) => deleteReport(await openadrDeps(), caller, id)),
]);
