import { parentPort } from 'node:worker_threads';
import { runJob, type Job, type Material } from './plan-report-jobs.ts';

/** Takes the material, then one job after the other. What a job throws ends the thread with it. */
const port = parentPort;
port?.once('message', (material: Material) => {
  port.on('message', (job: Job) => {
    const send = async (): Promise<void> => {
      port.postMessage(await runJob(job, material));
    };
    void send();
  });
});
