import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { problem } from '@hems/shared/api/problem';
import { readBill } from '@hems/shared/api/tariffs';
import { handler } from './tariffs.ts';

const ask = async (query: Record<string, string>) => {
  const event = {
    version: '2.0',
    routeKey: `${readBill.method} ${readBill.path}`,
    rawPath: readBill.path,
    queryStringParameters: query,
    requestContext: {},
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};

const OCTOBER = { voltage: 'low', from: '2026-10-01', to: '2026-10-31' };

describe('GET /v1/tariffs/bill', () => {
  test('answers anyone, without a token', async () => {
    const { status, body } = await ask({ ...OCTOBER, kwh: '350' });
    expect(status).toBe(200);
    expect(readBill.answer.parse(body)).toMatchObject({ status: 'priced', won: { bill: 70_640 } });
  });

  test.each(['A1+B3', 'A1 B3', 'A1,B3'])(
    'takes %j as two discounts: a plus sign reaches us as a space',
    async (discount) => {
      expect((await ask({ ...OCTOBER, kwh: '350', discount })).body).toMatchObject({ won: { bill: 36_830 } });
    },
  );

  test('time-of-use above 1,000 kWh is an answer: unsupported, with the reason', async () => {
    const tou = { plan: 'tou', 'contract-kw': '3', 'kwh-off': '900', 'kwh-mid': '100', 'kwh-peak': '1' };
    const { status, body } = await ask({ ...OCTOBER, ...tou });
    expect([status, body]).toMatchObject([200, { status: 'unsupported' }]);
  });

  test.each([
    [{ ...OCTOBER, kwh: '-1' }, 'query.kwh'],
    [{ ...OCTOBER, voltage: 'medium', kwh: '1' }, 'query.voltage'],
    [{ ...OCTOBER, kwh: '1', colour: 'red' }, 'query'],
  ])('%j is a problem document that names the place', async (query, at) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.[0]?.at).toBe(at);
  });

  test.each([
    [{ ...OCTOBER, from: '2026-11-30', kwh: '1' }, 'to: the period ends on 2026-10-31, before it starts on 2026-11-30'],
    [
      { voltage: 'low', from: '2020-01-01', to: '2020-01-31', kwh: '1' },
      'from: the residential tariff has no row for 2020-01-01; it begins on 2021-01-01',
    ],
    [OCTOBER, 'kwh: is missing'],
  ])('%j is a problem document with the reason', async (query, detail) => {
    expect(await ask(query)).toMatchObject({ status: 400, body: { detail } });
  });
});
