import type { Stack } from 'aws-cdk-lib';
import { HemsFunction } from '../../constructs/function.ts';

/**
 * What the policies of a template allow each of its functions, as texts to compare: `<action> <on>`, for keys with the service they open
 * through: `kms:Decrypt DataKey via sqs`. `on` is the resource's name in its stack, or the end of an ARN that is written out.
 */
export type Rights = {
  readonly entry: string;
  /** `<stack>/<logical id>` */
  readonly where: string;
  readonly granted: ReadonlySet<string>;
  /** what the service around the function does in its name: logs, traces, its queue, where it gives up to */
  readonly ofService: ReadonlySet<string>;
};

export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: any }>>;

const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** `{ Ref }`, `{ Fn::GetAtt }`, another stack's output, or these and texts joined. */
export const nameOf = (resource: unknown): string => {
  const text = JSON.stringify(resource);
  const [, output] = /"OutputName":"PublishOutput(?:FnGetAtt|Ref)(\w+?)(?:Arn)?[0-9A-F]{8}"/.exec(text) ?? [];
  const [, own] = /"(?:Fn::GetAtt":\[|Ref":)"([^":]+)"/.exec(text) ?? [];
  const [, end = ''] = /"([^"]*)"\]\]\}$/.exec(text) ?? [];
  if (output !== undefined) return withoutHash(output) + end;
  if (own !== undefined && own !== 'AWS::AccountId') return withoutHash(own) + end;
  return typeof resource === 'string' ? resource : end.replace(/^:/, '');
};

const viaOf = (condition: any): string => {
  const via: unknown = condition?.StringEquals?.['kms:ViaService'];
  return typeof via === 'string' ? ` via ${via.split('.', 1)[0]}` : '';
};

/** A right to delete in named partitions is one right for each. */
const partitionsOf = (condition: any): string[] => {
  const begins: string[] = condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['*'];
  return begins.map((begin) => `/${begin.replace(/#?\*$/, '') || '*'}`);
};

const rightsOf = ({ Action, Resource, Condition }: any): string[] =>
  [Action].flat().flatMap((action: string) =>
    [Resource].flat().flatMap((resource) => {
      const on = nameOf(resource) + viaOf(Condition);
      return action === 'dynamodb:DeleteItem'
        ? partitionsOf(Condition).map((partition) => `${action} ${on}${partition}`)
        : [`${action} ${on}`];
    }),
  );

const grantedTo = (resources: Resources, roleId: string): Set<string> =>
  new Set(
    Object.values(resources)
      .filter(
        ({ Type, Properties }) =>
          Type === 'AWS::IAM::Policy' && Properties.Roles.some(({ Ref }: any) => Ref === roleId),
      )
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(rightsOf),
  );

const through = (service: string, key: string, actions: readonly string[]): string[] =>
  actions.map((action) => `kms:${action} ${key} via ${service}`);
const OPEN = ['Decrypt', 'DescribeKey'];
const SEAL = ['Encrypt', 'GenerateDataKey'];
/** May read or write what is encrypted by that key, in that service. */
export const opening = (service: string, key = 'DataKey'): string[] => through(service, key, OPEN);
export const sealing = (service: string, key = 'DataKey'): string[] => through(service, key, [...OPEN, ...SEAL]);

const RECEIVING = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'];
const READING = ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];

const fedBy = ({ EventSourceArn, DestinationConfig }: any): string[] => {
  const from = nameOf(EventSourceArn);
  const aside = DestinationConfig?.OnFailure?.Destination;
  const isStream = DestinationConfig !== undefined;
  if (!isStream) return [...RECEIVING.map((action) => `sqs:${action} ${from}`), ...opening('sqs')];
  const bucket = nameOf(aside);
  return [
    ...READING.map((action) => `kinesis:${action} ${from}`),
    ...opening('kinesis'),
    `s3:ListBucket ${bucket}`,
    // where Lambda puts what it gave up
    `s3:PutObject ${bucket}/aws/lambda/*`,
    ...sealing('s3'),
  ];
};

const byService = (resources: Resources, functionId: string, logGroupId: string): Set<string> => {
  const of = (type: string) =>
    Object.values(resources)
      .filter(({ Type, Properties }) => Type === type && Properties.FunctionName?.Ref === functionId)
      .map(({ Properties }) => Properties);
  const givesUp = of('AWS::Lambda::EventInvokeConfig').flatMap(({ DestinationConfig }) => [
    `sqs:SendMessage ${nameOf(DestinationConfig.OnFailure.Destination)}`,
    ...sealing('sqs'),
  ]);
  return new Set([
    ...['PutTelemetryRecords', 'PutTraceSegments'].map((action) => `xray:${action} *`),
    ...['CreateLogStream', 'PutLogEvents'].map((action) => `logs:${action} ${withoutHash(logGroupId)}`),
    ...givesUp,
    ...of('AWS::Lambda::EventSourceMapping').flatMap(fedBy),
  ]);
};

/** Of every function of the stack. `resources`: those of its template. */
export const rightsIn = (stack: Stack, resources: Resources): Rights[] =>
  stack.node.findAll().flatMap((one) => {
    if (!(one instanceof HemsFunction) || one.stack !== stack) return [];
    const id = Object.keys(resources).find(
      (logicalId) =>
        resources[logicalId]?.Type === 'AWS::Lambda::Function' && stack.resolve(one.functionName).Ref === logicalId,
    );
    const { Role, LoggingConfig } = resources[id ?? '']?.Properties ?? {};
    if (id === undefined) throw new Error(`the template of ${stack.stackName} has no function ${one.node.path}`);
    return {
      entry: one.entry,
      where: `${stack.node.id}/${withoutHash(id)}`,
      granted: grantedTo(resources, Role['Fn::GetAtt'][0]),
      ofService: byService(resources, id, LoggingConfig.LogGroup.Ref),
    };
  });
