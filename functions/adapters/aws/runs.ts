import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  type ExecutionStatus,
  type SFNClientConfig,
} from '@aws-sdk/client-sfn';
import type { Runs, RunStatus } from '../../ports/runs.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

const STATUS: Record<ExecutionStatus, RunStatus> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'failed',
};

/** AWS Step Functions, one standard state machine. A name stays taken for 90 days after its execution has ended. */
export const stepFunctionsRuns = (stateMachineArn: string, config: SFNClientConfig = {}): Runs => {
  const client = new SFNClient({ ...SHORT_TIMEOUTS, ...config });
  const arnOf = (name: string): string => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const describe = async (name: string) => {
    try {
      return await client.send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  };
  return {
    start: async (name, input) => {
      // while an execution runs, a start with its name and input is answered as if it had started it
      if (await describe(name)) return false;
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return true;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return false;
        throw error;
      }
    },
    status: async (name) => {
      const found = await describe(name);
      return found?.status === undefined ? undefined : STATUS[found.status];
    },
  };
};
