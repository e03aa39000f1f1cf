import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** The whole line: output comes in pieces. */
const READY = /^ready (\S+)\n/m;
const BROKER = /^devices at mqtts:\/\/127\.0\.0\.1:(\d+)\n/m;
/** The run of yesterday comes after the devices have sent what is past, and the neighbours' past challenges were settled. */
const RUN_ENDED = /^daily-\S+ (succeeded|failed)/m;

export type HostProcess = {
  readonly origin: string;
  readonly mqttPort: number;
  /** the devices have sent what is past, and the daily run has gone over it */
  readonly caughtUp: Promise<void>;
  /** at once, and without a word to it */
  kill(): Promise<void>;
};

/** A local host as a process of its own on free ports, once it has said that it is ready. */
export const startProcess = async (dataDirectory: string): Promise<HostProcess> => {
  const child = spawn(process.execPath, [MAIN, '--data', dataDirectory], {
    env: { PORT: '0', MQTT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [ready, caughtUp] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
  let out = '';
  const hear = (chunk: Buffer): void => {
    out += chunk.toString();
    const origin = READY.exec(out)?.[1];
    if (origin !== undefined) ready.resolve(origin);
    if (RUN_ENDED.test(out)) caughtUp.resolve();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.once('close', () => {
    const why = new Error(`the host ended with ${child.exitCode ?? child.signalCode}:\n${out}`);
    ready.reject(why);
    caughtUp.reject(why);
  });
  // whoever waits for it hears it
  caughtUp.promise.catch(() => undefined);
  const origin = await ready.promise;
  return {
    origin,
    mqttPort: Number(BROKER.exec(out)?.[1]),
    caughtUp: caughtUp.promise,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
};
