import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { problem } from '@hems/shared/api/problem';
import { listQuarantine } from '@hems/shared/api/quarantine';
import { listPayouts } from '@hems/shared/api/rewards';
import { clock, table } from '../runtime/ports.ts';
import { aWorld } from '../testing/world.ts';
import { handler as quarantine } from './quarantine.ts';
import { handler as rewards } from './rewards.ts';

test.each([
  ['payouts', listPayouts, rewards, { state: 'pending' }],
  ['quarantined messages', listQuarantine, quarantine, { date: '2026-11-21' }],
] as const)(
  'a cursor that no page of %s ended with is a fault of the request, told as one',
  async (_noun, route, handler, query) => {
    const world = await aWorld();
    clock.use(world.clock);
    table.use(world.table);
    for (const cursor of ['zzz', '', 'WzEsMl0']) {
      const event = {
        routeKey: `${route.method} ${route.path}`,
        rawPath: route.path,
        queryStringParameters: { ...query, cursor },
        requestContext: {
          authorizer: {
            jwt: { claims: { sub: 'staff', token_use: 'access', auth_time: 1, 'cognito:groups': '[operator]' } },
          },
        },
      } as unknown as APIGatewayProxyEventV2;
      const answer = await handler(event, {} as Context);
      expect(answer.statusCode).toBe(400);
      expect(problem.parse(JSON.parse(answer.body ?? '{}')).detail).toMatch(/^the cursor is none that .* start again/);
    }
    await world.database.close();
  },
);
