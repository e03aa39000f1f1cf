import { lookUp, readAccessLog, readAudit } from '@hems/shared/api/access';
import { endpoint, http } from '../runtime/http.ts';
import { accessDeps, asStaff } from '../runtime/staff-access.ts';
import { table } from '../runtime/ports.ts';
import { auditAccess, readAccessLog as read } from '../use-cases/privacy/audit-access.ts';
import { lookUp as find } from '../use-cases/privacy/look-up.ts';

export const handler = http([
  endpoint(readAccessLog, async ({ params, query }) => read(await table(), { ...params, ...query })),
  endpoint(lookUp, async ({ body, caller }) => find(await accessDeps(), { ...body, who: asStaff(caller) })),
  endpoint(readAudit, async ({ params, query: { reason, cursor, after, hash }, caller }) =>
    auditAccess(await accessDeps(), {
      ...params,
      cursor,
      who: asStaff(caller),
      why: reason,
      ...(after !== undefined && hash !== undefined && { after: { seq: Number(after), hash } }),
    }),
  ),
]);
