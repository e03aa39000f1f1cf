import { parseArgs } from 'node:util';
import type { DemoOptions } from './demo/start-demo.ts';
import { StartRefused } from './start-refused.ts';

export const START_USAGE = `npm start -- [options]
  --data DIR       where everything is kept (default .data)
  --fresh          begin again with nothing
  --replay FOLDER  recorded homes live again instead of the simulated ones
  --homes a,b      which of them (default all)
  --scale N        multiply their use by N (default: to the size of a Korean home)
  --days N         whole days before today to begin at
  --speed max|N    how many times faster than time a replay catches up (default max)
Environment: PORT (default 8000), MQTT_PORT (default 8883).`;

export type StartOptions = {
  readonly dataDirectory: string;
  readonly fresh: boolean;
  readonly port: number;
  readonly mqttPort: number;
  /** host clock − system clock, ms, at the start: a test lives at another time; a replay sets its own */
  readonly aheadMs?: number;
  /** ms between two looks at what is due; a minute unless a test is in a hurry */
  readonly lookEveryMs?: number;
  readonly demo: DemoOptions;
};

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS = {
  data: { type: 'string', default: '.data' },
  fresh: { type: 'boolean', default: false },
  replay: { type: 'string' },
  homes: { type: 'string' },
  scale: { type: 'string' },
  days: { type: 'string' },
  speed: { type: 'string' },
} as const;

/** What the command line and the environment ask for, or a `StartRefused` that says what is wrong with it. */
export const startOptions = (args: string[], environment: Environment): StartOptions => {
  const values = parsed(args);
  const ofReplay = (['homes', 'scale', 'speed'] as const).find((name) => values[name] !== undefined);
  if (ofReplay !== undefined && values.replay === undefined)
    throw new StartRefused(`--${ofReplay} goes with --replay FOLDER only.`);
  return {
    dataDirectory: values.data,
    fresh: values.fresh,
    port: port(environment, 'PORT', 8000),
    mqttPort: port(environment, 'MQTT_PORT', 8883),
    demo: {
      ...(values.replay !== undefined && { replay: values.replay }),
      ...(values.homes !== undefined && { homes: values.homes.split(',').filter(Boolean) }),
      ...(values.scale !== undefined && { scale: amount('--scale', values.scale) }),
      ...(values.days !== undefined && { days: wholeDays(values.days) }),
      ...(values.speed !== undefined && { speed: values.speed === 'max' ? 'max' : amount('--speed', values.speed) }),
    },
  };
};

const parsed = (args: string[]) => {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new StartRefused(`${error instanceof Error ? error.message : String(error)}\n\n${START_USAGE}`, {
      cause: error,
    });
  }
};

const amount = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new StartRefused(`${name} takes a number above 0, not "${text}".`);
  return value;
};

const wholeDays = (text: string): number => {
  const days = amount('--days', text);
  if (!Number.isInteger(days) || days > 365) throw new StartRefused(`--days takes 1 to 365 whole days, not "${text}".`);
  return days;
};

const port = (environment: Environment, name: 'PORT' | 'MQTT_PORT', otherwise: number): number => {
  const text = environment[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new StartRefused(`${name} is a port from 1 to 65535 (0: any free one), not "${text}".`);
  return value;
};
