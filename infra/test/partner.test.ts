import { describe, expect, it } from 'vitest';
import { partnerContract } from '@hems/shared/partner-api/contract';
import { usageKeyOf } from '@hems/shared/partner-api/limits';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { config } from '../config.ts';
import { PARTNER_NOUNS } from '../stacks/partner-nouns.ts';
import { synthesised } from './synthesised.ts';

const { partner } = synthesised('prod', 'blocks');
const resources: Record<string, any> = partner.toJSON().Resources;
const ofType = (type: string): [string, any][] => Object.entries(resources).filter(([, { Type }]) => Type === type);
const apiOf = (name: string): string =>
  ofType('AWS::ApiGateway::RestApi').find(([, { Properties }]) => Properties.Name === name)![0];
const IAM = apiOf('hems-prod-partner-iam');
const SIGNED = apiOf('hems-prod-partner-sig');
const routes: PartnerRoute[] = Object.values(partnerContract).flat();

const pathOf = (id: string): string => {
  const { PathPart, ParentId } = resources[id].Properties;
  return ParentId.Ref ? `${pathOf(ParentId.Ref)}/${PathPart}` : `/${PathPart}`;
};
const methodsOf = (api: string): Map<string, any> =>
  new Map(
    ofType('AWS::ApiGateway::Method')
      .filter(([, { Properties }]) => Properties.RestApiId.Ref === api)
      .map(([, { Properties }]) => [`${Properties.HttpMethod} ${pathOf(Properties.ResourceId.Ref)}`, Properties]),
  );

