import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { problem } from '@hems/shared/api/problem';
import { openadrContract, OPENADR_2B_BASE, type OpenadrRoute } from '@hems/shared/openadr/contract';
import { partnerContract, type PartnerNoun } from '@hems/shared/partner-api/contract';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { jsonSchemaOf } from '../local/docs/json-schema.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { partnerHandlers } from '../local/partner/handlers.ts';
import * as ports from '../runtime/ports.ts';
import { log } from '../runtime/log.ts';
import { hostileText, sentTo } from '../testing/arbitrary.ts';
import { anOfficeWorld, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { anOpenadrWorld, callOpenadr, type OpenadrWorld } from '../testing/openadr-world.ts';
import { partnerEvent } from '../testing/partner-call.ts';

const RUNS = Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 20);

/** what a handler said of an answer that it could not make */
const failures: string[] = [];
beforeAll(() => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  vi.spyOn(log, 'error').mockImplementation((...said) => void failures.push(JSON.stringify(said.map(String))));
});
afterAll(() => void vi.restoreAllMocks());

/** As a gateway hands a query or a path on: decoded from UTF-8, so there is no half character in it. */
const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Object(value)).map(([name, one]) => [
      name.toWellFormed(),
      (typeof one === 'string' ? one : JSON.stringify(one)).toWellFormed(),
    ]),
  );
const named = <R extends PartnerRoute | OpenadrRoute>(routes: readonly R[]) =>
  routes.map((route) => ({ name: 'name' in route ? route.name : route.operation, route }));

describe('a route of the partner API', () => {
  let world: OfficeWorld;
  beforeAll(async () => {
    world = await anOfficeWorld();
    await world.addHome('h-7');
  });
  afterAll(async () => await world.close());

  const routes = Object.entries(partnerContract as Record<PartnerNoun, readonly PartnerRoute[]>).flatMap(
    ([noun, own]) => named(own).map((one) => ({ ...one, noun: noun as PartnerNoun })),
  );

  test.each(routes)('$name answers as its contract says, or says what is wrong', async ({ noun, route }) => {
    const parameters = sentTo(jsonSchemaOf(route.params, 'input')).map(texts);
    const queries = sentTo(jsonSchemaOf(route.query, 'input')).map(texts);
    const bodies = route.method === 'GET' ? fc.constant(undefined) : sentTo(jsonSchemaOf(route.body, 'input'));
    await fc.assert(
      fc.asyncProperty(parameters, queries, bodies, async (params, query, body) => {
        failures.length = 0;
        const event = partnerEvent(route, { as: UTILITY, params, query, ...(body !== undefined && { body }) });
        const answer = await partnerHandlers[noun](event, lambdaContext(route.name, 10_000));
        const type = String(answer.headers?.['content-type']);
        expect([(answer.statusCode ?? 0) < 500, failures]).toEqual([true, []]);
        const isTaken = answer.statusCode === 200;
        const said: unknown = /json/.test(type) ? JSON.parse(answer.body ?? '') : answer.body;
        const schema = isTaken ? route.answer : problem;
        expect(schema.safeParse(said).success ? [] : [said]).toEqual([]);
        expect(type.split(';')[0]).toBe(isTaken ? (route.produces ?? 'application/json') : 'application/problem+json');
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});

describe('an operation of OpenADR', () => {
  let world: OpenadrWorld;
  beforeAll(async () => {
    world = await anOpenadrWorld();
    ports.openadrTokenUrl.use('https://openadr.example/token');
  });
  afterAll(async () => await world.close());

  const routes = Object.values<readonly OpenadrRoute[]>(openadrContract).flat();
  test.each(named(routes.filter(({ path }) => !path.startsWith(OPENADR_2B_BASE))))(
    '$name answers with an object, or with a problem',
    async ({ route }) => {
      const queries = sentTo(jsonSchemaOf(route.query, 'input')).map((value) =>
        new URLSearchParams(texts(value)).toString(),
      );
      const bodies = sentTo(jsonSchemaOf(route.body, 'input'));
      await fc.assert(
        fc.asyncProperty(queries, bodies, hostileText, async (query, body, id) => {
          failures.length = 0;
          // each client may ask so often in a minute
          world.pass(60_000);
          const isWrite = route.method === 'POST' || route.method === 'PUT';
          const answer = await callOpenadr(route, { query, id, ...(isWrite && { body: body ?? null }) });
          expect([answer.status < 500, failures]).toEqual([true, []]);
          expect(answer.status >= 400 ? problem.safeParse(answer.body).success : typeof answer.body).toBe(
            answer.status >= 400 ? true : 'object',
          );
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
  );

  /** A message of 2.0b, with something in the place of something. */
  const xml = fc
    .tuple(
      fc.constantFrom('oadrRequestEvent', 'oadrCreatedEvent', 'oadrRegisterReport', 'oadrUpdateReport', 'oadrPoll'),
      hostileText,
      fc.constantFrom(
        '',
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<?xml-stylesheet href="http://evil.example"?>',
      ),
    )
    .map(
      ([kind, text, prolog]) =>
        `<?xml version="1.0"?>${prolog}<oadrPayload xmlns="http://openadr.org/oadr-2.0b/2012/07"><oadrSignedObject><${kind}><requestID>&x;${text}</requestID></${kind}></oadrSignedObject></oadrPayload>`,
    );
  test.each(named(routes.filter(({ path }) => path.startsWith(OPENADR_2B_BASE))))(
    '$name of 2.0b reads no entity and fails at nothing',
    async ({ route }) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(xml, hostileText), async (raw) => {
          failures.length = 0;
          const answer = await callOpenadr(route, {
            as: 'building',
            raw,
            headers: { 'content-type': 'application/xml' },
          });
          expect([answer.status >= 400 && answer.status < 500, failures]).toEqual([true, []]);
          expect(JSON.stringify(answer.body)).not.toMatch(/root:x:0|<script/);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
  );
});
