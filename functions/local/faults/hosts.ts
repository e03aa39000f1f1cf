import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Orders } from './host-under-faults.ts';

/** Of this checkout and its user alone. */
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/hems-faults', import.meta.url));
const CHILD = fileURLToPath(new URL('host-under-faults.ts', import.meta.url));
/** A machine that does something else as well takes its time. */
const START_MS = 120_000;

export type Life = {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly ready: Promise<boolean>;
  readonly out: () => string;
};

/** A host as a process of its own. `ready` says false when it ended before. */
const loaded = () => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // what did not change since the last one is not compiled again
    // oxlint-disable-next-line node/no-process-env -- a child of the suite has its surroundings, and nothing is read of them
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  });
  const ended = once(child, 'close');
  const begin = (orders: Orders): Life => {
    let out = '';
    const ready = new Promise<boolean>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          out += chunk.toString();
          if (/^ready /m.test(out)) resolve(true);
        });
      void ended.then(() => resolve(false));
      setTimeout(() => resolve(false), START_MS).unref();
    });
    child.stdin.on('error', () => undefined);
    child.stdin.write(JSON.stringify(orders));
    return { child, ended, ready, out: () => out };
  };
  return { child, begin };
};

const AHEAD = 2;
/** Hosts, the next ones loaded while the one before lives: a second life begins at once. */
export const hosts = () => {
  const waiting = Array.from({ length: AHEAD }, () => loaded());
  return {
    live: (orders: Orders): Life => {
      waiting.push(loaded());
      const life = waiting.shift()?.begin(orders);
      if (!life) throw new Error('no host is loaded');
      return life;
    },
    end: (): void => waiting.forEach(({ child }) => void child.kill('SIGKILL')),
  };
};

export const kill = async ({ child, ended }: Life): Promise<void> => {
  child.kill('SIGKILL');
  await ended;
};
