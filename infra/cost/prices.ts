/**
 * List prices in US dollars, us-east-1, as read on the given day from the price page of the service. A price that has a newer row is replaced,
 * not edited. Tokyo and Seoul ask about 20 % more for IoT Core and 9 % for DynamoDB; Lambda is the same there.
 */
export type Price = { readonly usd: number; readonly per: string; readonly source: string; readonly asOf: string };

const READ = '2026-09-20';
/** Prices of what this project did not begin with. */
const READ_SINCE = '2026-11-23';

const from =
  (page: string, asOf = READ) =>
  (usd: number, per: string): Price => ({ usd, per, source: `https://aws.amazon.com/${page}/pricing/`, asOf });

const iot = from('iot-core');
const lambda = from('lambda');
const kinesis = from('kinesis/data-streams');
const timestream = from('timestream');
const dynamodb = from('dynamodb');
const cognito = from('cognito');
const apiGateway = from('api-gateway');
const cloudwatch = from('cloudwatch', READ_SINCE);
const waf = from('waf', READ_SINCE);

export const PRICES = {
  connectedMinute: iot(0.08e-6, 'minute of a connection to IoT Core'),
  /** to the broker; publishing straight to a rule (Basic Ingest) costs no message */
  ruleTriggered: iot(0.15e-6, 'rule triggered'),
  ruleAction: iot(0.15e-6, 'action of a rule'),
  request: lambda(0.2e-6, 'invocation of a function'),
  gbSecond: lambda(0.000_013_333_4, 'GB-second of an arm64 function'),
  kinesisIn: kinesis(0.08, 'GB into an on-demand stream, each record rounded up to a KB'),
  kinesisOut: kinesis(0.04, 'GB out of an on-demand stream'),
  kinesisHour: kinesis(0.04, 'hour of an on-demand stream'),
  kinesisAdvantage: kinesis(0.032 + 0.016, 'GB in and out of a stream in advantage mode, at least 25 MiB/s'),
  timestreamKib: timestream(0.5e-6, 'KiB written to LiveAnalytics'),
  timestreamMemory: timestream(0.036, 'GB-hour of the memory store'),
  timestreamMagnetic: timestream(0.03, 'GB-month of the magnetic store'),
  timestreamTcu: timestream(0.518, 'hour of a compute unit'),
  tableWrite: dynamodb(0.625e-6, 'write request unit of DynamoDB'),
  tableRead: dynamodb(0.125e-6, 'read request unit of DynamoDB'),
  tableGb: dynamodb(0.25, 'GB-month of DynamoDB'),
  tableBackupGb: from('dynamodb', READ_SINCE)(0.2, 'GB-month of a table that can be restored to any second'),
  liteUser: cognito(0.0055, 'user a month, Cognito Lite, the 10,001st to the 100,000th'),
  liteUserMore: cognito(0.0046, 'user a month, Cognito Lite, from the 100,001st on'),
  essentialsUser: cognito(0.015, 'user a month, Cognito Essentials, from the 10,001st on'),
  apiCall: apiGateway(1e-6, 'request to an HTTP API, the first 300 million'),
  apiCallMore: apiGateway(0.9e-6, 'request to an HTTP API, from there on'),
  logGb: cloudwatch(0.5, 'GB of logs taken in'),
  logKeptGb: cloudwatch(0.03, 'GB-month of logs kept, compressed'),
  ownMetric: cloudwatch(0.3, 'metric of our own a month, the first 10,000'),
  alarmMetric: cloudwatch(0.1, 'metric that an alarm looks at, by the minute or slower, a month'),
  compositeAlarm: cloudwatch(0.5, 'alarm of alarms a month'),
  dashboard: cloudwatch(3, 'dashboard a month; three of an account are free, which is left out'),
  trace: from('xray', READ_SINCE)(5e-6, 'trace recorded, from the 100,001st of a month on'),
  key: from('kms', READ_SINCE)(1, 'key a month'),
  secret: from('secrets-manager', READ_SINCE)(0.4, 'secret a month'),
  webAcl: waf(5, 'web ACL a month'),
  wafRule: waf(1, 'rule of a web ACL a month'),
  hostingGb: from('amplify', READ_SINCE)(0.15, 'GB served by Amplify Hosting'),
} as const satisfies Record<string, Price>;

export const usd = (of: keyof typeof PRICES): number => PRICES[of].usd;
