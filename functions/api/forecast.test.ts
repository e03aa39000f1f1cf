import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS, isoSeoul } from '@hems/models/calendar/seoul';
import { answerLine } from '@hems/models/forecast/answer-line';
import { shippedModels } from '@hems/models/forecast/shipped-model';
import { problem } from '@hems/shared/api/problem';
import { readForecast, readForecastAccuracy } from '@hems/shared/api/forecast';
import type { Route } from '@hems/shared/api/route';
import * as ports from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { aForecaster, forecasting, october, pastHours } from '../testing/forecasting.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { forecastHousehold } from '../use-cases/forecast/forecast-household.ts';
import { forecastId } from '../use-cases/forecast/request-of-home.ts';
import { handler } from './forecast.ts';

const { householdId } = HOME;
const TODAY = '2026-11-21';
const YESTERDAY = '2026-11-20';

let world: World;
let engine: ReturnType<typeof aForecaster>;
beforeEach(async () => {
  world = await aWorld();
  engine = aForecaster();
  await agree(world.table, householdId, 'analysis');
  world.clock.set(dayStart(TODAY) + 30 * 60_000);
  ports.clock.use(world.clock);
  ports.table.use(world.table);
  ports.weather.use(forecasting(world).weather);
  ports.forecaster.use(engine.forecaster);
});

const ask = async ({ method, path }: Pick<Route, 'method' | 'path'>, query?: Record<string, string>) => {
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    headers: {},
    pathParameters: { householdId },
    ...(query && { queryStringParameters: query }),
    requestContext: { authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, sub: 'owner' } } } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, text: answer.body ?? '' };
};
const forecast = async () => {
  const { status, text } = await ask(readForecast);
  expect(status).toBe(200);
  return readForecast.answer.parse(JSON.parse(text));
};

describe('GET /v1/households/{householdId}/forecast', () => {
  test('answers, byte for byte, what core and image answer, and says for whom and who made it', async () => {
    const days = await pastHours(world, { days: 60, last: YESTERDAY });
    const line = answerLine(
      shippedModels(),
      JSON.stringify({
        id: forecastId(householdId),
        firstDate: days[0]!.date,
        wh: days.flatMap(({ loadWh }) => loadWh),
        issuedAt: isoSeoul(world.clock.now()),
      }),
    );
    const made = `${line.slice(0, -1)},"householdId":"${householdId}","engine":"embedded"}`;
    expect((await ask(readForecast)).text, 'as it is made').toBe(made);
    expect((await ask(readForecast)).text, 'as it is held').toBe(made);
  });

  test.each([
    ['no history and no bill', 0, 'collecting', 0],
    ['one day', 1, 'ready', 48],
    ['three days', 3, 'ready', 48],
  ])('of a home with %s', async (_, days, status, hours) => {
    await pastHours(world, { days, last: YESTERDAY });
    expect(await forecast()).toMatchObject({ status, hours: { length: hours }, engine: 'embedded' });
  });

  test('of a home without readings is a usual day at the size of its bill, from this hour on', async () => {
    await october(world, 300);
    world.clock.set(dayStart(TODAY) + 15.5 * HOUR_MS);
    const { hours, status } = await forecast();
    expect([status, hours.length, hours[0]?.source]).toEqual(['ready', 33, 'profile']);
    expect(hours[0]?.ts).toBe(dayStart(TODAY) + 15 * HOUR_MS);
  });

  test('of a home that used nothing for a year is nothing, and says that nobody seems to be there', async () => {
    await pastHours(world, { days: 365, last: YESTERDAY, whOf: () => 0 });
    const { hours, notices, tomorrow } = await forecast();
    expect(new Set(hours.map(({ p90Wh }) => p90Wh))).toEqual(new Set([0]));
    expect([notices[0], tomorrow?.meanWh]).toEqual(['absence', 0]);
  });

  test('of a household that does not agree to the analysis is refused, and no engine is asked', async () => {
    const other = await aWorld();
    ports.table.use(other.table);
    await pastHours(other, { days: 60, last: YESTERDAY });
    const { status, text } = await ask(readForecast);
    expect([status, problem.parse(JSON.parse(text)).code]).toEqual([409, 'no-consent']);
    expect(engine.state.asked).toBe(0);
  });

  test('is asked of the engine once an hour', async () => {
    await pastHours(world, { days: 30, last: YESTERDAY });
    const first = await forecast();
    world.clock.set(dayStart(TODAY) + HOUR_MS - 1);
    expect(await forecast()).toEqual(first);
    expect(engine.state.asked).toBe(1);
    world.clock.set(dayStart(TODAY) + HOUR_MS);
    const next = await forecast();
    expect(engine.state.asked).toBe(2);
    expect(next.hours[0]?.ts).toBe(dayStart(TODAY) + HOUR_MS);
  });

  test('made before the readings of the last hour are in is made anew after five minutes', async () => {
    await pastHours(world, { days: 30, last: YESTERDAY });
    world.clock.set(dayStart(TODAY) + HOUR_MS);
    await forecast();
    world.clock.set(dayStart(TODAY) + HOUR_MS + 5 * 60_000 - 1);
    await forecast();
    expect(engine.state.asked).toBe(1);
    world.clock.set(dayStart(TODAY) + HOUR_MS + 5 * 60_000);
    await forecast();
    expect(engine.state.asked).toBe(2);
  });

  test('of a home that has fallen silent is not made anew every five minutes', async () => {
    await pastHours(world, { days: 30, last: YESTERDAY });
    world.clock.set(dayStart(TODAY) + 5 * HOUR_MS);
    await forecast();
    world.clock.set(dayStart(TODAY) + 6 * HOUR_MS - 1);
    await forecast();
    expect(engine.state.asked).toBe(1);
  });

  test('of a home that has only begun is asked for anew after five minutes: its history may just have come in', async () => {
    expect((await forecast()).status).toBe('collecting');
    await pastHours(world, { days: 90, last: YESTERDAY });
    world.clock.set(world.clock.now() + 5 * 60_000);
    expect((await forecast()).status).toBe('ready');
  });

  test('is made anew where an older release held one in another format', async () => {
    await pastHours(world, { days: 30, last: YESTERDAY });
    await forecast();
    const key = { table: 'energy', pk: `H#${householdId}`, sk: 'FCNOW' } as const;
    const { data } = (await world.table.get(key))!;
    const { days: _days, ...older } = (data as { forecast: Record<string, unknown> }).forecast;
    await world.table.put({ ...key, data: { ...(data as object), forecast: older } });
    expect((await forecast()).days).toHaveLength(5);
    expect(engine.state.asked).toBe(2);
  });

  test('is what is usual while the engine is down, says so, and is the engine’s again five minutes after it is back', async () => {
    await pastHours(world, { days: 30, last: YESTERDAY, whOf: (hour) => 50 * hour });
    engine.state.down = true;
    const usual = await forecast();
    expect(usual).toMatchObject({ engine: 'usual', modelVersion: 'usual', scorecard: null, hours: { length: 48 } });
    expect(usual.hours.slice(0, 24).map(({ p50Wh }) => p50Wh)).toEqual(
      Array.from({ length: 24 }, (_, hour) => 50 * hour),
    );
    expect(usual.today).toEqual({ meanWh: 13_800, p10Wh: 13_800, p90Wh: 13_800 });
    engine.state.down = false;
    expect((await forecast()).engine, 'held').toBe('usual');
    world.clock.set(world.clock.now() + 5 * 60_000);
    expect((await forecast()).engine).toBe('embedded');
  });

  test('a second before midnight ends with tomorrow; at midnight it begins with the new day and ends with the day after', async () => {
    await pastHours(world, { days: 30, last: YESTERDAY });
    world.clock.set(dayStart(TODAY) - 1000);
    const before = await forecast();
    world.clock.set(dayStart(TODAY));
    const after = await forecast();
    expect([before.hours[0]?.ts, before.hours.length]).toEqual([dayStart(TODAY) - HOUR_MS, 25]);
    expect([after.hours[0]?.ts, after.hours.length]).toEqual([dayStart(TODAY), 48]);
    expect(engine.state.asked).toBe(2);
  });
});

