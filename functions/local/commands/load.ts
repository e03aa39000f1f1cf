import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadRunOf, type LoadPlan } from './load-run.ts';
import { failuresOf, summary } from './load-page.ts';
import { keepRun } from './load-kept.ts';
import { connectionsAllowed, FULL, QUICK, soakPlan } from './load-plans.ts';

/**
 * `npm run load`: the simulator's homes over MQTT (mutual TLS, a P-256 key and a certificate for each device) and residents over HTTP against
 * the local host in another process. It fails when a reading that was acknowledged is nowhere afterwards.
 */
const USAGE = `npm run load -- [--quick | --soak MINUTES] [--devices N] [--write]
  --quick         500 devices, under a minute: for CI
  --soak MINUTES  2,000 devices, one reading each 10 s
  --devices N     so many (default 10,000)
  --write         into docs/reports/load.md
Fails when an acknowledged reading is lost, a device stays outside, or more than 1 % of the HTTP requests of a phase outside the bursts fail.`;

const say = (line: string): void => console.log(line);

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    soak: { type: 'string' },
    devices: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const count = (text: string, name: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1 on\n${USAGE}`);
  return value;
};

const planOf = (): LoadPlan => {
  const plan = values.quick ? QUICK : values.soak === undefined ? FULL : soakPlan(count(values.soak, 'soak'));
  const wanted = values.devices === undefined ? plan.devices : count(values.devices, 'devices');
  const devices = Math.min(wanted, connectionsAllowed());
  if (devices < wanted)
    say(
      `the limit of open files (ulimit -n) allows ${devices} of ${wanted} connections in a process; raise it for more`,
    );
  return { ...plan, devices };
};

const main = async (): Promise<number> => {
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'hems-load-'));
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  try {
    const { lostOnes, ...run } = await loadRunOf({ folder, plan: planOf(), say, signal });
    say(summary(run));
    for (const [deviceId, ts] of lostOnes.slice(0, 10))
      say(`  lost: device ${deviceId}, ${new Date(ts).toISOString()}`);
    if (values.write) await keepRun(run);
    const failures = failuresOf(run);
    for (const line of failures) say(line);
    return failures.length === 0 ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    say('stopped');
    return 130;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

process.exit(await main());
