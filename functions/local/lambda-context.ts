import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

const unused = (): void => undefined;
/** From the time before promises; part of the type, called by nobody. */
const CALLBACKS = { done: unused, fail: unused, succeed: unused };

/** What Lambda hands a handler beside the event. `timeoutMs`: how long the cloud would let it run. */
export const lambdaContext = (functionName: string, timeoutMs: number): Context => {
  const until = performance.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: functionName,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, until - performance.now()),
    ...CALLBACKS,
  };
};
