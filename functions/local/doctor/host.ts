import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { fails, ok, warns, type Finding } from './finding.ts';

export type HostPorts = { readonly http: number; readonly mqtt: number };

const PATIENCE_MS = 3000;
const EXPIRES_SOON_MS = 30 * DAY_MS;

/** undefined: free. */
const takenBy = async (port: number): Promise<string | undefined> => {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

const portFinding = async (what: string, port: number, variable: string): Promise<Finding> => {
  const code = await takenBy(port);
  if (code === undefined) return ok(what, `${port} is free`);
  return fails(
    what,
    `${port}: ${code}, and no host of this folder has it`,
    `Stop the program that has it, or start the host with another: ${variable}=${port + 1} npm start`,
  );
};

const health = async ({ http }: HostPorts): Promise<Finding> => {
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${http}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (error: unknown) => String(error),
  );
  const says =
    typeof answer === 'string' ? answer : `${answer.status} after ${(performance.now() - began).toFixed(0)} ms`;
  return typeof answer !== 'string' && answer.ok
    ? ok('host', `answers at ${http}, ${says}`)
    : fails(
        'host',
        `does not answer at ${http}: ${says}`,
        'Give its PORT here too. If it is that, its terminal says why; a host that hangs is stopped and started again, nothing that was acknowledged is lost.',
      );
};

/** Of the broker: it is shown before any client is asked who it is. */
const serverUntilMs = async (port: number): Promise<number | undefined> =>
  await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, timeout: PATIENCE_MS });
    const end = (ms: number | undefined): void => {
      socket.destroy();
      resolve(ms);
    };
    socket.once('secureConnect', () => end(Date.parse(socket.getPeerCertificate().valid_to)));
    socket.once('error', () => end(undefined));
    socket.once('timeout', () => end(undefined));
  });

const brokerFinding = async ({ mqtt }: HostPorts, nowMs: number): Promise<Finding> => {
  const untilMs = await serverUntilMs(mqtt);
  if (untilMs === undefined)
    return fails('broker', `does not answer at ${mqtt}`, 'Give its MQTT_PORT here too, or start the host again.');
  const says = `answers at ${mqtt}, its certificate is valid until ${new Date(untilMs).toISOString().slice(0, 10)}`;
  return untilMs - nowMs < EXPIRES_SOON_MS
    ? warns('broker', says, 'Start the host again: it makes a new one at each start.')
    : ok('broker', says);
};

/** The host that runs on the folder; where none does, whether one could start. */
export const lookAtHost = async (
  ports: HostPorts,
  { isRunning, nowMs }: { readonly isRunning: boolean; readonly nowMs: number },
): Promise<Finding[]> =>
  isRunning
    ? [await health(ports), await brokerFinding(ports, nowMs)]
    : [await portFinding('HTTP port', ports.http, 'PORT'), await portFinding('MQTT port', ports.mqtt, 'MQTT_PORT')];
