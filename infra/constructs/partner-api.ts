import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation, type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { partnerContract, type PartnerNoun } from '@hems/shared/partner-api/contract';
import { usageKeyOf } from '@hems/shared/partner-api/limits';
import { PARTNER_BASE, type PartnerRoute } from '@hems/shared/partner-api/route';
import { Construct } from 'constructs';
import type { PartnerConfig } from '../config.ts';
import { HemsAlarm } from './alarm.ts';
import { lateShare } from './burn-alarm.ts';
import type { HemsFunction } from './function.ts';
import { allow } from './grants.ts';
import type { House } from './house.ts';
import { hasFields, modelOf, requiredOf } from './partner-models.ts';
import { refuseInProblems } from './partner-refusals.ts';

export type PartnerApiProps = {
  readonly house: House;
  /** ends the name of the API: partner-iam, partner-sig */
  readonly scheme: 'iam' | 'sig';
  readonly does: string;
  /** the function of each noun; the same of both APIs */
  readonly answers: (noun: PartnerNoun) => HemsFunction;
  /** undefined: IAM decides */
  readonly authorizer?: apigateway.IAuthorizer;
  readonly firewall: CfnWebACL;
  readonly host?: { readonly name: string; readonly certificate: ICertificate };
  readonly partners: readonly PartnerConfig[];
};

const STAGE_NAME = 'v1';
const ADDRESSES = `${PARTNER_BASE}/*`;
/** REST APIs give an integration so long by default. */
const ANSWER_TIMEOUT = Duration.seconds(28);

/** A line per request: who by its key, what, and how it ended. No query, body, header or address. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  apiKeyId: '$context.identity.apiKeyId',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  firewall: '$context.waf.status',
};

/** One of the two REST APIs of partners: the contract as routes, a plan of use for each partner, a firewall, access logs and alarms. */
export class PartnerApi extends Construct {
  readonly api: apigateway.RestApi;
  readonly #props: PartnerApiProps;

  constructor(scope: Construct, id: string, props: PartnerApiProps) {
    super(scope, id);
    this.#props = props;
    const log = this.#accessLog();
    this.api = this.#restApi(log);
    this.#keepExecutionLog();
    this.#route();
    this.#protect();
    this.#plan(log);
    this.#watch(log);
  }

  /** The role may call every address; which of them the partner may use is decided by its scopes, at each request. */
  open(role: Role): void {
    const { region } = Stack.of(this);
    const cfn = this.api.node.defaultChild;
    if (!(cfn instanceof apigateway.CfnRestApi)) throw new Error('the API has no resource');
    allow(role, { actions: ['execute-api:Invoke'], on: [this.api.arnForExecuteApi('*', ADDRESSES, STAGE_NAME)] });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:aws:execute-api:${region}:<AWS::AccountId>:<${Stack.of(this).getLogicalId(cfn)}>/${STAGE_NAME}/*${ADDRESSES}]`,
      reason: 'Which of the addresses a partner may use is decided by its scopes, at each request.',
    });
  }

  #accessLog(): LogGroup {
    const { operationsKey, config } = this.#props.house;
    return new LogGroup(this, 'AccessLog', {
      encryptionKey: operationsKey,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  #restApi(log: LogGroup): apigateway.RestApi {
    const { house, scheme, does, host, authorizer } = this.#props;
    const api = new apigateway.RestApi(this, 'Rest', {
      restApiName: `hems-${house.stage}-partner-${scheme}`,
      description: does,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      cloudWatchRole: false,
      // the authorizer names the plan of the partner it found; beside IAM the partner sends its key
      apiKeySourceType: authorizer ? apigateway.ApiKeySourceType.AUTHORIZER : apigateway.ApiKeySourceType.HEADER,
      ...(host && {
        disableExecuteApiEndpoint: true,
        domainName: {
          domainName: host.name,
          certificate: host.certificate,
          endpointType: apigateway.EndpointType.REGIONAL,
          securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
        },
      }),
      deployOptions: {
        stageName: STAGE_NAME,
        tracingEnabled: true,
        loggingLevel: apigateway.MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new apigateway.LogGroupLogDestination(log),
        accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
        // the plans hold each partner to its own; this holds what carries no key
        throttlingRateLimit: 4 * this.#sum('perSecond'),
        throttlingBurstLimit: 4 * this.#sum('burst'),
      },
    });
    refuseInProblems(api, authorizer !== undefined);
    return api;
  }

  /** API Gateway writes its own errors into a group of this name, and would make one that is kept for ever. */
  #keepExecutionLog(): void {
    const { operationsKey, config } = this.#props.house;
    const group = new LogGroup(this, 'ExecutionLog', {
      logGroupName: `API-Gateway-Execution-Logs_${this.api.restApiId}/${STAGE_NAME}`,
      encryptionKey: operationsKey,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api.deploymentStage.node.addDependency(group);
  }

  /** Where partners call it. With a name of ours, that name has to lead to `alias`. */
  get outputs(): Readonly<Record<'url' | 'alias', string>> {
    const { host } = this.#props;
    const alias = this.api.domainName?.domainNameAliasDomainName ?? '-';
    return { url: host ? `https://${host.name}` : this.api.url, alias };
  }

  #sum(what: 'perSecond' | 'burst'): number {
    return this.#props.partners.reduce((sum, { limit }) => sum + limit[what], 0);
  }

  #route(): void {
    const { answers } = this.#props;
    for (const [noun, routes] of Object.entries(partnerContract))
      for (const route of routes) if (isNoun(noun)) this.#method(route, answers(noun));
  }

