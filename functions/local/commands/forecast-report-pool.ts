import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Job, Material, Result } from './forecast-report-jobs.ts';

const MOST_WORKERS = 2;

/** Carries out the jobs, two at a time where the machine has two cores; the results in the order of the jobs. */
export const runJobs = async (
  jobs: readonly Job[],
  material: Material,
  done: (job: Job) => void,
): Promise<Result[]> => {
  const results = new Map<Job, Result>();
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('forecast-report-worker.ts', import.meta.url));
    const send = (message: Material | Job): void => {
      // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(message);
    };
    send(material);
    try {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const answer = new Promise<Result>((resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', reject);
        });
        send(job);
        results.set(job, await answer);
        done(job);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(MOST_WORKERS, availableParallelism()) }, work));
  return jobs.flatMap((job) => results.get(job) ?? []);
};
