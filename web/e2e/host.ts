import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type User = { readonly email: string; readonly password: string };
export type FromHost =
  | { readonly say: string }
  | { readonly ready: { readonly origin: string; readonly mqttPort: number; readonly users: readonly User[] } }
  | { readonly caughtUp: true };
export type ToHost = { readonly silence: string } | { readonly pass: number } | { readonly stop: true };

export type Host = {
  readonly origin: string;
  readonly mqttPort: number;
  readonly dataDirectory: string;
  /** who can sign in: demo1@example.com has two homes, demo2@example.com another one */
  readonly users: readonly User[];
  /** what was mailed, oldest first */
  readonly mails: () => Promise<string[]>;
  /** nothing more is heard of this device */
  readonly silence: (deviceId: string) => void;
  /** the host's time; that of a page is the test's to set */
  readonly nowMs: () => number;
  /** lets time pass at once, on the host and its devices */
  readonly pass: (ms: number) => void;
  /** resolves when the demo homes have sent their past */
  readonly caughtUp: Promise<void>;
  readonly stop: () => Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('host-process.ts', import.meta.url));
const mailsIn = async (folder: string): Promise<string[]> => {
  const names = (await readdir(folder)).map((name) => join(folder, name));
  const dated = await Promise.all(names.map(async (name) => ({ name, atMs: (await stat(name)).mtimeMs })));
  return Promise.all(dated.toSorted((a, b) => a.atMs - b.atMs).map(({ name }) => readFile(name, 'utf8')));
};

const START_MS = 45_000;

type Ready = Pick<Host, 'origin' | 'mqttPort' | 'users' | 'caughtUp'>;

/** What the child says of itself. When it ends before it was told to, the test that runs then fails with its last words. */
const readyOf = (child: ChildProcess): Promise<Ready> => {
  const said: string[] = [];
  const [ready, caughtUp] = [Promise.withResolvers<Ready>(), Promise.withResolvers<void>()];
  caughtUp.promise.catch(() => undefined);
  const fail = (why: string): void => {
    const error = new Error(`the local host ${why}\n${said.join('\n')}`);
    ready.reject(error);
    caughtUp.reject(error);
  };
  const late = setTimeout(() => fail(`was not ready after ${START_MS / 1000} s`), START_MS);
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  child.once('exit', (code) => {
    if (code !== 0) console.error(`the local host ended with ${code}\n${said.join('\n')}`);
    fail(`ended with ${code}`);
  });
  child.on('message', (message: FromHost) => {
    if ('say' in message) said.push(message.say);
    else if ('caughtUp' in message) caughtUp.resolve();
    else {
      clearTimeout(late);
      ready.resolve({ ...message.ready, caughtUp: caughtUp.promise });
    }
  });
  return ready.promise;
};

type Beginning = {
  /** it begins at that time */
  readonly atMs?: number;
  /** whole days of history of the demo homes */
  readonly days?: number;
  /** ms between two looks at what is due */
  readonly lookEveryMs?: number;
};

/** Starts a host of this test's own: free ports, an empty data directory, simulated homes. */
export const startHost = async ({ atMs, days = 2, lookEveryMs = 60_000 }: Beginning = {}): Promise<Host> => {
  const data = await mkdtemp(join(tmpdir(), 'hems-e2e-'));
  let aheadMs = atMs === undefined ? 0 : atMs - Date.now();
  const program = [data, ...[aheadMs, days, lookEveryMs].map(String)];
  const child = fork(PROGRAM, program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  const tell = (message: ToHost): void => {
    child.send(message);
  };
  const ready = await readyOf(child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    ...ready,
    dataDirectory: data,
    nowMs: () => Date.now() + aheadMs,
    pass: (ms) => {
      aheadMs += ms;
      tell({ pass: ms });
    },
    mails: () => mailsIn(join(data, 'outbox', 'mail')),
    silence: (deviceId) => tell({ silence: deviceId }),
    stop: async () => {
      if (child.connected) {
        const ended = once(child, 'exit');
        tell({ stop: true });
        await ended;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
};
