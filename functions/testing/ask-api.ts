import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { expect } from 'vitest';
import type { Route } from '@hems/shared/api/route';
import { lambdaContext } from '../local/lambda-context.ts';
import * as ports from '../runtime/ports.ts';
import type { World } from './world.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
type Asked = { readonly sub: string; readonly groups?: string; readonly params?: object; readonly body?: unknown };

/** Lets handlers work in this world. */
export const serve = ({
  table,
  clock,
  keys,
  bus,
  ids,
}: Pick<World, 'table' | 'clock' | 'keys' | 'bus' | 'ids'>): void => {
  ports.table.use(table);
  ports.clock.use(clock);
  ports.keys.use(keys);
  ports.bus.use(bus);
  ports.ids.use(ids);
};

/** Asks a handler for a route as somebody who is signed in; fails unless it answers 200. */
export const askApi = async (handler: Handler, { method, path }: Pick<Route, 'method' | 'path'>, asked: Asked) => {
  const { sub, groups, params = {}, body } = asked;
  const claims = { sub, token_use: 'access', auth_time: '1', ...(groups && { 'cognito:groups': groups }) };
  const event = {
    routeKey: `${method} ${path}`,
    rawPath: path,
    pathParameters: params,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { jwt: { claims } } },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, lambdaContext('api', 10_000));
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
};
