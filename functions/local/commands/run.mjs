/**
 * The door of every npm script: `node run.mjs start|test|<command> …`. It runs before anything is installed and on the machine's own Node,
 * so it is plain JavaScript for Node 20 without packages. It installs what is missing, builds the web app where it is needed, and hands over
 * to the program on Node 24 from node_modules.
 */
/* eslint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- plain JavaScript has no types to check */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache');
const COMMANDS = join(ROOT, 'functions', 'local', 'commands');
const LEAST_NODE = 20;
/** These show the web app. */
const WITH_WEB = ['start', 'test'];

const say = (line) => console.error(line);
const fail = (line, code = 1) => {
  say(line);
  process.exit(code);
};
const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const textOf = (...path) => (existsSync(join(...path)) ? readFileSync(join(...path), 'utf8') : '');
const stamped = (name) => textOf(CACHE, name);
const stamp = (name, hash) => {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, name), hash);
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program in this terminal; answers its exit code, or ends with it when a signal has ended the program. */
const run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
    let ended = false;
    const forward = (signal) => {
      ended = true;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of SIGNALS) process.off(each, forward);
      const answer = code ?? (signal === 'SIGINT' ? 130 : 143);
      if (ended) process.exit(answer);
      resolve(answer);
    });
  });

/** Whether node_modules holds what the lockfile names, however it came there. Packages for other machines are optional. */
const isInstalled = (lockText) => {
  const heldText = textOf(ROOT, 'node_modules', '.package-lock.json');
  if (heldText === '') return false;
  const held = JSON.parse(heldText).packages;
  return Object.entries(JSON.parse(lockText).packages).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith('node_modules/') || optional || (link ? held[path]?.link : held[path]?.version === version),
  );
};

const install = async () => {
  const lockText = textOf(ROOT, 'package-lock.json');
  const hash = hashOf(lockText);
  if (stamped('hems-install') === hash) return;
  if (!isInstalled(lockText)) {
    say('installing packages (once; a minute or two) …');
    const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      shell: process.platform === 'win32',
      // what npm says is no output of ours
      stdio: ['inherit', 2, 2],
    });
    if (code !== 0)
      fail(`npm ci failed (${code}). Is the package registry reachable? Its last lines above say more.`, code);
  }
  stamp('hems-install', hash);
};

const node24 = () => {
  const found = ['node', 'node.exe'].map((name) => join(ROOT, 'node_modules', 'node', 'bin', name)).find(existsSync);
  return (
    found ??
    fail('node_modules/node/bin/node is missing. Delete node_modules and start again, with install scripts allowed.')
  );
};

const filesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'dist-gallery', 'e2e'].includes(entry.name) ? [] : filesOf(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });

const buildWeb = async (node) => {
  const sources = ['web', 'shared', 'models']
    .flatMap((room) => filesOf(join(ROOT, room)))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const hash = hashOf(textOf(ROOT, 'package-lock.json'), ...sources.flatMap((path) => [path, readFileSync(path)]));
  if (stamped('hems-web') === hash && existsSync(join(ROOT, 'web', 'dist', 'index.html'))) return;
  say('building the web app …');
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const code = await run(node, [vite, 'build', 'web', '--logLevel', 'warn'], { stdio: ['inherit', 2, 2] });
  if (code !== 0) fail('the web app could not be built; the lines above say why', code);
  stamp('hems-web', hash);
};

const programOf = (name) => {
  if (name === 'start') return [join(ROOT, 'functions', 'local', 'main.ts')];
  if (name === 'test') return [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run'];
  const file = join(COMMANDS, `${name}.ts`);
  return /^[a-z-]+$/.test(name) && existsSync(file)
    ? [file]
    : fail(`there is no command ${name}; npm run lists what there is`);
};

if (Number(process.versions.node.split('.')[0]) < LEAST_NODE)
  fail(`HEMS needs Node ${LEAST_NODE} or newer to install itself; this is ${process.version}. See https://nodejs.org`);

const [name = 'start', ...args] = process.argv.slice(2);
const program = programOf(name);
await install();
const node = node24();
if (WITH_WEB.includes(name)) await buildWeb(node);
process.exit(await run(node, [...program, ...args]));
