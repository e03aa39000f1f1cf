import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { everybody, fuzzHost } from './fuzz-host.ts';
import { fuzzProxy, type FuzzProxy } from './fuzz-proxy.ts';

const USAGE = `npm run fuzz -- [--seconds N]
Starts a local host of its own and sends it what Schemathesis makes of both OpenAPI documents, N seconds (60) in all, signed in and signed.
Fails for an answer of 500 or more, of another type or of another shape than the document says, for a request without an answer, and when the
host ends. Needs Python 3.
What is sent by our own generators, without Python: npx vitest run hostile raw, and --mode deep for 50 times as much.`;

const SCHEMATHESIS = 'schemathesis==4.32.5';
const ROOT = join(import.meta.dirname, '../../..');
const VENV = join(ROOT, 'node_modules/.cache/schemathesis-4.32.5');
const inVenv = (program: string): string => join(VENV, process.platform === 'win32' ? 'Scripts' : 'bin', program);

/** What went wrong, or nothing. */
const problemWith = (program: string, args: readonly string[]): string | undefined => {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: ROOT });
  if (status === 0) return undefined;
  return error?.message ?? `${stdout}${stderr}`.trim().split('\n').at(-1) ?? `${program} exits with ${status}`;
};

const install = (): string | undefined => {
  if (existsSync(inVenv('schemathesis')) || existsSync(inVenv('schemathesis.exe'))) return undefined;
  console.log(`installing ${SCHEMATHESIS} into node_modules/.cache (once; about a minute) …`);
  const problem =
    problemWith('python3', ['-m', 'venv', '--clear', VENV]) ??
    problemWith(inVenv('pip'), ['install', '--quiet', '--disable-pip-version-check', SCHEMATHESIS]);
  if (problem !== undefined) rmSync(VENV, { recursive: true, force: true });
  return problem;
};

/** Whoever is erased or signed out asks nothing more. */
const LEFT_OUT = ['signOutEverywhere', 'eraseAccount', 'eraseHousehold', 'endMembership', 'changeRole'];
const CHECKS = [
  'not_a_server_error',
  'content_type_conformance',
  'response_schema_conformance',
  'status_code_conformance',
];
/** with its share of the time: residents have three times as many routes */
const DOCUMENTS = [
  ['/openapi.json', 0.7],
  ['/partner/openapi.json', 0.3],
] as const;

const schemathesis = (proxy: FuzzProxy, document: string, seconds: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const args = [
      'run',
      proxy.origin + document,
      '--url',
      proxy.origin,
      '--checks',
      CHECKS.join(','),
      '--phases',
      'coverage,fuzzing',
      '--mode',
      'all',
      '--max-time',
      String(seconds),
      '--seed',
      '8',
      '--workers',
      '1',
      '--warnings',
      'off',
      '--continue-on-failure',
      '--no-color',
      ...LEFT_OUT.flatMap((name) => ['--exclude-operation-id', name]),
    ];
    const child = spawn(inVenv('schemathesis'), args, { cwd: tmpdir(), stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

const fuzz = async (seconds: number): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-fuzz-'));
  const host = await fuzzHost(join(folder, 'data'));
  const proxy = await fuzzProxy(await everybody(host.origin));
  try {
    const codes: number[] = [];
    for (const [document, share] of DOCUMENTS)
      codes.push(await schemathesis(proxy, document, Math.ceil(seconds * share)));
    // what a handler threw, it told on its own terminal
    const thrown = host.out().match(/^.*(request failed|failed: ).*$/gm) ?? [];
    for (const line of thrown.slice(0, 20)) console.error(line.slice(0, 1000));
    for (const line of proxy.dropped.slice(0, 20)) console.error(`no answer to ${line}`);
    const ended = host.ended();
    if (ended !== undefined) console.error(`the local host ended by itself (${ended}):\n${host.out().slice(-2000)}`);
    const answered = [...proxy.answered].map(([what, count]) => `${what}: ${count}`).toSorted();
    console.log(
      `${seconds} s: ${answered.join(', ')}; ${thrown.length} handlers failed, ${proxy.dropped.length} requests had no answer`,
    );
    const isSound = thrown.length === 0 && proxy.dropped.length === 0 && ended === undefined;
    return isSound && codes.every((code) => code === 0) ? 0 : 1;
  } finally {
    await proxy.close();
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, help: { type: 'boolean' } } });
const seconds = Number(values.seconds);
if (values.help || !Number.isInteger(seconds) || seconds < 10) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  const missing = install();
  if (missing !== undefined) console.log(`SKIPPED Schemathesis against both OpenAPI documents: ${missing}`);
  else process.exitCode = await fuzz(seconds);
}
