import type { Context } from 'aws-lambda';
import { embeddedRuns } from '../../adapters/embedded/runs.ts';
import type { Database } from '../../adapters/embedded/database.ts';
import type { Runs } from '../../ports/runs.ts';
import { lambdaContext } from '../lambda-context.ts';
import type { LocalMachine, MachineOptions, Task } from './state-machine.ts';

type Handler = (input: unknown, context: Context) => Promise<unknown>;

/** A Lambda as a task. `timeoutMs`: as it is deployed. */
export const task =
  (name: string, handler: Handler, timeoutMs: number): Task =>
  async (input) =>
    await handler(input, lambdaContext(name, timeoutMs));

export type Workflow = {
  readonly runs: Runs;
  /** cuts off what executes; the next attempt goes on from what is stored */
  stop(): Promise<void>;
};

export type WorkflowParts = MachineOptions & {
  readonly database: Database;
  readonly say: (line: string) => void;
  readonly file: URL;
  /** done before an execution, on behalf of the demo */
  readonly before?: (input: unknown, signal: AbortSignal) => Promise<void>;
  /** an execution has ended, well or not, after so many ms */
  readonly ended?: (ms: number) => void;
};

/** A state machine in this process, over the ports that the host has set. */
export const openWorkflow = ({ database, say, file, before, ended, ...machine }: WorkflowParts): Workflow => {
  const stopping = new AbortController();
  let opened: Promise<LocalMachine> | undefined;
  /** The runner and what it rests on take 150 ms and 35 MB; a host that only serves does without. */
  const open = async (): Promise<LocalMachine> => {
    const { localMachine } = await import('./state-machine.ts');
    return await localMachine(file, machine);
  };
  const runs = embeddedRuns({
    database,
    say,
    execute: async (input) => {
      await before?.(input, stopping.signal);
      stopping.signal.throwIfAborted();
      const began = performance.now();
      await (await (opened ??= open())).execute(input).finally(() => ended?.(performance.now() - began));
    },
  });
  return {
    runs,
    stop: async () => {
      stopping.abort(new Error('the local host stops'));
      (await opened)?.abort();
      await runs.idle();
    },
  };
};
