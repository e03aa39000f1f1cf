/**
 * List prices in US dollars, us-east-1, as read on the given day from the price pages of AWS. A price that has a newer row is replaced, not
 * edited. Tokyo and Seoul ask about 20 % more for IoT Core and 9 % for DynamoDB; Lambda is the same there.
 */
export type Price = { readonly usd: number; readonly per: string; readonly asOf: string };

const READ = '2026-09-20';
const price = (usd: number, per: string, asOf = READ): Price => ({ usd, per, asOf });

export const PRICES = {
  connectedMinute: price(0.08e-6, 'minute of a connection to IoT Core'),
  /** to the broker; publishing straight to a rule (Basic Ingest) costs no message */
  ruleTriggered: price(0.15e-6, 'rule triggered'),
  ruleAction: price(0.15e-6, 'action of a rule'),
  request: price(0.2e-6, 'invocation of a function'),
  gbSecond: price(0.000_013_333_4, 'GB-second of an arm64 function'),
  logGb: price(0.5, 'GB of logs taken in'),
  kinesisIn: price(0.08, 'GB into an on-demand stream'),
  kinesisOut: price(0.04, 'GB out of an on-demand stream'),
  kinesisHour: price(0.04, 'hour of an on-demand stream'),
  kinesisAdvantage: price(0.032 + 0.016, 'GB in and out of a stream in advantage mode, at least 25 MiB/s'),
  timestreamKib: price(0.5e-6, 'KiB written to LiveAnalytics'),
  timestreamMemory: price(0.036, 'GB-hour of the memory store'),
  timestreamMagnetic: price(0.03, 'GB-month of the magnetic store'),
  timestreamTcu: price(0.518, 'hour of a compute unit'),
  tableWrite: price(0.625e-6, 'write request unit of DynamoDB'),
  tableRead: price(0.125e-6, 'read request unit of DynamoDB'),
  tableGb: price(0.25, 'GB-month of DynamoDB'),
  liteUser: price(0.0055, 'user a month, Cognito Lite, the 10,001st to the 100,000th'),
  liteUserMore: price(0.0046, 'user a month, Cognito Lite, from the 100,001st on'),
  essentialsUser: price(0.015, 'user a month, Cognito Essentials, from the 10,001st on'),
  apiCall: price(1e-6, 'request to an HTTP API, the first 300 million'),
  apiCallMore: price(0.9e-6, 'request to an HTTP API, from there on'),
} as const satisfies Record<string, Price>;

export const usd = (of: keyof typeof PRICES): number => PRICES[of].usd;