  #method(route: PartnerRoute, answers: HemsFunction): void {
    const { authorizer } = this.#props;
    const resource = this.api.root.resourceForPath(route.path);
    const parameters = [
      ...requiredOf(route.query).map((name) => `querystring.${name}`),
      ...requiredOf(route.params).map((name) => `path.${name}`),
    ];
    const hasBody = hasFields(route.body);
    const method = resource.addMethod(
      route.method,
      new apigateway.LambdaIntegration(answers, {
        scopePermissionToMethod: false,
        timeout: ANSWER_TIMEOUT,
      }),
      {
        operationName: route.name,
        apiKeyRequired: true,
        ...(authorizer
          ? { authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM }
          : { authorizationType: apigateway.AuthorizationType.IAM }),
        requestParameters: Object.fromEntries(parameters.map((name) => [`method.request.${name}`, true])),
        requestValidator: this.#validator(hasBody),
        ...(hasBody && {
          requestModels: {
            'application/json': this.api.addModel(`${route.name}Body`, {
              contentType: 'application/json',
              schema: modelOf(route.body),
            }),
          },
        }),
      },
    );
    Validations.of(method).acknowledge({
      id: 'AwsSolutions-COG4',
      reason: 'Partners are programs: they sign each request, with IAM or by RFC 9421.',
    });
  }

  #validators = new Map<boolean, apigateway.RequestValidator>();
  #validator(body: boolean): apigateway.RequestValidator {
    const known = this.#validators.get(body);
    if (known) return known;
    const validator = this.api.addRequestValidator(body ? 'WithBody' : 'WithoutBody', {
      validateRequestParameters: true,
      validateRequestBody: body,
    });
    this.#validators.set(body, validator);
    return validator;
  }

  #protect(): void {
    new CfnWebACLAssociation(this, 'Firewall', {
      resourceArn: this.api.deploymentStage.stageArn,
      webAclArn: this.#props.firewall.attrArn,
    });
  }

  /** Each partner has its limits, and an alarm when it has gone silent. */
  #plan(log: LogGroup): void {
    const { partners, scheme, house } = this.#props;
    for (const { partnerId, limit, silentHours } of partners) {
      const key = new apigateway.ApiKey(this, `Key-${partnerId}`, {
        description: `Plan of use of the partner ${partnerId}; it opens nothing`,
        // what the authorizer answers with; taken from nobody else, so it is no secret
        ...(scheme === 'sig' && { value: usageKeyOf(house.stage, partnerId) }),
      });
      const plan = this.api.addUsagePlan(`Plan-${partnerId}`, {
        description: `Partner ${partnerId}`,
        throttle: { rateLimit: limit.perSecond, burstLimit: limit.burst },
        quota: { limit: limit.perDay, period: apigateway.Period.DAY },
        apiStages: [{ stage: this.api.deploymentStage }],
      });
      plan.addApiKey(key);
      if (silentHours !== undefined) this.#watchSilence(log, { partnerId, keyId: key.keyId, hours: silentHours });
    }
  }

  #watchSilence(
    log: LogGroup,
    { partnerId, keyId, hours }: { readonly partnerId: string; readonly keyId: string; readonly hours: number },
  ): void {
    const { house } = this.#props;
    const heard = new MetricFilter(this, `Heard-${partnerId}`, {
      logGroup: log,
      filterPattern: FilterPattern.stringValue('$.apiKeyId', '=', keyId),
      metricNamespace: 'HEMS',
      metricName: `Heard-${house.stage}-${partnerId}`,
      metricValue: '1',
    });
    new HemsAlarm(this, `Silent-${partnerId}`, {
      house,
      hurt: `Residents of ${partnerId} wait for decisions and results: the partner has not called for ${hours} hours.`,
      chapter: 'a-partner-is-silent',
      metric: heard.metric({ statistic: Stats.SUM, period: Duration.hours(1) }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: hours,
      silenceIsBad: true,
    });
  }

  #watch(log: LogGroup): void {
    const { house, scheme } = this.#props;
    const refused = new MetricFilter(this, 'Refused', {
      logGroup: log,
      filterPattern: FilterPattern.any(
        FilterPattern.numberValue('$.status', '=', 401),
        FilterPattern.numberValue('$.status', '=', 403),
      ),
      metricNamespace: 'HEMS',
      metricName: `PartnerRefused-${house.stage}-${scheme}`,
      metricValue: '1',
    });
    const five = { period: Duration.minutes(5) };
    new HemsAlarm(this, 'Refusals', {
      house,
      hurt: 'A partner is shut out, or somebody tries keys: requests to the partner API are refused in numbers.',
      chapter: 'partners-are-refused',
      metric: refused.metric({ ...five, statistic: Stats.SUM }),
      threshold: 50,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
    new HemsAlarm(this, 'Fails', {
      house,
      hurt: 'Partners get no answer: the partner API fails on our side.',
      chapter: 'partner-api-fails',
      metric: this.api.metricServerError({ ...five, statistic: Stats.SUM }),
      threshold: 5,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
    new HemsAlarm(this, 'Slow', {
      house,
      hurt: 'Partners wait: five of a hundred requests take more than five seconds.',
      chapter: 'partner-api-fails',
      metric: new MathExpression({
        ...lateShare({ least: 20, withinMs: 5000 }, this.api.metricLatency()),
        ...five,
        label: 'Percent over five seconds',
      }),
      threshold: 5,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 3,
    });
  }
}

const isNoun = (name: string): name is PartnerNoun => name in partnerContract;
