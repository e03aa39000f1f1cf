import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { partnerContract, type PartnerNoun } from '@hems/shared/partner-api/contract';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { SCOPES } from '@hems/shared/partner-api/scopes';
import { lambdaContext } from '../local/lambda-context.ts';
import { partnerHandlers } from '../local/partner/handlers.ts';
import { log } from '../runtime/log.ts';
import { anOfficeWorld, type OfficeWorld } from '../testing/office-world.ts';
import { enterPartner, partnerEvent } from '../testing/partner-call.ts';

const routes = Object.entries(partnerContract as Record<PartnerNoun, readonly PartnerRoute[]>).flatMap(([noun, own]) =>
  own.map((route) => ({ name: route.name, route, noun: noun as PartnerNoun })),
);
/** As the contract declares it, and not as the door decides it. */
const opens = ({ scope }: PartnerRoute, held: string): boolean => scope === null || scope === held;
const idOf = (scope: string): string => `only-${scope.replace(':', '-')}`;

let world: OfficeWorld;
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  world = await anOfficeWorld();
  for (const scope of SCOPES) await enterPartner(world.table, { partnerId: idOf(scope), scopes: [scope] });
  await enterPartner(world.table, { partnerId: 'sandbox', kind: 'sandbox', scopes: [...SCOPES] });
});
afterAll(async () => await world.close());

const codeOf = async (noun: PartnerNoun, route: PartnerRoute, as: string): Promise<unknown> => {
  const body = route.method === 'GET' ? {} : { body: {} };
  const answer = await partnerHandlers[noun](partnerEvent(route, { as, ...body }), lambdaContext(noun, 10_000));
  return answer.statusCode === 403 ? (JSON.parse(answer.body ?? '') as { code: unknown }).code : undefined;
};

describe.each(routes)('$name', ({ noun, route }) => {
  test('is opened by its own scope, or by none, and by no other', async () => {
    const shutOut: string[] = [];
    for (const scope of SCOPES) if ((await codeOf(noun, route, idOf(scope))) === 'no-scope') shutOut.push(scope);
    expect(shutOut).toEqual(SCOPES.filter((scope) => !opens(route, scope)));
  });

  test('answers a sandbox, which holds every scope, where it says so alone', async () => {
    expect((await codeOf(noun, route, 'sandbox')) === 'not-in-sandbox').toBe(route.sandbox !== true);
  });
});

test('every scope opens something', () => {
  expect(SCOPES.filter((scope) => !routes.some(({ route }) => route.scope === scope))).toEqual([]);
});
