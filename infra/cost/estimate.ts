import { OWN_METRICS, type OwnMetricSpec } from '@hems/shared/metrics/catalogue';
import * as z from 'zod';
import type { Budget } from '../config.ts';
import { totalUsd, type Lines } from './monthly.ts';
import { usd } from './prices.ts';

const resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
export const template = z.object({ Resources: z.record(z.string(), resource).default({}) });
type Resource = z.infer<typeof resource>;

/** What is there for nothing, by the price pages: rights, routes, names, rules of who may what. */
const FREE: ReadonlySet<string> = new Set([
  'AWS::Amplify::Branch',
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  // a public certificate that is not exported
  'AWS::CertificateManager::Certificate',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolResourceServer',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IoT::Logging',
  'AWS::IoT::Policy',
  'AWS::IoT::ProvisioningTemplate',
  'AWS::IoT::ThingType',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Timestream::Database',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
]);

/** What costs as it is used, and where that is reckoned: lines of `monthly.ts`, or why none. */
const BY_USE: Readonly<Record<string, string>> = {
  'AWS::Amplify::App': 'app: hosting',
  'AWS::CodeBuild::Project': 'minutes of a build a year',
  'AWS::Cognito::UserPool': 'sign-in',
  'AWS::DynamoDB::GlobalTable': 'tables',
  'AWS::ECR::Repository': 'one image, a tenth of a dollar',
  'AWS::Events::Archive': 'a dime a GB of events',
  'AWS::IoT::TopicRule': 'rules',
  'AWS::Kinesis::Stream': 'ingest: stream',
  'AWS::Logs::LogGroup': 'ingest: log, app: log and traces, logs kept for half a year',
  'AWS::S3::Bucket': 'what residents bring and take is gone within days',
  'AWS::SES::EmailIdentity': 'mail, a dime a thousand',
  'AWS::SNS::Topic': 'alarms that go off',
  'AWS::SQS::Queue': 'half a dollar a million messages, of which there are few',
  'AWS::Scheduler::Schedule': 'a dollar a million calls',
  'AWS::StepFunctions::StateMachine': 'settlement and forecasts',
  'AWS::Timestream::Table': 'history',
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isMetric = (value: unknown): boolean => typeof value === 'object' && value !== null && 'MetricStat' in value;

/** An alarm is paid by the metric it looks at; one on a formula looks at several. */
const alarmUsd = ({ Properties: { Metrics: metrics, Period: period } }: Resource): number => {
  if (typeof period === 'number' && period < 60) throw new Error('an alarm by the second costs three times as much');
  const looked = metrics === undefined ? 1 : listOf(metrics).filter(isMetric).length;
  return Math.max(1, looked) * usd('alarmMetric');
};

/** Event counts of a mapping are eight metrics. */
const mappingUsd = ({ Properties: { MetricsConfig: metrics } }: Resource): number =>
  metrics === undefined ? 0 : 8 * usd('ownMetric');

const onDemandOnly = ({ Properties }: Resource): number => {
  if (JSON.stringify(Properties['StreamModeDetails'] ?? '').includes('ON_DEMAND')) return 0;
  throw new Error('a stream of fixed shards is paid by the shard and hour');
};
const withoutCache = ({ Properties }: Resource): number => {
  if (Properties['CacheClusterEnabled'] !== true) return 0;
  throw new Error('a cache of an API is paid by the hour');
};

type Priced = { readonly line: string; readonly usdOf: (one: Resource) => number };
/** What costs by being there. */
const STANDING: Readonly<Record<string, Priced>> = {
  'AWS::ApiGateway::Stage': { line: 'caches', usdOf: withoutCache },
  'AWS::CloudWatch::Alarm': { line: 'alarms', usdOf: alarmUsd },
  'AWS::CloudWatch::CompositeAlarm': { line: 'alarms', usdOf: () => usd('compositeAlarm') },
  'AWS::CloudWatch::Dashboard': { line: 'dashboards', usdOf: () => usd('dashboard') },
  'AWS::KMS::Key': { line: 'keys', usdOf: () => usd('key') },
  'AWS::Kinesis::Stream': { line: 'streams', usdOf: onDemandOnly },
  'AWS::Lambda::EventSourceMapping': { line: 'metrics of our own', usdOf: mappingUsd },
  'AWS::Logs::MetricFilter': { line: 'metrics of our own', usdOf: () => usd('ownMetric') },
  'AWS::SecretsManager::Secret': { line: 'secrets', usdOf: () => usd('secret') },
  'AWS::WAFv2::WebACL': {
    line: 'firewall',
    usdOf: ({ Properties }) => usd('webAcl') + listOf(Properties['Rules']).length * usd('wafRule'),
  },
};

/** Each figure as a whole, and once more for each value that it is split by. */
export const ownMetrics = (): number =>
  Object.values<OwnMetricSpec>(OWN_METRICS).reduce((sum, { values = [] }) => sum + 1 + values.length, 0);

const lineOf = (name: string, one: Resource): { readonly line: string; readonly usd: number } | undefined => {
  const priced = STANDING[one.Type];
  if (priced) return { line: priced.line, usd: priced.usdOf(one) };
  if (FREE.has(one.Type) || BY_USE[one.Type] !== undefined) return undefined;
  throw new Error(
    `${name} is a ${one.Type}, of which infra/cost/estimate.ts does not know what it costs: price it there (STANDING, BY_USE or FREE)`,
  );
};

/** What the resources of a stage cost in a month by being there, whoever uses them. `templates`: of all its stacks, by name. */
export const standing = (templates: Readonly<Record<string, z.infer<typeof template>>>): Lines => {
  const lines: Record<string, number> = { 'metrics of our own': ownMetrics() * usd('ownMetric') };
  for (const [stack, { Resources: resources }] of Object.entries(templates))
    for (const [id, one] of Object.entries(resources)) {
      const priced = lineOf(`${stack}/${id}`, one);
      if (priced) lines[priced.line] = (lines[priced.line] ?? 0) + priced.usd;
    }
  return Object.fromEntries(
    Object.entries(lines)
      .filter(([, amount]) => amount > 0)
      .map(([line, amount]) => [`standing: ${line}`, amount]),
  );
};

const dollars = (amount: number): string => `$${Math.round(amount).toLocaleString('en-US')}`;

/** Undefined within the budget; else a sentence for whoever broke it. */
export const overBudget = (lines: Lines, homes: number, { usdAMonth, usdPerHome }: Budget): string | undefined => {
  const total = totalUsd(lines);
  if (total <= usdAMonth && total / homes <= usdPerHome) return undefined;
  const largest = Object.entries(lines)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([name, amount]) => `${name} ${dollars(amount)}`);
  return `${dollars(total)} a month, $${(total / homes).toFixed(3)} for each of ${homes.toLocaleString('en-US')} homes, is above the budget of ${dollars(usdAMonth)} and $${usdPerHome}. Most of it: ${largest.join(', ')}. Take out what costs, deploy the cheaper store or mode of ingest (npm run cost), or raise the budget of the stage in infra/config.ts and say why.`;
};
