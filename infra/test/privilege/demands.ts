import type { IngestMode, TelemetryStore } from '../../config.ts';
import { opening, sealing } from './rights.ts';

/**
 * What each call of a port needs in IAM. Closed: a port or a call that is not here fails the proof. Tables, files and history are opened by kind, as
 * the adapter asks: who reads may get, check and query, by any index.
 */
export type Deployment = { readonly store: TelemetryStore; readonly mode: IngestMode };
type Asked = Deployment & { readonly what: string; readonly on: string };

const TABLE: Record<string, string> = {
  homes: 'Homes',
  energy: 'Energy',
  history: 'HistoryBlocks',
  operations: 'Operations',
  ledger: 'Ledger',
  community: 'Community',
  people: 'People',
};
const tableNamed = (table: string): string => {
  const name = TABLE[table];
  if (name === undefined) throw new Error(`infra/test/privilege/demands.ts has no table ${table}`);
  return name;
};
const readOf = (table: string): string[] => {
  const name = tableNamed(table);
  return [
    ...['GetItem', 'BatchGetItem', 'ConditionCheckItem', 'Query'].map((action) => `dynamodb:${action} ${name}`),
    ...['by-i1', 'by-i2'].map((index) => `dynamodb:Query ${name}/index/${index}`),
    ...opening('dynamodb'),
  ];
};
const writeOf = (table: string): string[] => [`dynamodb:UpdateItem ${tableNamed(table)}`, ...sealing('dynamodb')];
const deletionOf = (place: string): string[] => {
  const [table = '', partition = ''] = place.split('/');
  return [`dynamodb:DeleteItem ${tableNamed(table)}/${partition.replace(/#$/, '')}`, ...sealing('dynamodb')];
};

const ofTable = ({ what, on }: Asked): string[] => {
  if (what === 'DeleteItem') return deletionOf(on);
  return what === 'UpdateItem' ? writeOf(on) : readOf(on);
};

const ENDPOINTS = 'timestream:DescribeEndpoints *';
const HISTORIES = ['HistoryElectrical', 'HistoryEnvironment'];
const onHistories = (action: string): string[] => [
  ...HISTORIES.map((table) => `timestream:${action} ${table}`),
  ENDPOINTS,
];
const ofTelemetry = ({ what, store }: Asked): string[] => {
  if (store === 'blocks') {
    if (what === 'erase') return [...readOf('history'), ...deletionOf('history/*')];
    return what === 'write' ? [...readOf('history'), ...writeOf('history')] : readOf('history');
  }
  // rows go by retention
  if (what === 'erase') return [];
  return what === 'write'
    ? [...onHistories('WriteRecords'), ...sealing('timestream')]
    : [...onHistories('Select'), ...opening('timestream')];
};

const bucketOf = (folder: string): string => (['training', 'models'].includes(folder) ? 'Training' : 'Objects');
const ofObjects = ({ what, on }: Asked): string[] => {
  const within = `${bucketOf(on)}/${on}/*`;
  if (['get', 'getStream', 'downloadUrl'].includes(what))
    return [`s3:GetObject ${within}`, `s3:ListBucket ${bucketOf(on)}`, ...opening('s3')];
  if (['put', 'putStream', 'uploadForm'].includes(what))
    return [`s3:PutObject ${within}`, `s3:AbortMultipartUpload ${within}`, ...sealing('s3')];
  throw new Error(`infra/test/privilege/demands.ts does not know what objects.${what} needs`);
};
const ofObjectEraser = ({ what, on }: Asked): string[] => {
  const list = ['ListBucketVersions', 'ListBucketMultipartUploads'].map((action) => `s3:${action} Objects`);
  const end = ['DeleteObject', 'DeleteObjectVersion', 'AbortMultipartUpload'];
  return what === 'count' ? list : [...list, ...end.map((action) => `s3:${action} Objects/${on}/*`)];
};

const secret = (name: string) => (): string[] => [
  `secretsmanager:GetSecretValue ${name}`,
  ...opening('secretsmanager', 'OperationsKey'),
];
const sending = (queue: string) => (): string[] => [`sqs:SendMessage ${queue}`, ...sealing('sqs')];
const machine =
  (name: string, execution: string) =>
  ({ what }: Asked): string[] => [
    `states:DescribeExecution execution:${execution}:*`,
    ...(what === 'start' ? [`states:StartExecution ${name}`] : []),
  ];