describe('GET /v1/households/{householdId}/forecast/accuracy', () => {
  const accuracy = (from: string, to: string) => ask(readForecastAccuracy, { from, to });
  const runOf = (date: string) => forecastHousehold(forecasting(world), { householdId, date });

  test('tells how each day went beside the baseline; a day without use has no share that could be right', async () => {
    await pastHours(world, { days: 40, last: '2026-11-19' });
    world.clock.set(dayStart('2026-11-20') + 20 * 60_000);
    await runOf('2026-11-19');
    await pastHours(world, { days: 41, last: '2026-11-20' });
    world.clock.set(dayStart('2026-11-21') + 20 * 60_000);
    await runOf('2026-11-20');
    await pastHours(world, { days: 1, last: '2026-11-21', whOf: () => 0 });
    world.clock.set(dayStart('2026-11-22') + 20 * 60_000);
    await runOf('2026-11-21');
    const { status, text } = await accuracy('2026-11-01', '2026-11-21');
    expect(status).toBe(200);
    const { days } = readForecastAccuracy.answer.parse(JSON.parse(text));
    expect(days).toMatchObject([{ date: '2026-11-20', hours: 24 }]);
    expect(days[0]!.accuracy).toBeGreaterThan(50);
    expect(days[0]!.within80).toBeGreaterThan(50);
  });

  test('is told to nobody of a household that does not agree to the analysis', async () => {
    ports.table.use((await aWorld()).table);
    const { status, text } = await accuracy('2026-11-01', '2026-11-21');
    expect([status, problem.parse(JSON.parse(text)).code]).toEqual([409, 'no-consent']);
  });

  test.each([
    ['2026-11-21', '2026-11-20', /is after/],
    ['2026-01-01', '2026-11-20', /at most 180/],
  ])('from %s to %s is refused', async (from, to, why) => {
    const { status, text } = await accuracy(from, to);
    expect(status).toBe(400);
    expect(problem.parse(JSON.parse(text)).detail).toMatch(why);
  });
});
