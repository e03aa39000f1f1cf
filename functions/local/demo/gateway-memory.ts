import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { answered } from './obey.ts';
import type { LivingHome } from './living-home.ts';

/** A stretch of the past that the gateway still has to send in quarter hours: the home at some minute of it, the next instant to send and the end. */
export type Owed<State> = { readonly state: State; readonly nextMs: number; readonly toMs: number };

/** What a gateway keeps over a restart. */
export type Memory<State> = {
  readonly boot: number;
  readonly home: State;
  readonly owed: readonly Owed<State>[];
  readonly answers: readonly z.infer<typeof answered>[];
  /** whether the daily totals of the time before the first start have been handed over */
  readonly totalsDone: boolean;
};

export type MemoryFile<State> = {
  read(): Promise<Memory<State> | undefined>;
  write(memory: Memory<State>): Promise<void>;
};

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const schemaOf = <State extends { readonly atMs: number }>({ state }: LivingHome<State>) =>
  z.object({
    boot: z.int(),
    home: state,
    owed: z.array(z.object({ state, nextMs: z.int(), toMs: z.int() })),
    answers: z.array(answered),
    totalsDone: z.boolean(),
  });

/** One JSON file, replaced as a whole and in the order of the writes. */
export const memoryFile = <State extends { readonly atMs: number }>(
  path: string,
  home: LivingHome<State>,
): MemoryFile<State> => {
  const schema = schemaOf(home);
  let last: Promise<void> = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  };
  return {
    read: async () => {
      try {
        return schema.parse(JSON.parse(await readFile(path, 'utf8')));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw new Error(`${path} is not what a demo gateway wrote; start with --fresh`, { cause: error });
      }
    },
    write: (memory) => {
      const text = JSON.stringify(memory);
      last = last.catch(() => undefined).then(() => replace(text));
      return last;
    },
  };
};
