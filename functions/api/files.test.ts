import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportReport, startExport } from '@hems/shared/api/exports';
import { importReport, startImport } from '@hems/shared/api/imports';
import { problem } from '@hems/shared/api/problem';
import * as ports from '../runtime/ports.ts';
import { aFilesWorld, type FilesWorld } from '../testing/files-world.ts';
import { HOME } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { handler as exports } from './exports.ts';
import { handler as imports } from './imports.ts';

let world: FilesWorld;
let sent: string[];
beforeEach(async () => {
  world = await aFilesWorld();
  sent = [];
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.ids.use(world.ids);
  ports.objects.use(world.objects);
  ports.files.use({ send: async (body) => void sent.push(body) });
  await putMember(world.table, { householdId: HOME.householdId, sub: 'guest', role: 'member' });
  await putMember(world.table, { householdId: HOME.householdId, sub: 'viewer', role: 'viewer' });
});
afterEach(() => world.close());

const call = async (handler: typeof imports, routeKey: string, sub: string, more: Record<string, string> = {}) => {
  const answer = await handler(
    {
      version: '2.0',
      routeKey,
      rawPath: routeKey.split(' ')[1],
      headers: {},
      pathParameters: { householdId: HOME.householdId, ...more },
      requestContext: { authorizer: { jwt: { claims: { sub, token_use: 'access', auth_time: '1' }, scopes: [] } } },
    } as unknown as APIGatewayProxyEventV2,
    {} as Context,
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};
const post = (noun: 'imports' | 'exports', sub: string) =>
  call(noun === 'imports' ? imports : exports, `POST /v1/households/{householdId}/${noun}`, sub);
const codeOf = ({ body }: { body: unknown }) => problem.parse(body).code;

describe.each(['imports', 'exports'] as const)('beginning %s', (noun) => {
  test('is closed to a viewer, who changes nothing and takes nothing', async () => {
    const answer = await post(noun, 'viewer');
    expect([answer.status, codeOf(answer)]).toEqual([403, 'role']);
    expect(sent).toEqual([]);
  });

  test('is closed until somebody has proved that they live there', async () => {
    await world.table.put(proofPut(HOME.householdId, NO_PROOF, 1));
    const answer = await post(noun, 'owner');
    expect([answer.status, codeOf(answer)]).toEqual([403, 'no-proof']);
  });

  test('too often in a day is told as such', async () => {
    const most = noun === 'imports' ? 10 : 3;
    for (let times = 0; times < most; times += 1) expect((await post(noun, 'guest')).status).toBe(200);
    const answer = await post(noun, 'guest');
    expect([answer.status, codeOf(answer)]).toEqual([429, 'too-many-files']);
  });
});

test('an import is answered as the contract has it, and is listed from then on', async () => {
  const { report } = startImport.answer.parse((await post('imports', 'owner')).body);
  const one = await call(imports, 'GET /v1/households/{householdId}/imports/{importId}', 'viewer', {
    importId: report.importId,
  });
  expect(importReport.parse(one.body)).toEqual(report);
  const { body } = await call(imports, 'GET /v1/households/{householdId}/imports', 'viewer');
  expect(body).toEqual({ imports: [report] });
});

test('an export is answered as the contract has it; what goes into the queue names nobody', async () => {
  const report = startExport.answer.parse((await post('exports', 'guest')).body);
  expect(exportReport.parse(report)).toMatchObject({ state: 'waiting', downloadUrl: null });
  expect(sent).toEqual([JSON.stringify({ householdId: HOME.householdId, exportId: report.exportId })]);
  const one = await call(exports, 'GET /v1/households/{householdId}/exports/{exportId}', 'owner', {
    exportId: report.exportId,
  });
  expect(exportReport.parse(one.body)).toEqual(report);
});
