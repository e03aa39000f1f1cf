import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { problem } from '@hems/shared/api/problem';
import { nothing } from '@hems/shared/api/nouns';
import { route } from '@hems/shared/api/route';
import { endpoint, http } from './http.ts';
import { log } from './log.ts';

beforeEach(() => void vi.spyOn(log, 'error').mockReturnValue());

const detailOf = async (method: 'GET' | 'POST'): Promise<string | undefined> => {
  const failing = route({
    name: 'failing',
    method,
    path: '/v1/failing',
    auth: 'public',
    summary: '',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: z.object({}),
  });
  const handler = http([
    endpoint(failing, async () => {
      throw new Error('the table is away, at 10.0.0.7');
    }),
  ]);
  const event = { routeKey: `${method} /v1/failing`, rawPath: '/v1/failing', requestContext: {} };
  const { statusCode, body } = await handler(event as APIGatewayProxyEventV2, {} as Context);
  expect(statusCode).toBe(500);
  return problem.parse(JSON.parse(body ?? '')).detail;
};

test('a failure of ours says that asking again is safe where it is', async () => {
  expect(await detailOf('GET')).toBe('the answer could not be made; asking again is safe');
});

test('a failure of ours does not claim that an order was not carried out', async () => {
  expect(await detailOf('POST')).toBe(
    'it is not known whether this was carried out; look at the present state before you send it again',
  );
});
