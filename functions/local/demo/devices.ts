import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HomeDay } from '@hems/models/testing/home-days';
import type { FromWorker, Request, ToWorker, Work } from './worker-messages.ts';

export type Devices = {
  /** resolves when everything of the past has been sent */
  readonly ready: Promise<void>;
  /** Nothing more is heard of the device or gateway of this id: a test's way to pull a plug. */
  silence(id: string): void;
  /** their clocks go on by so many ms at once */
  pass(ms: number): void;
  /** what the devices know is on disk and their connections are closed */
  stop(): Promise<void>;
};

/** What devices need of their host. */
export type DevicesHost = {
  advanceTo(ms: number): Promise<void>;
  /** simulated time has caught up */
  present(): void;
  takeTotals(gateway: string, totals: readonly HomeDay[]): Promise<void>;
  say(line: string): void;
};

const STOP_MS = 5000;

/** Starts the thread of the demo devices. */
export const startDevices = (work: Work, host: DevicesHost): Devices => {
  const worker = new Worker(new URL('./devices-worker.ts', import.meta.url), { name: 'demo devices' });
  const exited = once(worker, 'exit');
  const ready = Promise.withResolvers<void>();
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const tell = (message: ToWorker): void => worker.postMessage(message);
  let stopping = false;

  const fulfil = async (request: Request): Promise<void> => {
    if ('advanceTo' in request) await host.advanceTo(request.advanceTo);
    else await host.takeTotals(request.gateway, request.totals);
  };
  const onMessage = async (message: FromWorker): Promise<void> => {
    if ('say' in message) host.say(message.say);
    else if ('present' in message) host.present();
    else if ('ready' in message) ready.resolve();
    else {
      await fulfil(message.request);
      tell({ done: message.number });
    }
  };
  const fail = (error: unknown): void => {
    if (stopping) return;
    host.say(`the demo devices stopped: ${error instanceof Error ? error.message : String(error)}; start again`);
    ready.reject(error instanceof Error ? error : new Error(String(error)));
  };
  worker.on('message', (message: FromWorker) => void onMessage(message).catch(fail));
  worker.on('error', fail);
  // told by `say`; who waits for the past hears it too
  ready.promise.catch(() => undefined);
  tell({ start: work });
  return {
    ready: ready.promise,
    silence: (id) => tell({ silence: id }),
    pass: (ms) => tell({ pass: ms }),
    stop: async () => {
      stopping = true;
      tell({ stop: true });
      const late = setTimeout(() => void worker.terminate(), STOP_MS);
      await exited;
      clearTimeout(late);
    },
  };
};
