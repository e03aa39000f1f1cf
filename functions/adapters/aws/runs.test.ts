import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { runsContract } from '../contract/runs.contract.ts';
import { stepFunctionsRuns } from './runs.ts';

const MACHINE = 'arn:aws:states:ap-northeast-2:123456789012:stateMachine:hems-prod-daily-run';
const EXECUTION = 'arn:aws:states:ap-northeast-2:123456789012:execution:hems-prod-daily-run:';
const config = { region: 'ap-northeast-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const absent = () => new ExecutionDoesNotExist({ message: 'no execution', $metadata: {} });
const sfn = mockClient(SFNClient);
afterEach(() => sfn.reset());

/** The service's rules on names: one that runs with the same input is answered as started, any other use of a name is refused. */
runsContract('Step Functions', async () => {
  const executions = new Map<string, { input: string; status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' }>();
  sfn.on(StartExecutionCommand).callsFake(async ({ name, input }) => {
    const found = executions.get(name);
    if (found && (found.status !== 'RUNNING' || found.input !== input))
      throw new ExecutionAlreadyExists({ message: name, $metadata: {} });
    executions.set(name, { input, status: 'RUNNING' });
    return {};
  });
  sfn.on(DescribeExecutionCommand).callsFake(async ({ executionArn }) => {
    const found = executions.get(executionArn.replace(EXECUTION, ''));
    if (!found) throw absent();
    return { status: found.status };
  });
  return {
    runs: stepFunctionsRuns(MACHINE, config),
    end: async (name, status) => {
      const found = executions.get(name);
      if (found) found.status = status === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
    },
    close: async () => void sfn.reset(),
  };
});

it('an execution that somebody stopped or that ran out of time has failed', async () => {
  for (const status of ['ABORTED', 'TIMED_OUT'] as const) {
    sfn.on(DescribeExecutionCommand).resolves({ status });
    expect(await stepFunctionsRuns(MACHINE, config).status('daily-2026-11-20-a1')).toBe('failed');
  }
});

it('of two that start one name in the same moment with other input, the later is refused', async () => {
  sfn.on(DescribeExecutionCommand).rejects(absent());
  sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'taken', $metadata: {} }));
  expect(await stepFunctionsRuns(MACHINE, config).start('daily-2026-11-20-a1', {})).toBe(false);
});

it('a service that cannot be asked is an error, not a missing execution', async () => {
  sfn.on(DescribeExecutionCommand).rejects(new Error('throttled'));
  await expect(stepFunctionsRuns(MACHINE, config).status('daily-2026-11-20-a1')).rejects.toThrow('throttled');
});
