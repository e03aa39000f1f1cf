import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { isInUse } from '../data-directory.ts';
import { lookAtData } from '../doctor/data.ts';
import { linesOf } from '../doctor/finding.ts';
import { lookAtHost, type HostPorts } from '../doctor/host.ts';
import { lookAtMachine } from '../doctor/machine.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems doctor [--data DIR]
Looks at this machine, at a data directory (default .data) and, where a host runs on it, at the host (PORT, MQTT_PORT), and says what to do
about what is not well. Changes nothing. Ends with 1 when something fails; a warning alone is no failure.`;

const port = z.coerce.number().int().min(0).max(65_535);
const portsOf = (environment: Readonly<Record<string, string | undefined>>): HostPorts => {
  const found = z.object({ PORT: port.default(8000), MQTT_PORT: port.default(8883) }).safeParse(environment);
  if (!found.success) throw new CommandRefused('PORT and MQTT_PORT are ports from 0 to 65535.');
  return { http: found.data.PORT, mqtt: found.data.MQTT_PORT };
};

/** The command `hems doctor`. */
export const runDoctor = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args,
    options: { data: { type: 'string', default: '.data' }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.help || positionals.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const folder = resolve(values.data);
  const nowMs = Date.now();
  const findings = [
    ...(await lookAtMachine(folder)),
    ...(await lookAtData(folder, nowMs)),
    ...(await lookAtHost(portsOf(process.env), { isRunning: isInUse(folder), nowMs })),
  ];
  for (const line of findings.flatMap(linesOf)) console.log(line);
  const failed = findings.filter(({ state }) => state === 'fails').length;
  const warned = findings.filter(({ state }) => state === 'warns').length;
  console.log(`${findings.length} looked at, ${failed} failed, ${warned} to look at`);
  return failed === 0 ? 0 : 1;
};
