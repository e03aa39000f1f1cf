import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod';

/** A part of a load run in a process of its own, asked over its message channel. */
export type Part = {
  readonly pid: number;
  ask(request: unknown): Promise<unknown>;
  /** waits until it has gone; one that does not go within 10 s is killed */
  end(): Promise<void>;
};

const asked = z.object({ number: z.int(), request: z.unknown() });
const answered = z.object({ number: z.int(), answer: z.unknown(), error: z.optional(z.string()) });
const END_MS = 10_000;

export const startPart = (file: string): Part => {
  const child = fork(join(import.meta.dirname, file));
  const exited = once(child, 'exit');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let numbers = 0;
  let gone = false;
  child.on('message', (message) => {
    const { number, answer, error } = answered.parse(message);
    const one = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) one?.resolve(answer);
    else one?.reject(new Error(`${file}: ${error}`));
  });
  child.once('exit', (code) => {
    gone = true;
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code}; the lines above say why`));
  });
  return {
    pid: child.pid ?? 0,
    ask: async (request) => {
      if (gone) throw new Error(`${file} has ended`);
      const number = (numbers += 1);
      const one = Promise.withResolvers<unknown>();
      waiting.set(number, one);
      child.send({ number, request });
      return await one.promise;
    },
    end: async () => {
      if (!gone && child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await exited;
      clearTimeout(late);
    },
  };
};

/** The other side: answers each request; ends with the process that asked. */
export const serveParent = (answer: (request: unknown) => Promise<unknown>, onEnd: () => Promise<void>): void => {
  /** nobody hears it when the parent has gone meanwhile, and the process ends by that */
  const say = (body: object): void => void process.send?.(body, () => undefined);
  const told = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('message', (message) => {
    const { number, request } = asked.parse(message);
    answer(request).then(
      (value) => say({ number, answer: value ?? null }),
      (error: unknown) => say({ number, answer: null, error: told(error) }),
    );
  });
  // a terminal's Ctrl-C reaches every process; the parent ends the others in their order
  process.on('SIGINT', () => undefined);
  process.once('disconnect', () => void onEnd().finally(() => process.exit(0)));
};
