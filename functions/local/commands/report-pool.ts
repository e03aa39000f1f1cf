import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const MOST_WORKERS = 2;

export type Work<Job, Material> = {
  /** file beside this one; it is sent the material, then job after job, and answers each with its result */
  readonly worker: string;
  readonly material: Material;
  readonly jobs: readonly Job[];
  readonly done: (job: Job) => void;
};

/** Carries out the jobs of a report, two at a time where the machine has two cores; the results in the order of the jobs. */
export const runJobs = async <Result, Job, Material>({
  worker: file,
  material,
  jobs,
  done,
}: Work<Job, Material>): Promise<Result[]> => {
  const results = new Map<Job, Result>();
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL(file, import.meta.url));
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
