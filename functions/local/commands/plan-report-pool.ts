import { Worker } from 'node:worker_threads';
import type { Job, Material, Result } from './plan-report-jobs.ts';

const WORKERS = 2;

/** Carries out the jobs, two at a time; the results in the order of the jobs, as each is told when it is done. */
export const runJobs = async (
  jobs: readonly Job[],
  material: Material,
  done: (job: Job) => void,
): Promise<Result[]> => {
  const results = new Map<Job, Result>();
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('plan-report-worker.ts', import.meta.url));
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
  await Promise.all(Array.from({ length: WORKERS }, work));
  return jobs.flatMap((job) => results.get(job) ?? []);
};
