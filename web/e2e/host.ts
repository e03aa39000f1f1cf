import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type User = { readonly email: string; readonly password: string };
export type FromHost =
  | { readonly say: string }
  | { readonly ready: { readonly origin: string; readonly users: readonly User[] } };
export type ToHost = { readonly silence: string } | { readonly stop: true };

export type Host = {
  readonly origin: string;
  /** who can sign in: demo1@example.com has two homes, demo2@example.com another one */
  readonly users: readonly User[];
  /** what was mailed, oldest first */
  readonly mails: () => Promise<string[]>;
  /** nothing more is heard of this device */
  readonly silence: (deviceId: string) => void;
  readonly stop: () => Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('host-process.ts', import.meta.url));
const mailsIn = async (folder: string): Promise<string[]> => {
  const names = (await readdir(folder)).map((name) => join(folder, name));
  const dated = await Promise.all(names.map(async (name) => ({ name, atMs: (await stat(name)).mtimeMs })));
  return Promise.all(dated.toSorted((a, b) => a.atMs - b.atMs).map(({ name }) => readFile(name, 'utf8')));
};

const START_MS = 20_000;

const readyOf = (child: ChildProcess): Promise<Pick<Host, 'origin' | 'users'>> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string): void => reject(new Error(`the local host ${why}\n${said.join('\n')}`));
    const late = setTimeout(() => fail(`was not ready after ${START_MS / 1000} s`), START_MS);
    child.stderr?.on('data', (bytes: Buffer) => said.push(bytes.toString()));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.on('message', (message: FromHost) => {
      if ('say' in message) said.push(message.say);
      else {
        clearTimeout(late);
        resolve(message.ready);
      }
    });
  });

/** Starts a host of this test's own: free ports, an empty data directory, simulated homes. */
export const startHost = async (): Promise<Host> => {
  const data = await mkdtemp(join(tmpdir(), 'hems-e2e-'));
  const child = fork(PROGRAM, [data], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  const tell = (message: ToHost): void => {
    child.send(message);
  };
  const ready = await readyOf(child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    ...ready,
    mails: () => mailsIn(join(data, 'outbox', 'mail')),
    silence: (deviceId) => tell({ silence: deviceId }),
    stop: async () => {
      const ended = once(child, 'exit');
      tell({ stop: true });
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
};
