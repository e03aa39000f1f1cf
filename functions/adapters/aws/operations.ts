import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

export type Where = { readonly region: string };
/** Settings of a client, for a test against a server of its own. */
type Config = Partial<Where> & {
  readonly endpoint?: string;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string };
};

/** A queue in which messages of a stage end. */
export type StageLetters = {
  /** stack without its prefix, and the name in the stack: `ingest/NotIngested` */
  readonly id: string;
  readonly url: string;
  readonly arn: string;
  readonly depth: number;
  /** the queue whose messages end here; undefined: they come from a function, a schedule or a rule of the broker */
  readonly source: string | undefined;
};
export type Redriven = { readonly taken: number; /** why, of each that stays */ readonly left: readonly string[] };

/** CDK puts eight characters after the name of each resource, and names the queue of a construct after it. */
const nameOf = (logicalId: string): string => logicalId.replace(/[\dA-F]{8}$/, '');

const stacksOf = async (client: CloudFormationClient, stage: string): Promise<string[]> => {
  const names: string[] = [];
  for await (const { Stacks: stacks = [] } of paginateDescribeStacks({ client }, {}))
    names.push(
      ...stacks.flatMap(({ StackName: name }) => name ?? []).filter((name) => name.startsWith(`hems-${stage}-`)),
    );
  return names;
};

const queuesOf = async (client: CloudFormationClient, stack: string): Promise<{ logicalId: string; url: string }[]> => {
  const queues: { logicalId: string; url: string }[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack }))
    for (const {
      ResourceType: type,
      LogicalResourceId: logicalId,
      PhysicalResourceId: url,
    } of page.StackResourceSummaries ?? [])
      if (type === 'AWS::SQS::Queue' && logicalId !== undefined && url !== undefined) queues.push({ logicalId, url });
  return queues;
};

/** undefined: messages that fail in it move on, so it is no last stop. */
const lettersIn = async (client: SQSClient, id: string, url: string): Promise<StageLetters | undefined> => {
  const { Attributes: facts = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'RedrivePolicy'],
    }),
  );
  if (facts['RedrivePolicy'] !== undefined) return undefined;
  const { queueUrls: sources = [] } = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url }));
  return {
    id,
    url,
    arn: facts['QueueArn'] ?? '',
    depth: Number(facts['ApproximateNumberOfMessages'] ?? 0),
    source: sources[0],
  };
};

/** Every last stop of the stage, by stack and name. */
export const deadLettersOf = async (
  { region, stage }: Where & { readonly stage: string },
  config: Config = {},
): Promise<StageLetters[]> => {
  const [stacks, queues] = [new CloudFormationClient({ region, ...config }), new SQSClient({ region, ...config })];
  const found: StageLetters[] = [];
  for (const stack of await stacksOf(stacks, stage))
    for (const { logicalId, url } of await queuesOf(stacks, stack)) {
      const id = `${stack.slice(`hems-${stage}-`.length)}/${nameOf(logicalId)}`;
      const letters = await lettersIn(queues, id, url);
      if (letters) found.push(letters);
    }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** What Lambda writes of an invocation that it gave up. */
const givenUp = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.unknown(),
});
/** What the broker writes of a rule's action that failed. */
const notHandedOn = z.object({ ruleName: z.string(), topic: z.string(), base64OriginalPayload: z.string() });
/** Beside the history, `hems_reading` has the reading as well: publishing it again changes nothing and fails again. */
const HISTORY_RULES = /^hems_history_/;

type Clients = { readonly lambda: LambdaClient; readonly broker: IoTDataPlaneClient };

const invokeAgain = async (
  lambda: LambdaClient,
  { requestContext, requestPayload }: z.infer<typeof givenUp>,
): Promise<string | undefined> => {
  // the version that gave up may be gone
  const name = requestContext.functionArn.replace(/:\$LATEST$/, '');
  const { FunctionError: failed, Payload: said } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(requestPayload)) }),
  );
  return failed === undefined
    ? undefined
    : `${name.split(':').at(-1)} failed again: ${Buffer.from(said ?? [])
        .toString()
        .slice(0, 200)}`;
};

/** undefined: it was taken. */
const handIn = async ({ lambda, broker }: Clients, body: string): Promise<string | undefined> => {
  const message: unknown = JSON.parse(body);
  const invocation = givenUp.safeParse(message);
  if (invocation.success) return await invokeAgain(lambda, invocation.data);
  const unhanded = notHandedOn.safeParse(message);
  if (!unhanded.success)
    return 'neither an invocation nor a message of the broker: look at it by hand, docs/runbook.md "Dead letters"';
  const { ruleName, topic, base64OriginalPayload } = unhanded.data;
  if (HISTORY_RULES.test(ruleName))
    return `${ruleName}: the reading is taken in without it; delete it by hand, docs/runbook.md "Dead letters"`;
  await broker.send(new PublishCommand({ topic, qos: 1, payload: Buffer.from(base64OriginalPayload, 'base64') }));
  return undefined;
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Longer than a function of ours runs: what is being handed in must not come back meanwhile. */
const VISIBILITY_S = 900;
/** How often the queue may say that it is empty before it is believed: a poll may miss messages that are there. */
const EMPTY_POLLS = 2;

/**
 * One by one, each deleted once it was taken. What was not stays hidden for a quarter of an hour and then stands there again: the first that is
 * met a second time ends the redrive, so that what fails for ever does not keep it going.
 */
const handInAll = async (queues: SQSClient, clients: Clients, url: string): Promise<Redriven> => {
  const left: string[] = [];
  const met = new Set<string>();
  let taken = 0;
  for (let empty = 0; empty < EMPTY_POLLS;) {
    const { Messages: messages = [] } = await queues.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        VisibilityTimeout: VISIBILITY_S,
      }),
    );
    empty = messages.length === 0 ? empty + 1 : 0;
    for (const { Body: body = '', ReceiptHandle: receipt, MessageId: id = '' } of messages) {
      if (met.has(id)) return { taken, left };
      met.add(id);
      const refused = await handIn(clients, body).catch(messageOf);
      if (refused === undefined) {
        await queues.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
        taken += 1;
      } else left.push(refused);
    }
  }
  return { taken, left };
};

/** Has what was given up tried again. SQS moves back only what came from a queue; what a function or the broker gave up is handed in again. */
export const redrive = async ({ region }: Where, letters: StageLetters, config: Config = {}): Promise<Redriven> => {
  const queues = new SQSClient({ region, ...config });
  if (letters.source !== undefined) {
    if (letters.depth > 0) await queues.send(new StartMessageMoveTaskCommand({ SourceArn: letters.arn }));
    return { taken: letters.depth, left: [] };
  }
  const clients = {
    lambda: new LambdaClient({ region, ...config }),
    broker: new IoTDataPlaneClient({ region, ...config }),
  };
  return await handInAll(queues, clients, letters.url);
};
