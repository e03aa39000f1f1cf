import { contract } from '@hems/shared/api/contract';
import { openadrContract } from '@hems/shared/openadr/contract';
import { partnerContract } from '@hems/shared/partner-api/contract';
import { readSelf } from '@hems/shared/partner-api/self';

/** What each function is handed at its first invocation: an event of its kind, so that it asks its stores, which hold nothing. */
type Asked = { readonly method: string; readonly path: string };

const AT_MS = Date.parse('2026-11-23T00:00:00Z');

const CLAIMS = {
  sub: 'weight',
  token_use: 'access',
  auth_time: '1795000000',
  client_id: 'weight',
  scope: '',
  'cognito:groups': '[operator auditor]',
};

const pathParametersOf = (path: string): Record<string, string> =>
  Object.fromEntries([...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => [name, 'weight']));

const httpEvent = ({ method, path }: Asked) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  pathParameters: pathParametersOf(path),
  isBase64Encoded: false,
  requestContext: { requestId: 'weight', http: { method, path }, authorizer: { jwt: { claims: CLAIMS } } },
});

const restEvent = ({ method, path }: Asked) => ({
  httpMethod: method,
  resource: path,
  path,
  headers: {},
  multiValueHeaders: {},
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: pathParametersOf(path),
  stageVariables: null,
  body: null,
  isBase64Encoded: false,
  requestContext: { requestId: 'weight', authorizer: { partnerId: 'weight', keyId: 'weight' } },
});

const messageOf = (channel: string) => ({
  payload: Buffer.from('{"v":1}').toString('base64'),
  channel,
  household: 'weight',
  gateway: 'weight',
  received: AT_MS,
  correlation: 'weight-weight',
});

const happened = (type: string, facts: Record<string, unknown>) => ({
  'detail-type': type,
  detail: { householdId: 'weight', atMs: AT_MS, key: 'weight', facts },
});
const queued = (body: unknown) => ({ Records: [{ messageId: '1', body: JSON.stringify(body) }] });

const RUN = { date: '2026-11-22', attempt: 1, since: 1 };
const SHARD = { run: RUN, shard: 0 };
const SCHEDULED = { scheduled: '2026-11-23T00:00:00Z' };

const OTHERS: Record<string, unknown> = {
  'partner/authorizer': restEvent(readSelf),
  'events/command-result': messageOf('cmd/result'),
  'events/health': messageOf('health'),
  'events/ingest': messageOf('reading'),
  'events/ingest-stream': {
    Records: [
      {
        eventSource: 'aws:kinesis',
        kinesis: {
          data: Buffer.from(JSON.stringify(messageOf('reading'))).toString('base64'),
          partitionKey: 'weight',
          sequenceNumber: '1',
          approximateArrivalTimestamp: AT_MS / 1000,
        },
      },
    ],
  },
  'events/invite': happened('event.announced', { eventId: 'weight' }),
  'events/notify': happened('security.alert', { what: 'sign-in' }),
  'events/tell-partners': happened('consent.changed', { purpose: 'bems', granted: 0 }),
  'events/presence': { clientId: 'weight', eventType: 'connected', timestamp: AT_MS, versionNumber: 1 },
  'events/provision-hook': {
    claimCertificateId: 'weight',
    certificateId: 'weight',
    parameters: { SerialNumber: 'weight' },
  },
  'events/recheck-presence': queued({
    householdId: 'weight',
    gateway: 'weight',
    word: { state: 'disconnected', version: 1, atMs: AT_MS },
  }),
  'jobs/aggregate-shard': SHARD,
  'jobs/forecast-shard': SHARD,
  'jobs/settle-shard': { ...SHARD, refusal: null },
  'jobs/rank-segment': { run: RUN, segment: 'weight' },
  'jobs/freeze-day': RUN,
  'jobs/list-segments': RUN,
  'jobs/merge-histograms': RUN,
  'jobs/report-run': RUN,
  'jobs/erase': { erasureId: 'weight', step: 'close' },
  'jobs/export-household': queued({ householdId: 'weight', exportId: 'weight' }),
  'jobs/export-training': { execution: 'weight', champion: null },
  'jobs/import-file': { key: 'imports/weight/weight/file', bytes: 1 },
  'jobs/judge-training': { artifact: 'models/weight/model.tar.gz' },
  'jobs/plan-shard': queued({ forMs: Date.now() + 60_000, shard: 0 }),
  'jobs/send-webhooks': queued({ partnerId: 'weight', endpointId: 'weight' }),
};

const routesOf: Record<string, readonly Asked[]> = {
  ...Object.fromEntries(Object.entries(contract).map(([noun, routes]) => [`api/${noun}`, routes])),
  ...Object.fromEntries(Object.entries(openadrContract).map(([noun, routes]) => [`partner/openadr/${noun}`, routes])),
};
const partnerRoutesOf: Record<string, readonly Asked[]> = Object.fromEntries(
  Object.entries(partnerContract).map(([noun, routes]) => [`partner/${noun}`, routes]),
);

/** Jobs that are not named take whatever a schedule hands in. */
export const firstEvent = (entry: string): unknown => {
  const [route] = routesOf[entry] ?? [];
  if (route) return httpEvent(route);
  const [partnerRoute] = partnerRoutesOf[entry] ?? [];
  return partnerRoute ? restEvent(partnerRoute) : (OTHERS[entry] ?? SCHEDULED);
};
