import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import type { Route } from '@hems/shared/api/route';
import { NOUNS } from '../stacks/api-nouns.ts';
import { synthesised } from './synthesised.ts';

const { api } = synthesised('prod', 'blocks');
const resources: Record<string, any> = api.toJSON().Resources;
const ofType = (type: string): [string, any][] => Object.entries(resources).filter(([, { Type }]) => Type === type);

const routes: Route[] = Object.values(contract).flat();
const deployed = new Map(
  ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [Properties.RouteKey, Properties]),
);

describe('routes', () => {
  it('are those of the contract, no more and no fewer', () => {
    expect([...deployed.keys()].toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route]))(
    '%s asks for a token unless it is public',
    (key, { auth }) => {
      expect(deployed.get(key)?.AuthorizationType).toBe(auth === 'public' ? 'NONE' : 'JWT');
    },
  );

  it('take tokens of this user pool for the web client and that of staff, from the Authorization header', () => {
    api.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 1);
    api.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: [Match.anyValue(), Match.anyValue()], Issuer: Match.anyValue() },
    });
    const [[, { Properties }]] = ofType('AWS::ApiGatewayV2::Authorizer') as [[string, any]];
    expect(JSON.stringify(Properties.JwtConfiguration.Audience)).toMatch(/UsersWeb.*UsersStaff/);
    expect(JSON.stringify(Properties.JwtConfiguration.Issuer)).toContain('Users0A0EEA89');
  });

  it('are answered by the function of their noun', () => {
    for (const [noun, own] of Object.entries(contract))
      for (const { method, path } of own) {
        const target = JSON.stringify(deployed.get(`${method} ${path}`)?.Target);
        const integration = Object.keys(resources).find((id) => target.includes(id));
        expect(JSON.stringify(resources[integration ?? '']), `${method} ${path}`).toMatch(
          new RegExp(`"${noun}[0-9A-F]{8}"`),
        );
      }
  });
});

describe('stage', () => {
  it('limits requests and logs no more of one than its id, route and outcome', () => {
    api.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 4000 },
    });
    const [[, { Properties }]] = ofType('AWS::ApiGatewayV2::Stage') as [[string, any]];
    const logged = Object.values(JSON.parse(Properties.AccessLogSettings.Format));
    expect(logged).toContain('$context.requestId');
    // without it a request that brought an id of its own is found in no log of a function
    expect(logged).toContain('$context.integration.requestId');
    expect(
      logged.filter((field) => /path$|resourcePath|sourceIp|userAgent|claims|identity|principal/i.test(String(field))),
    ).toEqual([]);
  });

  it('is open to the residents’ app and to no other site', () => {
    const [[, { Properties }]] = ofType('AWS::ApiGatewayV2::Api') as [[string, any]];
    expect(Properties.CorsConfiguration.AllowOrigins).toHaveLength(1);
    expect(JSON.stringify(Properties.CorsConfiguration)).not.toContain('*');
    expect(Properties.CorsConfiguration.AllowCredentials).toBeFalsy();
    // the app neither sends nor reads a correlation id
    expect(Properties.CorsConfiguration.AllowHeaders).toEqual(['authorization', 'content-type']);
    expect(Properties.CorsConfiguration.ExposeHeaders).toBeUndefined();
  });
});

describe('functions', () => {
  it('are small, run Node 24 on arm64 and keep their logs 180 days, encrypted', () => {
    expect(ofType('AWS::Lambda::Function')).toHaveLength(Object.keys(contract).length);
    api.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 10,
    });
    const large = ofType('AWS::Lambda::Function').filter(([, { Properties }]: any) => Properties.MemorySize !== 512);
    expect(large.map(([, { Properties }]: any) => Properties.MemorySize)).toEqual([1769, 1769]);
    expect(large.map(([id]) => id.slice(0, 4)).toSorted(), 'those that forecast by themselves').toEqual([
      'fore',
      'plan',
    ]);
    api.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 180, KmsKeyId: Match.anyValue() });
  });
});

describe('nouns that only answer', () => {
  const asksOnly = Object.entries(contract).filter(([, own]) => own.every(({ method }) => method === 'GET'));

  // a look at the live view marks the home as watched; temperatures that were asked for are kept, and the forecast of the hour; who looked
  // today is noted
  const WRITES = ['live', 'days', 'forecast', 'session'];
  it.each(asksOnly.map(([noun]) => noun).filter((noun) => !WRITES.includes(noun)))('%s writes nothing', (noun) => {
    const { tables, history, commands } = NOUNS[noun as keyof typeof NOUNS];
    expect([...Object.values(tables), history ?? 'read'].every((access) => access === 'read')).toBe(true);
    expect(commands).toBeUndefined();
  });
});

const TABLE_IDS = {
  Homes: 'homes',
  Energy: 'energy',
  Operations: 'operations',
  HistoryBlocks: 'history',
  Ledger: 'ledger',
  Community: 'community',
  People: 'people',
} as const;
/** behind every sign-in: since when the person's tokens count; of a household in the path membership and proof */
const admissionOf = (noun: string) => {
  const ofNoun = new Map<string, readonly { auth: string; path: string }[]>(Object.entries(contract)).get(noun);
  const isOfHousehold = ofNoun?.some(({ auth, path }) => auth === 'resident' && path.includes('{householdId}'));
  return { ...(isOfHousehold && { homes: 'read' }), ...(noun !== 'tariffs' && { people: 'read' }) };
};

describe.each(Object.entries(NOUNS))('noun %s', (noun, { tables, history, commands, runs, erases }) => {
  const statements: any[] = ofType('AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith(`${noun}Role`)))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  const touched = (pattern: RegExp): string[] =>
    Object.entries(TABLE_IDS)
      .filter(([id]) =>
        statements.some(
          ({ Action, Resource }) => pattern.test([Action].flat().join()) && JSON.stringify(Resource).includes(id),
        ),
      )
      .map(([, name]) => name)
      .toSorted();
  const granted = (accesses: string[]) =>
    Object.entries({
      ...admissionOf(noun),
      ...tables,
      // a block is read before something is added to it
      ...(history && { history: history === 'write' ? 'readWrite' : history }),
    })
      .filter(([, access]) => accesses.includes(access))
      .map(([name]) => name)
      .toSorted();

  it('reads and writes the tables of its record and no other', () => {
    expect(statements.length).toBeGreaterThan(0);
    expect(touched(/GetItem|Query/)).toEqual(granted(['read', 'readWrite']));
    expect(touched(/UpdateItem/)).toEqual(granted(['write', 'readWrite']));
  });

  it('orders gateways, on the command topic only, if its record says so', () => {
    const publishes = statements.filter(({ Action }) => [Action].flat().includes('iot:Publish'));
    const topics = publishes.map(({ Resource }) => /topic\/hems[^"]+/.exec(JSON.stringify(Resource))?.[0]);
    expect(topics).toEqual(commands ? ['topic/hems/v1/*/*/cmd'] : []);
  });

  it('starts the state machine of its record, and no other', () => {
    const starts = statements.filter(({ Action }) => [Action].flat().includes('states:StartExecution'));
    const started = starts.map(({ Resource }) => /(DailyRun|Erasure)Machine\w+Arn/.exec(JSON.stringify(Resource))?.[1]);
    expect(started).toEqual([...(runs ? ['DailyRun'] : []), ...(erases ? ['Erasure'] : [])]);
  });
});
