import { readFile } from 'node:fs/promises';
import { StateMachine, type RunOptions, type StateMachineDefinition } from 'aws-local-stepfunctions';

/** Carries out a task: what the cloud does by invoking a function. */
export type Task = (input: unknown) => Promise<unknown>;

type Override = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>[string];

export type LocalMachine = {
  /** rejects when the execution fails, with why. `name`: of the execution, where the file asks for it */
  execute(input: unknown, name?: string): Promise<void>;
  /** what executes now rejects, and starts no further task */
  abort(): void;
};

export type MachineOptions = {
  /** by the name that the file has for the function, `${Name}`; a call of a service by the whole of its `Resource` */
  readonly tasks: Readonly<Record<string, Task>>;
  /** what else the file has a name for, `${Name}`: CloudFormation puts it in */
  readonly values?: Readonly<Record<string, string>>;
  /** ms before a task is tried again, instead of what the file says */
  readonly retryMs?: number;
  /** ms for which a state waits, instead of what the file says */
  readonly waitMs?: Readonly<Record<string, number>>;
};

/** CloudFormation puts the functions' names in as well before anything reads the file. */
const ARN = 'arn:aws:lambda:ap-northeast-2:000000000000:function:';

type States = StateMachineDefinition['States'];

/** The tasks of the machine and of the maps in it: state → resource. */
const resourcesOf = (states: States): [string, string][] =>
  Object.entries(states).flatMap(([name, state]) => {
    if (state.Type === 'Task') return [[name, state.Resource] satisfies [string, string]];
    return state.Type === 'Map' && state.ItemProcessor ? resourcesOf(state.ItemProcessor.States) : [];
  });

/**
 * Children of a map at a time. The file says how many an account of functions bears; here they share one core with everything else, so
 * more of them end no sooner, but each takes longer than its time-out allows and keeps the event loop from those who wait.
 */
const AT_ONCE = 4;

const within = (state: States[string]): States[string] =>
  state.Type === 'Map' ? { ...state, MaxConcurrency: Math.min(state.MaxConcurrency ?? AT_ONCE, AT_ONCE) } : state;

/** A task without a function here would be looked for in an AWS account. */
const taskOf = (tasks: MachineOptions['tasks'], [state, resource]: [string, string]): [string, Override] => {
  const name = resource.startsWith(ARN) ? resource.slice(ARN.length) : resource;
  const task = tasks[name];
  if (!task) throw new Error(`state ${state}: nothing here carries out ${name}`);
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- what a handler answers is JSON in the cloud, too
  return [state, task as Override];
};

/**
 * The state machine of a file in this process. A distributed map is an ordinary one here: `ProcessorConfig` says where children run, and all
 * run here.
 */
export const localMachine = async (
  file: URL,
  { tasks, values = {}, retryMs, waitMs }: MachineOptions,
): Promise<LocalMachine> => {
  const text = (await readFile(file, 'utf8')).replaceAll(
    /\$\{(\w+)\}/g,
    (_, name: string) => values[name] ?? `${ARN}${name}`,
  );
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the library validates it
  const definition = JSON.parse(text) as StateMachineDefinition;
  const states = Object.fromEntries(Object.entries(definition.States).map(([name, state]) => [name, within(state)]));
  const machine = new StateMachine({ ...definition, States: states });
  const resources = resourcesOf(definition.States);
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(resources.map((one) => taskOf(tasks, one))),
    ...(retryMs !== undefined && {
      retryIntervalOverrides: Object.fromEntries(resources.map(([state]) => [state, retryMs])),
    }),
    ...(waitMs && { waitTimeOverrides: waitMs }),
  };
  const aborts = new Set<() => void>();
  return {
    execute: async (input, name) => {
      const context = name === undefined ? {} : { Execution: { Name: name } };
      // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the input of an execution is JSON
      const { result, abort } = machine.run(input as Parameters<StateMachine['run']>[0], { overrides, context });
      aborts.add(abort);
      try {
        await result;
      } finally {
        aborts.delete(abort);
      }
    },
    abort: () => {
      for (const abort of aborts) abort();
    },
  };
};