describe.each([
  ['partner-iam', IAM],
  ['partner-sig', SIGNED],
])('%s', (_name, api) => {
  const methods = methodsOf(api);

  it('answers the routes of the contract, no more and no fewer', () => {
    expect([...methods.keys()].toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it('lets nobody in unsigned, and counts each request in the plan of its partner', () => {
    for (const [key, { AuthorizationType, AuthorizerId, ApiKeyRequired }] of methods) {
      expect(AuthorizationType, key).toBe(api === IAM ? 'AWS_IAM' : 'CUSTOM');
      expect(AuthorizerId !== undefined, key).toBe(api === SIGNED);
      expect(ApiKeyRequired, key).toBe(true);
    }
  });

  it('refuses a body with fields that the contract does not know before any function runs', () => {
    const models = ofType('AWS::ApiGateway::Model').filter(([, { Properties }]) => Properties.RestApiId.Ref === api);
    expect(models.length).toBe([...methods.values()].filter(({ RequestModels }) => RequestModels).length);
    for (const [id, { Properties }] of models) expect(Properties.Schema.additionalProperties, id).toBe(false);
  });

  it('stands behind the firewall, logs who, what and how it ended, and never what was in it', () => {
    const [id, stage] = ofType('AWS::ApiGateway::Stage').find(
      ([, { Properties }]) => Properties.RestApiId.Ref === api,
    )!;
    const guarded = ofType('AWS::WAFv2::WebACLAssociation').map(([, { Properties }]) => JSON.stringify(Properties));
    expect(guarded.filter((text) => text.includes(`"${id}"`))).toHaveLength(1);
    expect(stage.Properties.TracingEnabled).toBe(true);
    const [settings] = stage.Properties.MethodSettings;
    expect(settings).toMatchObject({ DataTraceEnabled: false, LoggingLevel: 'ERROR' });
    const fields = Object.values(JSON.parse(stage.Properties.AccessLogSetting.Format)).join();
    expect(fields).toContain('$context.identity.apiKeyId');
    expect(fields).not.toMatch(/querystring|requestOverride|sourceIp|userAgent|\$context\.path\b/i);
  });

  it('has a name of its own and answers under no other', () => {
    expect(resources[api].Properties.DisableExecuteApiEndpoint).toBe(true);
    const names = ofType('AWS::ApiGateway::DomainName').map(([, { Properties }]) => Properties.DomainName);
    expect(names.toSorted()).toEqual(Object.values(config.prod.partnerHosts ?? {}).toSorted());
  });

  it('answers every refusal of the gateway with a problem document', () => {
    const own = ofType('AWS::ApiGateway::GatewayResponse').filter(
      ([, { Properties }]) => Properties.RestApiId.Ref === api,
    );
    expect(own.length).toBeGreaterThan(10);
    for (const [id, { Properties }] of own) {
      const text = Properties.ResponseTemplates['application/json']
        .replace('$context.error.messageString', '"Forbidden"')
        .replace('$context.path', '/partner/v1/self')
        .replace('$context.authorizer.code', 'revoked-key')
        .replace('$context.authorizer.detail', 'Forbidden');
      expect(JSON.parse(text), id).toMatchObject({
        type: 'about:blank',
        status: expect.any(Number),
        detail: 'Forbidden',
      });
    }
  });

  it('says when partners are refused in numbers, when it fails and when it is slow', () => {
    const names = ofType('AWS::CloudWatch::Alarm').map(([id]) => id);
    const prefix = api === IAM ? 'Iam' : 'Signed';
    for (const alarm of ['Refusals', 'Fails', 'Slow'])
      expect(
        names.filter((id) => id.startsWith(prefix + alarm)),
        alarm,
      ).toHaveLength(1);
  });
});

describe('a partner', () => {
  it('has a plan of use with its own limits, and each key is its own', () => {
    const limits = ofType('AWS::ApiGateway::UsagePlan').map(([, { Properties }]) => [
      Properties.Description,
      Properties.Throttle.RateLimit,
      Properties.Throttle.BurstLimit,
      Properties.Quota.Limit,
    ]);
    const wanted = config.prod.partners.map(({ partnerId, limit }) => [
      `Partner ${partnerId}`,
      limit.perSecond,
      limit.burst,
      limit.perDay,
    ]);
    expect(limits.toSorted()).toEqual(wanted.toSorted());
    const values = ofType('AWS::ApiGateway::ApiKey').flatMap(([, { Properties }]) => Properties.Value ?? []);
    const signing = config.prod.partners.filter(({ account }) => !account);
    expect(values.toSorted()).toEqual(signing.map(({ partnerId }) => usageKeyOf('prod', partnerId)).toSorted());
  });

  it('on AWS takes on its one role by its external id, and may call the API of IAM and nothing else', () => {
    const roles = ofType('AWS::IAM::Role').filter(([, { Properties }]) => Properties.RoleName);
    expect(roles.map(([, { Properties }]) => Properties.RoleName)).toEqual(
      config.prod.partners.flatMap(({ account, partnerId }) => (account ? [`hems-prod-partner-${partnerId}`] : [])),
    );
    for (const [id, { Properties }] of roles) {
      const [{ Condition, Principal }] = Properties.AssumeRolePolicyDocument.Statement;
      expect(Condition.StringEquals['sts:ExternalId'], id).toBeTruthy();
      expect(JSON.stringify(Principal), id).toContain('111122223333');
      const own = ofType('AWS::IAM::Policy').filter(([, policy]) =>
        policy.Properties.Roles.some(({ Ref }: any) => Ref === id),
      );
      const statements = own.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
      expect(statements.map(({ Action }) => Action)).toEqual(['execute-api:Invoke']);
      expect(JSON.stringify(statements[0].Resource)).toContain(IAM);
    }
  });

  it('that ought to call and does not is missed', () => {
    const expected = config.prod.partners.filter(({ silentHours }) => silentHours !== undefined);
    const alarms = ofType('AWS::CloudWatch::Alarm').filter(([id]) => id.includes('Silent'));
    expect(alarms).toHaveLength(expected.length);
    for (const [, { Properties }] of alarms) {
      expect(Properties.TreatMissingData).toBe('breaching');
      // CloudWatch looks back a day at most at periods of an hour
      expect(Properties.Period * Properties.EvaluationPeriods).toBeLessThanOrEqual(86_400);
    }
  });
});

describe('the authorizer', () => {
  it('is asked at every request, for a nonce is good once', () => {
    const [[, { Properties }]] = ofType('AWS::ApiGateway::Authorizer') as [[string, any]];
    expect(Properties).toMatchObject({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0, RestApiId: { Ref: SIGNED } });
    expect(Properties.IdentitySource).toBeFalsy();
  });
});

describe('the firewall', () => {
  it('lets the sizes through that the door takes, and blocks an address that asks too often', () => {
    const [[, { Properties }]] = ofType('AWS::WAFv2::WebACL') as [[string, any]];
    const common = Properties.Rules.find(({ Name }: any) => Name === 'CommonRuleSet');
    expect(common.Statement.ManagedRuleGroupStatement.RuleActionOverrides.map(({ Name }: any) => Name)).toContain(
      'SizeRestrictions_BODY',
    );
    expect(Properties.Rules[0].Statement.RateBasedStatement).toMatchObject({ AggregateKeyType: 'IP', Limit: 2000 });
  });
});

it('every noun says what its partners miss', () => {
  for (const { partners } of Object.values(PARTNER_NOUNS)) expect(partners).toMatch(/\.$/);
});
