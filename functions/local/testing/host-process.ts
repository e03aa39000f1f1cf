import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LOCAL = fileURLToPath(new URL('..', import.meta.url));

/** The whole line: output comes in pieces. */
const READY = /^ready (\S+)\n/m;

export type Ended = { readonly code: number | null; readonly out: string };

/** A program of the local host as a process of its own. */
export const run = (file: string, args: readonly string[], environment: Record<string, string>) => {
  const child: ChildProcess = spawn(process.execPath, [LOCAL + file, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended: Promise<Ended> = once(child, 'close').then(([code]: unknown[]) => ({
    code: code as number | null,
    out,
  }));
  return { child, ended, out: () => out };
};

/** `npm start`, once it has said that it is ready. `signal` ends it and tells how. */
export const startedHost = async (
  folder: string,
  ports = { PORT: '0', MQTT_PORT: '0' },
  args: readonly string[] = [],
) => {
  const { child, ended, out } = run('main.ts', ['--data', folder, '--days', '1', ...args], ports);
  const found = (pattern: RegExp): string => pattern.exec(out())?.[1] ?? '';
  while (found(READY) === '') {
    if (child.exitCode !== null) throw new Error(`the host ended with ${child.exitCode}:\n${out()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const origin = found(READY);
  return {
    origin,
    port: new URL(origin).port,
    mqttPort: found(/^devices at mqtts:\/\/127\.0\.0\.1:(\d+)\n/m),
    out,
    signal: async (signal: NodeJS.Signals): Promise<Ended> => {
      child.kill(signal);
      return await ended;
    },
  };
};
