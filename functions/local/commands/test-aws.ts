import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** `npm run test:aws`: the contract suites of the AWS adapters against a moto server, in a Python environment of its own. */
const MOTO = 'moto[server]==5.2.5';
const ROOT = join(import.meta.dirname, '../../..');
const VENV = join(ROOT, 'node_modules/.cache/moto-5.2.5');
const START_SECONDS = 30;
/** Without threads: with them two requests run through moto's conditions at once, which no AWS service does. */
const SERVE = `
import sys
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
run_simple('127.0.0.1', int(sys.argv[1]), DomainDispatcherApplication(create_backend_app))`;

const inVenv = (program: string): string => join(VENV, process.platform === 'win32' ? 'Scripts' : 'bin', program);

/** What went wrong, or nothing. */
const problemWith = (program: string, args: readonly string[]): string | undefined => {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: ROOT });
  if (status === 0) return undefined;
  return `${program} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`.trim().split('\n').slice(-3).join(' | ')}`;
};

const install = (): string | undefined => {
  if (existsSync(inVenv('moto_server')) || existsSync(inVenv('moto_server.exe'))) return undefined;
  console.log(`installing ${MOTO} into node_modules/.cache (once; about a minute) …`);
  const problem =
    problemWith('python3', ['-m', 'venv', '--clear', VENV]) ??
    problemWith(inVenv('pip'), ['install', '--quiet', '--disable-pip-version-check', MOTO]);
  if (problem) rmSync(VENV, { recursive: true, force: true });
  return problem;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

const answers = async (url: string, moto: ChildProcess): Promise<boolean> => {
  for (const until = Date.now() + START_SECONDS * 1000; Date.now() < until && moto.exitCode === null;) {
    try {
      if ((await fetch(`${url}/moto-api/data.json`)).ok) return true;
    } catch {
      // not listening yet
    }
    await sleep(200);
  }
  return false;
};

const vitest = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const program = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const env = { ...process.env, MOTO_URL: url };
    const child = spawn(process.execPath, [program, 'run', '--mode', 'aws', '--testTimeout', '20000'], {
      cwd: ROOT,
      env,
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

const main = async (): Promise<number> => {
  const problem = install();
  if (problem) {
    console.log(`The AWS adapters were not run: Python 3.10 or newer with ${MOTO} is needed, and could not be had.`);
    console.log(`SKIPPED test:aws: ${problem}`);
    return 0;
  }
  const port = await freePort();
  const moto = spawn(inVenv('python'), ['-c', SERVE, String(port)], { stdio: 'ignore' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => moto.kill());
  try {
    const url = `http://127.0.0.1:${port}`;
    if (await answers(url, moto)) return await vitest(url);
    throw new Error(`moto did not answer at ${url} within ${START_SECONDS} s; remove ${VENV} and try again`);
  } finally {
    moto.kill();
  }
};

process.exitCode = await main();