const calls =
  (port: string, of: Record<string, readonly string[]>) =>
  ({ what }: Asked): readonly string[] => {
    const needed = of[what];
    if (!needed) throw new Error(`infra/test/privilege/demands.ts does not know what ${port}.${what} needs`);
    return needed;
  };

const CLOSE = ['iot:UpdateCertificate cert/*'];
const CUT_OFF = ['iot:ListThingPrincipals thing/*', ...CLOSE, 'iot:DeleteConnection client/*'];

/** `null`: it asks nothing of AWS. */
const PORTS: Record<string, ((asked: Asked) => readonly string[]) | null> = {
  table: ofTable,
  telemetry: ofTelemetry,
  objects: ofObjects,
  objectEraser: ofObjectEraser,
  directory: () => readOf('homes'),
  payments: calls('payments', {
    pay: [...readOf('operations'), ...writeOf('operations')],
    find: readOf('operations'),
    payments: readOf('operations'),
  }),
  keys: calls('keys', {
    newDataKey: ['kms:GenerateDataKey PersonalFieldKey'],
    unwrap: ['kms:Decrypt PersonalFieldKey'],
    blindIndex: ['kms:GenerateMac PersonalIndexKey'],
  }),
  signer: () => ['kms:Sign SettlementKey', 'kms:GetPublicKey SettlementKey'],
  identity: calls('identity', {
    read: ['cognito-idp:AdminGetUser Users'],
    signOut: ['cognito-idp:AdminUserGlobalSignOut Users'],
    delete: ['cognito-idp:AdminDeleteUser Users'],
  }),
  bus: () => ['events:PutEvents Bus'],
  mailer: () => ['ses:SendEmail configuration-set/hems-prod', 'ses:SendEmail identity/hems.example'],
  push: secret('ChannelsPushKeys'),
  weather: secret('WeatherKey'),
  connectorSecret: () => [...secret('WorkSecretenterprisebems')(), ...secret('WorkSecretsmartenergyplatform')()],
  channel: () => ['iot:Publish topic/hems/v1/*/*/cmd'],
  registry: calls('registry', {
    enter: ['iot:DescribeThing thing/*', 'iot:CreateThing thing/*'],
    withdraw: CLOSE,
    revoke: [...CLOSE, 'iot:DeleteConnection client/*'],
    cutOff: CUT_OFF,
    remove: [
      ...CUT_OFF,
      ...['DescribeThing', 'UpdateThing', 'DetachThingPrincipal', 'DeleteThing'].map(
        (action) => `iot:${action} thing/*`,
      ),
      ...['DetachThingPrincipal', 'DeleteCertificate'].map((action) => `iot:${action} cert/*`),
    ],
  }),
  rechecks: sending('PresenceRechecks'),
  files: sending('Asked'),
  plans: sending('Pages'),
  webhooks: sending('WebhooksCalls'),
  runs: machine('DailyRunMachine', 'hems-prod-daily-run'),
  erasures: machine('ErasureMachine', 'hems-prod-erasure'),
  trainings: machine('TrainingMachine', 'hems-prod-forecast-training'),
  pipeline: ({ mode }) => [
    ...(mode === 'direct' ? [] : ['s3:ListBucket SetAside']),
    'cloudwatch:GetMetricData *',
    ...['NotIngested', 'RuleFailures'].map((queue) => `sqs:GetQueueAttributes ${queue}`),
  ],
  forecaster: () => [
    'ssm:GetParameter parameter/hems/prod/forecast/endpoint',
    ...['blue', 'green'].map((colour) => `sagemaker:InvokeEndpoint endpoint/hems-prod-forecast-${colour}`),
  ],
  clock: null,
  ids: null,
  residence: null,
  fileReader: null,
  archiver: null,
  http: null,
  mapper: null,
  mixedSolver: null,
  openadr2b: null,
  allConnectors: null,
  connectors: null,
  letterhead: null,
  everyItem: null,
  remains: null,
};

/** The rights that a line of the record needs: `<function> <port> <what> [<on>]`. */
export const demandsOf = (line: string, deployment: Deployment): readonly string[] => {
  const [, port = '', what = '', on = ''] = line.split(' ');
  const demands = PORTS[port];
  if (demands === undefined) throw new Error(`infra/test/privilege/demands.ts has no port ${port}`);
  return demands?.({ what, on, ...deployment }) ?? [];
};
